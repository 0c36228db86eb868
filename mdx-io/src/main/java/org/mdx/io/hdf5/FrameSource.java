package org.mdx.io.hdf5;

import java.io.IOException;

/** Frames that are asked for one by one, in any order and from several threads. */
@FunctionalInterface
public interface FrameSource {

  /**
   * Reads a frame.
   *
   * @param frame from 0
   * @param into receives height × width values in row order
   * @throws IOException if it cannot be read
   */
  void read(int frame, int[] into) throws IOException;
}
