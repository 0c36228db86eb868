package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;

/** Names the file that was given in place of a file of mdx2. */
final class WrongFile {
  private static final int LOOKED_AT = 4096;
  private static final int SIGNATURE = 8;

  private WrongFile() {}

  /**
   * A file that is none of HDF5.
   *
   * @param path the file
   * @param wanted the file that should have been given, by its usual name and who writes it
   * @throws IOException if it does not exist or cannot be read
   */
  static MdxFormatException instead(Path path, String wanted) throws IOException {
    byte[] head = InputFile.head(path, LOOKED_AT);
    String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
    String expected = wanted + " (an HDF5 file)";
    if (head.length == 0) {
      return new MdxFormatException(path, "", expected, "an empty file", "");
    }
    if (!text.startsWith("{") && !text.startsWith("[")) {
      String bytes = HexFormat.of().formatHex(head, 0, Math.min(SIGNATURE, head.length));
      return new MdxFormatException(path, "byte 0", expected, bytes, "");
    }
    boolean list = text.contains("ExperimentList") || path.toString().endsWith(".expt");
    return new MdxFormatException(
        path,
        "",
        expected,
        list ? "an experiment list of DIALS" : "a JSON file",
        "give the file that the stage before has written");
  }
}
