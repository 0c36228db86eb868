package org.mdx.io.nxmx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.image.FileFrames;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;

/** Lets NXmx and Dectris master files be found by their content. */
public final class NxmxFormat implements ImageFormat {

  /** A format for the service loader. */
  public NxmxFormat() {}

  @Override
  public String name() {
    return "NXmx";
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    if (!Hdf5File.recognizes(file)) {
      return false;
    }
    try (Hdf5File in = Hdf5File.open(file)) {
      return NxmxEntry.find(in) != null;
    }
  }

  @Override
  public ImageHeader header(Path file) throws IOException {
    try (Hdf5File in = Hdf5File.open(file)) {
      NxmxEntry entry = NxmxEntry.require(in);
      return NxmxHeader.read(entry, NxmxFrames.open(entry));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw contradiction(file, e);
    }
  }

  private static MdxFormatException contradiction(Path file, RuntimeException e) {
    return new MdxFormatException(
        file, "", "entries that fit together", String.valueOf(e.getMessage()), "", e);
  }

  @Override
  public ImageSource open(List<Path> files, int frames, Detector detector) throws IOException {
    List<NxmxFrames> opened = new ArrayList<>();
    int[] counts = new int[files.size()];
    for (int i = 0; i < counts.length; i++) {
      // stays open, as frames are read when asked for
      opened.add(NxmxFrames.open(NxmxEntry.require(Hdf5File.open(files.get(i)))));
      counts[i] = opened.get(i).count();
      FileFrames.checkSize(
          files.get(i),
          opened.get(i).width(),
          opened.get(i).height(),
          opened.get(0).width(),
          opened.get(0).height(),
          files.get(0));
    }
    return FileFrames.of(
            files,
            counts,
            frames,
            opened.get(0).width(),
            opened.get(0).height(),
            detector,
            () ->
                (file, index, number, fractionBits, image) ->
                    opened.get(files.indexOf(file)).read(index, fractionBits, image))
        .withFractions(opened.get(0).type().isReal());
  }
}
