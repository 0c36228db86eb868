package org.mdx.io.tiff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.FileFrames;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;

/** Lets TIFF images of one or many pages be found by their content; each page is a frame. */
public final class TiffFormat implements ImageFormat {

  /** A format for the service loader. */
  public TiffFormat() {}

  @Override
  public String name() {
    return "TIFF";
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return TiffFile.recognizes(file);
  }

  @Override
  public ImageHeader header(Path file) throws IOException {
    try (FileBytes in = FileBytes.open(file)) {
      TiffFile f = TiffFile.read(file, in);
      TiffDirectory d = f.directory(file, in, 0);
      TiffPage page = TiffPage.of(file, in, f, d);
      ImageHeaderBuilder b =
          ImageHeader.builder(
              f.big() ? "BigTIFF" : "TIFF",
              page.type().label,
              f.pages().size(),
              page.width(),
              page.height());
      b.date(d.text(306));
      detail(b, "ImageDescription", d.text(270));
      detail(b, "Make", d.text(271));
      detail(b, "Model", d.text(272));
      detail(b, "Software", d.text(305));
      return b.build();
    }
  }

  private static void detail(ImageHeaderBuilder b, String key, String value) {
    if (!value.isEmpty()) {
      b.detail(key, value);
    }
  }

  @Override
  public ImageSource open(List<Path> files, int frames, Detector detector) throws IOException {
    Map<Path, TiffFile> index = new HashMap<>();
    int[] counts = new int[files.size()];
    TiffPage head = null;
    for (int i = 0; i < counts.length; i++) {
      Path file = files.get(i);
      try (FileBytes in = FileBytes.open(file)) {
        TiffFile f = TiffFile.read(file, in);
        index.put(file, f);
        counts[i] = f.pages().size();
        head = head == null ? TiffPage.of(file, in, f, f.directory(file, in, 0)) : head;
      }
    }
    int width = head.width();
    int height = head.height();
    return FileFrames.of(
            files,
            counts,
            frames,
            width,
            height,
            detector,
            () -> {
              TiffDecoder decoder = new TiffDecoder();
              return (file, page, number, fractionBits, image) -> {
                TiffFile f = index.get(file);
                try (FileBytes in = FileBytes.open(file)) {
                  TiffPage p = TiffPage.of(file, in, f, f.directory(file, in, page));
                  FileFrames.checkSize(file, p.width(), p.height(), width, height, files.get(0));
                  decoder.read(file, in, p, fractionBits, image);
                  in.finish();
                }
              };
            })
        .withFractions(head.type().isReal());
  }
}
