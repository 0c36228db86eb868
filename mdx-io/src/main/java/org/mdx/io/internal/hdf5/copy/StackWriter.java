package org.mdx.io.internal.hdf5.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import org.mdx.io.internal.hdf5.write.Channels;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Compresses the frames of a stack on all threads and writes them in order, each as a chunk. Frames
 * are read in small groups, ahead of those that are compressed, into a ring of buffers: no thread
 * waits for another but when the ring is full, and memory is that of the ring.
 */
final class StackWriter implements AutoCloseable {

  /** Bytes of frames that are read together, unless one frame is larger. */
  private static final int GROUP = 1 << 21;

  /** Bytes of the ring, unless two groups are larger. */
  private static final int RING = 1 << 26;

  private final FileChannel out;
  private final long base;
  private final int level;
  private final Queue<StackEncoder> encoders = new ConcurrentLinkedQueue<>();
  private final Queue<StackEncoder.Piece> pieces = new ConcurrentLinkedQueue<>();
  private long end;

  /**
   * A writer.
   *
   * @param base where address 0 is
   * @param end address of the first chunk
   */
  StackWriter(FileChannel out, long base, long end, int level) {
    this.out = out;
    this.base = base;
    this.end = end;
    this.level = level;
  }

  /** Where the chunks of a stack went, and the CRC-32C of each frame. */
  record Written(long[] addresses, int[] sizes, int[] sums) {}

  /** Address behind what was written. */
  long end() {
    return end;
  }

  static int framesAtATime(int frameBytes) {
    return Math.max(1, GROUP / frameBytes);
  }

  Written write(Stack stack, StackReader reader, Parallel parallel, Progress.Counter done) {
    int frames = stack.frames();
    Written w = new Written(new long[frames], new int[frames], new int[frames]);
    int perFrame = StackEncoder.pieces(stack.frameBytes());
    Ring ring = new Ring(stack, reader, w, perFrame, parallel.threads(), done);
    parallel.forEach(Math.multiplyExact(frames, perFrame), ring::piece);
    return w;
  }

  /** The frames in memory, and the pieces of them that wait to be written. */
  private final class Ring {
    private final Stack stack;
    private final StackReader reader;
    private final Written written;
    private final Progress.Counter done;
    private final int bytes;
    private final int perFrame;
    private final int perGroup;
    private final int each;
    private final byte[][] groups;
    private final StackEncoder.Piece[] waiting;
    private final Object reading = new Object();
    private int read;
    private int next;
    private boolean failed;
    private long start;
    private int adler;

    Ring(
        Stack stack,
        StackReader reader,
        Written written,
        int perFrame,
        int threads,
        Progress.Counter done) {
      this.stack = stack;
      this.reader = reader;
      this.written = written;
      this.done = done;
      this.bytes = stack.frameBytes();
      this.perFrame = perFrame;
      this.each = Math.min(stack.frames(), framesAtATime(bytes));
      this.perGroup = each * perFrame;
      int most = Math.max(2, RING / (each * bytes));
      this.groups = new byte[Math.min(most, 2 + 2 * threads)][];
      this.waiting = new StackEncoder.Piece[groups.length * perGroup];
    }

    /** Encodes a piece; whoever finishes one writes all finished ones that are next in order. */
    void piece(int index) throws IOException, InterruptedException {
      try {
        int group = index / perGroup;
        require(group, true);
        if (index % perGroup == 0) {
          require(group + 1, false);
        }
        int frame = index / perFrame;
        put(index, encode(groups[group % groups.length], frame % each, index % perFrame));
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        fail();
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted");
        }
        throw e;
      }
    }

    private synchronized void fail() {
      failed = true;
      notifyAll();
    }

    /** Reads all groups up to one of them; with or without waiting for room. */
    private void require(int group, boolean wait) throws IOException, InterruptedException {
      synchronized (reading) {
        while (read <= group && (long) read * each < stack.frames()) {
          if (!room(wait)) {
            return;
          }
          int at = read % groups.length;
          groups[at] = groups[at] == null ? new byte[each * bytes] : groups[at];
          int first = read * each;
          int n = Math.min(each, stack.frames() - first);
          reader.read(first, n, groups[at]);
          for (int i = 0; i < n; i++) {
            CRC32C sum = new CRC32C();
            sum.update(groups[at], i * bytes, bytes);
            written.sums[first + i] = (int) sum.getValue();
          }
          read++;
        }
      }
    }

    /** Whether all of the group whose buffer comes next was written. */
    private synchronized boolean room(boolean wait) throws InterruptedException {
      while (next / perGroup <= read - groups.length) {
        if (failed) {
          throw new CancellationException("another thread failed");
        } else if (!wait) {
          return false;
        }
        wait();
      }
      return true;
    }

    private StackEncoder.Piece encode(byte[] group, int frame, int index) {
      StackEncoder polled = encoders.poll();
      StackEncoder encoder = polled == null ? new StackEncoder(level) : polled;
      StackEncoder.Piece free = pieces.poll();
      StackEncoder.Piece piece = free == null ? new StackEncoder.Piece() : free;
      try {
        encoder.encode(group, frame * bytes, bytes, stack.type().bytes(), index, piece);
      } finally {
        encoders.add(encoder);
      }
      return piece;
    }

    private synchronized void put(int index, StackEncoder.Piece piece) throws IOException {
      waiting[index % waiting.length] = piece;
      for (int at = next % waiting.length; waiting[at] != null; at = ++next % waiting.length) {
        write(waiting[at], next / perFrame, next % perFrame);
        pieces.add(waiting[at]);
        waiting[at] = null;
      }
      notifyAll();
    }

    private void write(StackEncoder.Piece p, int frame, int index) throws IOException {
      if (index == 0) {
        start = end;
        adler = 1;
      }
      append(ByteBuffer.wrap(p.bytes, 0, p.length));
      int plain = Math.min(StackEncoder.PIECE, bytes - index * StackEncoder.PIECE);
      adler = StackEncoder.combine(adler, p.adler, plain);
      if (index == perFrame - 1) {
        append(ByteBuffer.allocate(4).putInt(adler).flip());
        written.addresses[frame] = start;
        written.sizes[frame] = Math.toIntExact(end - start);
        done.advance();
      }
    }
  }

  private void append(ByteBuffer b) throws IOException {
    end += Channels.write(out, base + end, b);
  }

  @Override
  public void close() {
    encoders.forEach(StackEncoder::close);
    encoders.clear();
  }
}
