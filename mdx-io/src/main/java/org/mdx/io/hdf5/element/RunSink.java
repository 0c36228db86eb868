package org.mdx.io.hdf5.element;

import java.nio.ByteBuffer;

/** Takes the elements of a dataset, run by run, from several threads. */
@FunctionalInterface
public interface RunSink {

  /**
   * Takes elements that lie side by side.
   *
   * @param from holds them in the byte order of the dataset; valid during the call only
   * @param at byte position of the first
   * @param index number of the first in the whole dataset, in C order
   * @param count how many
   */
  void take(ByteBuffer from, int at, int index, int count);
}
