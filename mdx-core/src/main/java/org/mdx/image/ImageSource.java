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
   * Reads one frame. Values are as recorded: pixels that the detector marks as unusable are
   * negative.
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
