package org.mdx.io.dials;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Consecutive images of a scan.
 *
 * @param first number of the first image, as in the names of the files
 * @param last number of the last one
 */
public record ImageRange(int first, int last) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})[:,-](\\d{1,9})");

  /**
   * A range.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public ImageRange {
    if (last < first) {
      throw new IllegalArgumentException("images " + first + " to " + last + " are none");
    }
  }

  /**
   * Reads a range.
   *
   * @param text first and last image, such as {@code 1:60}
   * @return the range
   * @throws IllegalArgumentException if it is something else
   */
  public static ImageRange of(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no range of images such as 1:60");
    }
    return new ImageRange(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
  }

  /**
   * Number of images.
   *
   * @return at least 1
   */
  public int length() {
    return last - first + 1;
  }

  /**
   * Whether all images of another range are in this one.
   *
   * @param other the other range
   * @return true if so
   */
  public boolean contains(ImageRange other) {
    return first <= other.first && other.last <= last;
  }

  @Override
  public String toString() {
    return first + " to " + last;
  }
}
