package org.mdx.io.sweep;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;

/**
 * A file and what it says, without the entries that nothing here depends on: there may be thousands
 * of files.
 *
 * @param path of the file
 * @param container whether the format is one of files that hold a whole sweep, even if this one has
 *     a single frame
 * @param header without details
 */
record FileHeader(Path path, boolean container, ImageHeader header) {

  /**
   * Reads the header of a file.
   *
   * @param asked whether the file must be an image
   * @return null if it need not be and is none
   */
  static FileHeader read(Path path, boolean asked) throws IOException {
    ImageFormat format;
    try {
      format = ImageFiles.format(path);
    } catch (MdxFormatException e) {
      if (asked) {
        throw e;
      }
      return null;
    }
    ImageHeader h = format.header(path);
    boolean numbered =
        switch (format.name()) {
          case "NXmx", "Velox EMD" -> false;
          default -> h.frames() == 1;
        };
    return new FileHeader(path, !numbered, numbered ? h.withoutDetails() : h);
  }

  double start() {
    return header.scan().start().orElse(Double.NaN);
  }
}
