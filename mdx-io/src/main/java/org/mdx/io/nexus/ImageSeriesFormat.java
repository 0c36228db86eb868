package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;
import org.mdx.io.image.FileFrames;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;

/** Lets the image stacks of mdx2, {@code data.nxs}, be found by their content. */
public final class ImageSeriesFormat implements ImageFormat {

  /** A format for the service loader. */
  public ImageSeriesFormat() {}

  @Override
  public String name() {
    return "mdx2 image series";
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    if (!Hdf5File.recognizes(file)) {
      return false;
    }
    try (Hdf5File in = Hdf5File.open(file)) {
      return in.hasGroup("/entry/" + ImageStack.NAME);
    }
  }

  @Override
  public ImageHeader header(Path file) throws IOException {
    try (Hdf5File in = Hdf5File.open(file)) {
      ImageStack stack = ImageStack.read(in);
      ImageHeaderBuilder b =
          ImageHeader.builder(
              name(),
              stack.pixels().type().toString(),
              stack.frames(),
              stack.pixels().width(),
              stack.pixels().height());
      b.oscillation(stack.start(), stack.width());
      b.exposure(stack.exposures()[0], Double.NaN);
      return b.build();
    }
  }

  @Override
  public ImageSource open(List<Path> files, int frames, Detector detector) throws IOException {
    List<ImageStack> opened = new ArrayList<>();
    int[] counts = new int[files.size()];
    for (int i = 0; i < counts.length; i++) {
      // stays open, as frames are read when asked for
      opened.add(ImageStack.read(Hdf5File.open(files.get(i))));
      counts[i] = opened.get(i).frames();
      FileFrames.checkSize(
          files.get(i),
          opened.get(i).pixels().width(),
          opened.get(i).pixels().height(),
          opened.get(0).pixels().width(),
          opened.get(0).pixels().height(),
          files.get(0));
    }
    Hdf5Frames head = opened.get(0).pixels();
    return FileFrames.of(
            files,
            counts,
            frames,
            head.width(),
            head.height(),
            detector,
            () ->
                (file, index, number, fractionBits, image) -> {
                  opened.get(files.indexOf(file)).pixels().read(index, fractionBits, image);
                  mark(image, -1 << fractionBits);
                })
        .withFractions(head.type().isReal());
  }

  /** In mdx2's stacks −1 is a pixel that does not count. */
  private static void mark(int[] image, int mark) {
    for (int i = 0; i < image.length; i++) {
      image[i] = image[i] == mark ? Pixels.MASKED : image[i];
    }
  }
}
