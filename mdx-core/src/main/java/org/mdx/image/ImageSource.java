package org.mdx.image;

import java.io.IOException;
import java.util.Optional;

/** Frames that can be read in any order and by several threads at once. */
public interface ImageSource {

  /**
   * Number of frames.
   *
   * @return 1 or more
   */
  int frames();

  /**
   * Number of panels of each frame.
   *
   * @return 1 or more
   */
  int panels();

  /**
   * Columns of a panel.
   *
   * @param panel index of the panel
   * @return pixels along fast
   */
  int width(int panel);

  /**
   * Rows of a panel.
   *
   * @param panel index of the panel
   * @return pixels along slow
   */
  int height(int panel);

  /**
   * Whether pixels are real numbers, of which {@link #read(int, int[][])} gives the nearest whole
   * ones.
   *
   * @return false if values are whole numbers
   */
  default boolean hasFractions() {
    return false;
  }

  /**
   * Reads one frame of real numbers in steps finer than one.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @param fractionBits 0 to 30; a step is 2 to the power of minus this; 0 unless {@link
   *     #hasFractions()}
   * @param into receives the nearest whole number of steps for each pixel, the greatest or smallest
   *     int for what lies beyond; otherwise as {@link #read(int, int[][])}
   * @throws IOException if the frame cannot be read
   */
  default void read(int frame, int fractionBits, int[][] into) throws IOException {
    if (fractionBits != 0) {
      throw new IllegalArgumentException(describe(frame) + ": its pixels are whole numbers");
    }
    read(frame, into);
  }

  /**
   * Reads one frame. Values are as recorded, negative ones included. Pixels of which the file says
   * by other means than a value outside the trusted range that they do not count (a mask of its
   * own, the marks of an unsigned type, what is no number) are {@link Pixels#MASKED}; {@link
   * FrameBuffer} marks the others.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @param into for each panel an array of width × height values in row order, which is overwritten
   * @throws IOException if the frame cannot be read
   */
  void read(int frame, int[][] into) throws IOException;

  /**
   * Where a frame comes from, for messages.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @return such as its path
   */
  String describe(int frame);

  /**
   * The blocks in which the frames are stored, where a file of mdx2's layout tells them: mdx2 adds
   * counts up block by block.
   *
   * @return the blocks, or empty
   */
  default Optional<ImageChunks> chunks() {
    return Optional.empty();
  }
}
