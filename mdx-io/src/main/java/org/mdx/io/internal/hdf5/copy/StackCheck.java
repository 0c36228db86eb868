package org.mdx.io.internal.hdf5.copy;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** Reads compressed frames back and sums them up. */
final class StackCheck {

  /** Memory for frames that are checked side by side. */
  private static final int BUDGET = 1 << 26;

  private static final int INPUT = 1 << 16;

  private StackCheck() {}

  /** What one thread needs. */
  private static final class Lane {
    final Inflater inflater = new Inflater();
    final ByteBuffer input = ByteBuffer.allocate(INPUT);
    final byte[] elements = new byte[INPUT];
    byte[] frame;
  }

  /** The CRC-32C of each frame of a stack of which each chunk is a frame, shuffled and deflated. */
  static int[] sums(PagedBytes in, Stack stack, Parallel parallel, Progress.Counter done) {
    int[] sums = new int[stack.frames()];
    int bytes = stack.frameBytes();
    int lanes = Math.max(1, Math.min(parallel.threads(), BUDGET / bytes));
    Queue<Lane> idle = new ConcurrentLinkedQueue<>();
    try {
      // lanes, not frames, are the tasks: only so many frames are in memory
      parallel.forEach(
          Math.min(lanes, sums.length),
          lane -> {
            Lane own = new Lane();
            own.frame = new byte[bytes];
            idle.add(own);
            for (int i = lane; i < sums.length; i += Math.min(lanes, sums.length)) {
              sums[i] = sum(in, stack, i, own);
              done.advance();
            }
          });
    } finally {
      idle.forEach(lane -> lane.inflater.end());
    }
    return sums;
  }

  private static int sum(PagedBytes in, Stack stack, int frame, Lane lane) {
    Stack.Chunk c = stack.chunks().get(frame);
    int bytes = stack.frameBytes();
    try {
      inflate(in, c, lane, bytes);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(
          stack.path() + ", frame " + frame + ": " + e.getMessage(), e);
    }
    int size = stack.type().bytes();
    int elements = bytes / size;
    CRC32C sum = new CRC32C();
    int each = INPUT / size;
    for (int first = 0; first < elements; first += each) {
      int n = Math.min(each, elements - first);
      for (int b = 0; b < size; b++) {
        int plane = b * elements + first;
        for (int i = 0, to = b; i < n; i++, to += size) {
          lane.elements[to] = lane.frame[plane + i];
        }
      }
      sum.update(lane.elements, 0, n * size);
    }
    return (int) sum.getValue();
  }

  private static void inflate(PagedBytes in, Stack.Chunk c, Lane lane, int bytes)
      throws DataFormatException {
    lane.inflater.reset();
    long at = c.address();
    long end = at + c.size();
    int done = 0;
    while (!lane.inflater.finished()) {
      if (lane.inflater.needsInput()) {
        int n = (int) Math.min(INPUT, end - at);
        if (n <= 0) {
          throw new DataFormatException("a stream that ends early");
        }
        in.read(at, lane.input.clear().limit(n));
        lane.inflater.setInput(lane.input.array(), 0, n);
        at += n;
      }
      int n = lane.inflater.inflate(lane.frame, done, bytes - done);
      done += n;
      if (n == 0 && !lane.inflater.finished() && !lane.inflater.needsInput()) {
        throw new DataFormatException("more than " + bytes + " bytes");
      }
    }
    if (done != bytes || at - lane.inflater.getRemaining() != end) {
      throw new DataFormatException(done + " of " + bytes + " bytes");
    }
  }
}
