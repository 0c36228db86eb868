package org.mdx.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Compresses the frames of a stack on all threads and writes them in order, each as a chunk. While
 * some frames are compressed the next ones are read; memory is that of these few frames.
 */
final class StackWriter implements AutoCloseable {

  /** Bytes of frames that are read together, unless one frame is larger. */
  static final int BATCH = 1 << 23;

  private static final int SLICE = 1 << 18;

  private final FileChannel out;
  private final long base;
  private final int level;
  private final Queue<StackEncoder> encoders = new ConcurrentLinkedQueue<>();
  private final Queue<StackEncoder.Piece> pieces = new ConcurrentLinkedQueue<>();
  private final byte[][] raw = new byte[2][0];
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
    return Math.max(1, BATCH / frameBytes);
  }

  Written write(Stack stack, StackReader reader, Parallel parallel, Progress.Counter done)
      throws IOException {
    int frames = stack.frames();
    int bytes = stack.frameBytes();
    int each = Math.min(frames, framesAtATime(bytes));
    Written w = new Written(new long[frames], new int[frames], new int[frames]);
    for (int i = 0; i < 2; i++) {
      raw[i] = raw[i].length < each * bytes ? new byte[each * bytes] : raw[i];
    }
    reader.read(0, each, raw[0]);
    int perFrame = StackEncoder.pieces(bytes);
    for (int first = 0, turn = 0; first < frames; first += each, turn = 1 - turn) {
      int from = first;
      byte[] now = raw[turn];
      byte[] then = raw[1 - turn];
      int n = Math.min(each, frames - from);
      Order order = new Order(stack, w, from, n * perFrame, perFrame, done);
      parallel.forEach(
          n * perFrame + 1,
          task -> {
            if (task > 0) {
              order.put(task - 1, encode(stack, now, (task - 1) / perFrame, (task - 1) % perFrame));
            } else if (from + each < frames) {
              reader.read(from + each, Math.min(each, frames - from - each), then);
            }
          });
      for (int i = 0; i < n; i++) {
        CRC32C sum = new CRC32C();
        sum.update(now, i * bytes, bytes);
        w.sums[from + i] = (int) sum.getValue();
      }
    }
    return w;
  }

  private StackEncoder.Piece encode(Stack stack, byte[] frames, int frame, int index) {
    StackEncoder polled = encoders.poll();
    StackEncoder encoder = polled == null ? new StackEncoder(level) : polled;
    StackEncoder.Piece free = pieces.poll();
    StackEncoder.Piece piece = free == null ? new StackEncoder.Piece() : free;
    int bytes = stack.frameBytes();
    try {
      encoder.encode(frames, frame * bytes, bytes, stack.type().bytes(), index, piece);
    } finally {
      encoders.add(encoder);
    }
    return piece;
  }

  /** Whoever finishes a piece writes all finished ones that are next in order. */
  private final class Order {
    private final Stack stack;
    private final Written written;
    private final int first;
    private final int perFrame;
    private final Progress.Counter done;
    private final StackEncoder.Piece[] waiting;
    private int next;
    private long start;
    private int adler;

    Order(Stack stack, Written written, int first, int count, int perFrame, Progress.Counter done) {
      this.stack = stack;
      this.written = written;
      this.first = first;
      this.perFrame = perFrame;
      this.done = done;
      this.waiting = new StackEncoder.Piece[count];
    }

    synchronized void put(int index, StackEncoder.Piece piece) throws IOException {
      waiting[index] = piece;
      while (next < waiting.length && waiting[next] != null) {
        write(waiting[next], next / perFrame, next % perFrame);
        pieces.add(waiting[next]);
        waiting[next++] = null;
      }
    }

    private void write(StackEncoder.Piece p, int frame, int index) throws IOException {
      if (index == 0) {
        start = end;
        adler = 1;
      }
      append(ByteBuffer.wrap(p.bytes, 0, p.length));
      int from = index * StackEncoder.PIECE;
      int plain = Math.min(StackEncoder.PIECE, stack.frameBytes() - from);
      adler = StackEncoder.combine(adler, p.adler, plain);
      if (index == perFrame - 1) {
        append(ByteBuffer.allocate(4).putInt(adler).flip());
        written.addresses[first + frame] = start;
        written.sizes[first + frame] = Math.toIntExact(end - start);
        done.advance();
      }
    }
  }

  private void append(ByteBuffer b) throws IOException {
    end += write(out, base + end, b);
  }

  /** Writes all of a buffer at a place of a file; returns how many bytes. */
  static int write(FileChannel out, long position, ByteBuffer b) throws IOException {
    int limit = b.limit();
    int n = b.remaining();
    long at = position;
    while (b.position() < limit) {
      b.limit(Math.min(limit, b.position() + SLICE));
      at += out.write(b, at);
    }
    return n;
  }

  @Override
  public void close() {
    encoders.forEach(StackEncoder::close);
    encoders.clear();
  }
}
