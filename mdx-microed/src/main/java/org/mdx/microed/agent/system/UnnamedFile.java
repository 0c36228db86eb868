package org.mdx.microed.agent.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file whose name is no text in the encoding of the system: the file can be opened as it was
 * found, but not by its name, neither by this program nor by those that it starts.
 */
public final class UnnamedFile {
  private static final char REPLACEMENT = '\ufffd';

  /** Ends names that are written in another way; no path contains two slashes. */
  private static final String MARK = "//bytes";

  private UnnamedFile() {}

  /** Why a file cannot be named; empty if it can. */
  public static String refusal(Path file) {
    String name = file.toString();
    if (name.indexOf(REPLACEMENT) < 0) {
      return "";
    }
    try {
      if (Path.of(name).equals(file)) {
        return "";
      }
    } catch (InvalidPathException e) {
      // the encoding does not have the character that stands for what is no text
    }
    String encoding = System.getProperty("sun.jnu.encoding", "");
    return encoding.toUpperCase(Locale.ROOT).equals(StandardCharsets.UTF_8.name())
        ? "its name is not UTF-8 (%XX stands for a byte); rename it"
        : "its name (%XX stands for a byte) is no text in the system's encoding, "
            + encoding
            + "; start the agent with LC_ALL=C.UTF-8";
  }

  /** A name for it, of its own: its bytes as in a URI. */
  public static String source(Path folder, Path file) {
    String whole = file.toUri().getRawPath();
    String root = folder.toUri().getRawPath();
    String below = whole.startsWith(root) ? whole.substring(root.length()) : whole;
    return below.replaceFirst("^/+", "") + MARK;
  }
}
