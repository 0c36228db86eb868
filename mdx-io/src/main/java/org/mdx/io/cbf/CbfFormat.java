package org.mdx.io.cbf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;

/** Lets sweeps of CBF files be found by their content. */
public final class CbfFormat implements ImageFormat {

  /** A format for the service loader. */
  public CbfFormat() {}

  @Override
  public String name() {
    return "CBF";
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return CbfBuffer.recognizes(file);
  }

  @Override
  public ImageHeader header(Path file) throws IOException {
    CbfBuffer buffer = new CbfBuffer();
    buffer.loadHeader(file);
    CbfHeader lines = CbfHeader.parse(buffer.header());
    CifText cif = CifText.parse(buffer.header());
    return FullCbfHeader.recognizes(cif)
        ? FullCbfHeader.of(cif, lines, buffer.binary())
        : MiniCbfHeader.of(lines, buffer.binary());
  }

  @Override
  public ImageSource open(List<Path> files, int frames, Detector detector) throws IOException {
    if (files.size() != frames) {
      throw new MdxFormatException(
          files.get(0),
          "",
          frames + " files, one for each frame",
          files.size() + " files",
          "give a template with # for the digits of the number");
    }
    return CbfImageSource.open(files, detector);
  }
}
