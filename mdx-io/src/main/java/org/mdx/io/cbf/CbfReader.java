package org.mdx.io.cbf;

import java.io.IOException;
import java.nio.file.Path;

/** Reads single miniCBF files, plain or compressed with gzip or bzip2. */
public final class CbfReader {
  private CbfReader() {}

  /**
   * Reads a file; its checksum is checked if it has one.
   *
   * @param path the file
   * @return header and pixels
   * @throws IOException if the file cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged, truncated or of another kind
   */
  public static CbfImage read(Path path) throws IOException {
    CbfBuffer buffer = new CbfBuffer();
    buffer.load(path);
    buffer.checkMd5();
    int width = buffer.binary().width();
    int height = buffer.binary().height();
    int[] pixels = new int[width * height];
    buffer.decode(0, pixels);
    return new CbfImage(CbfHeader.parse(buffer.header()), width, height, pixels);
  }

  /**
   * Reads the header of a file.
   *
   * @param path the file
   * @return its lines
   * @throws IOException if the file cannot be read
   * @throws org.mdx.io.MdxFormatException if it is no CBF
   */
  public static CbfHeader readHeader(Path path) throws IOException {
    CbfBuffer buffer = new CbfBuffer();
    buffer.loadHeader(path);
    return CbfHeader.parse(buffer.header());
  }
}
