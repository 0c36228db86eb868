package org.mdx.io.internal.hdf5.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes at places of a file. */
public final class Channels {

  /** A channel keeps a buffer of the size of the largest piece. */
  private static final int SLICE = 1 << 18;

  private Channels() {}

  /** Writes all of a buffer at a place of a file; returns how many bytes. */
  public static int write(FileChannel out, long position, ByteBuffer b) throws IOException {
    int limit = b.limit();
    int n = b.remaining();
    long at = position;
    while (b.position() < limit) {
      b.limit(Math.min(limit, b.position() + SLICE));
      at += out.write(b, at);
    }
    return n;
  }
}
