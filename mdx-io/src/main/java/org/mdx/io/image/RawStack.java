package org.mdx.io.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.mdx.io.MdxFormatException;

/**
 * Frames of a file as they are stored, with what the file says of them in a form that another file
 * can keep. Read by one thread at a time.
 */
public interface RawStack extends Closeable {

  /**
   * Something said of a frame, as a TIFF tag.
   *
   * @param number of the tag
   * @param type of its values as TIFF numbers them, of bytes (1, 2, 6, 7) or wider
   * @param count of values
   * @param bytes of all values, little endian; not to be changed
   */
  record Tag(int number, int type, long count, byte[] bytes) {

    /**
     * A tag of bytes without meaning.
     *
     * @param number of the tag
     * @param bytes content
     * @return the tag
     */
    public static Tag ofBytes(int number, byte[] bytes) {
      return new Tag(number, 7, bytes.length, bytes);
    }
  }

  /**
   * Pixels along x.
   *
   * @return 1 or more
   */
  int width();

  /**
   * Pixels along y.
   *
   * @return 1 or more
   */
  int height();

  /**
   * Number of frames.
   *
   * @return 1 or more
   */
  int frames();

  /**
   * How a pixel is stored.
   *
   * @return its type
   */
  PixelType type();

  /**
   * What is said of a frame besides its size and type; what is said of all frames goes with the
   * first.
   *
   * @param frame from 0
   * @return tags in rising order
   * @throws IOException if the file cannot be read
   */
  List<Tag> tags(int frame) throws IOException;

  /**
   * Reads a frame.
   *
   * @param frame from 0
   * @param into receives the pixels, row by row, little endian
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is damaged
   */
  void read(int frame, byte[] into) throws IOException;

  /**
   * Turns the bytes of numbers around, as between byte orders.
   *
   * @param bytes numbers one behind the other
   * @param count bytes in all
   * @param size of a number
   */
  static void swap(byte[] bytes, int count, int size) {
    for (int at = 0; at + size <= count; at += size) {
      for (int i = 0; i < size / 2; i++) {
        byte b = bytes[at + i];
        bytes[at + i] = bytes[at + size - 1 - i];
        bytes[at + size - 1 - i] = b;
      }
    }
  }
}
