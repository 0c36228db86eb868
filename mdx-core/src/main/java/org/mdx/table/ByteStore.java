package org.mdx.table;

import java.nio.ByteBuffer;

/**
 * Bytes outside of the heap, such as in a scratch file. Several threads may read and write at once
 * as long as they do so at different places.
 */
public interface ByteStore {

  /**
   * Stores bytes.
   *
   * @param at place of the first, 0 or more
   * @param bytes what remains of it is stored
   * @throws java.io.UncheckedIOException if they cannot be stored
   */
  void write(long at, ByteBuffer bytes);

  /**
   * Fetches bytes that were stored.
   *
   * @param at place of the first
   * @param bytes is filled up
   * @throws java.io.UncheckedIOException if they cannot be read
   */
  void read(long at, ByteBuffer bytes);
}
