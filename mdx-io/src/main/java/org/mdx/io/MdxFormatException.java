package org.mdx.io;

import java.nio.file.Path;

/**
 * A file is damaged, truncated, inconsistent or of a kind that is not understood. The message says
 * which file, where in it, what was expected, what was found, and what to do.
 */
public final class MdxFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String place;
  private final String expected;
  private final String found;
  private final String cure;

  /**
   * An exception for a file.
   *
   * @param path the file
   * @param place where in the file, such as a byte offset, a key or a JSON pointer; may be empty
   * @param expected what should be there
   * @param found what is there, with the numbers that decided it
   * @param cure what the user can do; may be empty
   */
  public MdxFormatException(Path path, String place, String expected, String found, String cure) {
    this(path, place, expected, found, cure, null);
  }

  /**
   * An exception for a file, after another one.
   *
   * @param path the file
   * @param place where in the file, such as a byte offset, a key or a JSON pointer; may be empty
   * @param expected what should be there
   * @param found what is there, with the numbers that decided it
   * @param cure what the user can do; may be empty
   * @param cause what was thrown first; may be null
   */
  public MdxFormatException(
      Path path, String place, String expected, String found, String cure, Throwable cause) {
    super(
        path
            + ": "
            + (place.isEmpty() ? "" : place + ": ")
            + "expected "
            + expected
            + ", found "
            + found
            + (cure.isEmpty() ? "" : "; " + cure),
        cause);
    this.path = path.toString();
    this.place = place;
    this.expected = expected;
    this.found = found;
    this.cure = cure;
  }

  /**
   * The file.
   *
   * @return its path
   */
  public Path path() {
    return Path.of(path);
  }

  /**
   * Where in the file.
   *
   * @return such as a key or a JSON pointer; may be empty
   */
  public String place() {
    return place;
  }

  /**
   * What should be there.
   *
   * @return the rule
   */
  public String expected() {
    return expected;
  }

  /**
   * What is there.
   *
   * @return the actual value
   */
  public String found() {
    return found;
  }

  /**
   * What to do.
   *
   * @return advice; may be empty
   */
  public String cure() {
    return cure;
  }
}
