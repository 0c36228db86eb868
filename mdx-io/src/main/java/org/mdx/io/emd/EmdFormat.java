package org.mdx.io.emd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;
import org.mdx.io.image.FileFrames;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;

/** Lets Velox EMD files be found by their content. */
public final class EmdFormat implements ImageFormat {

  /** A format for the service loader. */
  public EmdFormat() {}

  @Override
  public String name() {
    return "Velox EMD";
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    if (!Hdf5File.recognizes(file)) {
      return false;
    }
    try (Hdf5File in = Hdf5File.open(file)) {
      return in.hasGroup(EmdFile.IMAGES);
    }
  }

  @Override
  public ImageHeader header(Path file) throws IOException {
    try (Hdf5File in = Hdf5File.open(file)) {
      return EmdHeader.read(EmdFile.of(in));
    }
  }

  @Override
  public ImageSource open(List<Path> files, int frames, Detector detector) throws IOException {
    List<EmdFile> opened = new ArrayList<>();
    int[] counts = new int[files.size()];
    for (int i = 0; i < counts.length; i++) {
      // stays open, as frames are read when asked for
      EmdFile f = EmdFile.of(Hdf5File.open(files.get(i)));
      opened.add(f);
      counts[i] = f.frames().frames();
      FileFrames.checkSize(
          files.get(i),
          f.frames().width(),
          f.frames().height(),
          opened.get(0).frames().width(),
          opened.get(0).frames().height(),
          files.get(0));
    }
    Hdf5Frames head = opened.get(0).frames();
    return FileFrames.of(
            files,
            counts,
            frames,
            head.width(),
            head.height(),
            detector,
            () ->
                (file, index, number, fractionBits, image) ->
                    opened.get(files.indexOf(file)).frames().read(index, fractionBits, image))
        .withFractions(head.type().isReal());
  }
}
