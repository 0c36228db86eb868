package org.mdx.io.internal.hdf5.copy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import org.mdx.io.internal.hdf5.codec.ChunkDecoder;
import org.mdx.parallel.Parallel;

/**
 * Reads frames of a stack, byte by byte as they are stored. Where several frames are interleaved in
 * the file, it is read once from the first byte to the last, and what belongs together is put
 * together in a temporary file, from which frames are then read: memory does not depend on the
 * length of the stack.
 */
final class StackReader implements Closeable {

  /** Interleaved bytes that are sorted at a time. */
  private static final long SLAB = 1L << 23;

  /** A part of some frames in the temporary file, [frame][row][column]. */
  private record Slab(int y, int rows, int x, int columns, int frame, int frames, long at) {}

  private final PagedBytes in;
  private final Stack stack;
  private final boolean framesLast;
  private final int size;
  private final int height;
  private final int width;
  private final int frames;
  private final Queue<ChunkDecoder> idle = new ConcurrentLinkedQueue<>();
  private FileChannel scratch;
  private Slab[] slabs;
  private int scratchWidth;

  private StackReader(PagedBytes in, Stack stack) {
    this.in = in;
    this.stack = stack;
    int[] shape = stack.shape();
    this.framesLast = stack.frameAxis() > 0;
    this.size = stack.type().bytes();
    this.frames = stack.frames();
    boolean flat = shape.length == 2;
    if (stack.frameAxis() == Stack.CHUNKS) {
      this.height = 1;
      this.width = stack.pixels();
      return;
    }
    this.height = flat ? framesLast ? shape[0] : 1 : shape[framesLast ? 0 : 1];
    this.width = flat ? framesLast ? 1 : shape[1] : shape[framesLast ? 1 : 2];
  }

  /**
   * Opens a stack, and sorts it if it must be sorted.
   *
   * @param temporary where, if so; the file is gone when the reader is closed
   */
  static StackReader open(PagedBytes in, Stack stack, Path temporary, Parallel parallel)
      throws IOException {
    StackReader r = new StackReader(in, stack);
    boolean contiguous = stack.chunk() == null;
    boolean sorted =
        r.frames == 1
            || stack.frameAxis() == Stack.CHUNKS
            || (contiguous ? !r.framesLast : stack.chunk()[stack.frameAxis()] == 1);
    if (!sorted) {
      try {
        r.sort(temporary, parallel);
      } catch (IOException | RuntimeException | Error e) {
        r.close();
        throw e;
      }
    }
    return r;
  }

  /** Reads neighbouring frames, one behind the other. */
  void read(int first, int count, byte[] into) throws IOException {
    int bytes = stack.frameBytes();
    if (scratch != null) {
      gather(first, count, into);
    } else if (stack.chunk() == null) {
      long from = (long) first * bytes;
      int n = (int) Math.min(count * (long) bytes, stack.elementBytes() - from);
      in.read(stack.contiguous() + from, ByteBuffer.wrap(into, 0, n));
      Arrays.fill(into, n, count * bytes, (byte) 0);
    } else {
      for (int i = 0; i < count; i++) {
        if (stack.isByFrame() && stack.filters().filters().isEmpty()) {
          in.read(stack.chunks().get(first + i).address(), ByteBuffer.wrap(into, i * bytes, bytes));
        } else {
          tiles(first + i, into, i * bytes);
        }
      }
    }
  }

  private int chunk(boolean rows) {
    int[] c = stack.chunk();
    if (c.length == 2) {
      return framesLast ? rows ? c[0] : 1 : rows ? 1 : c[1];
    }
    return c[(framesLast ? 0 : 1) + (rows ? 0 : 1)];
  }

  private long number(int y, int x, int frame) {
    long down = (height - 1) / chunk(true) + 1;
    long across = (width - 1) / chunk(false) + 1;
    long deep = (frames - 1) / stack.chunk()[stack.frameAxis()] + 1;
    return framesLast ? (y * across + x) * deep + frame : (frame * down + y) * across + x;
  }

  /** A frame whose chunks hold no other frame. */
  private void tiles(int frame, byte[] into, int to) {
    int rows = chunk(true);
    int columns = chunk(false);
    for (int y = 0; y < height; y += rows) {
      for (int x = 0; x < width; x += columns) {
        int row = y;
        int column = x;
        decode(
            number(y / rows, x / columns, frame),
            bytes -> {
              int n = Math.min(columns, width - column) * size;
              for (int r = 0; r < Math.min(rows, height - row); r++) {
                System.arraycopy(
                    bytes, r * columns * size, into, to + ((row + r) * width + column) * size, n);
              }
            });
      }
    }
  }

  /** Takes the bytes of a chunk, which are valid during the call. */
  @FunctionalInterface
  private interface Decoded {
    void take(byte[] bytes) throws IOException;
  }

  private void decode(long number, Decoded sink) {
    Stack.Chunk c = stack.chunks().get(number);
    int length = size;
    for (int n : stack.chunk()) {
      length *= n;
    }
    ChunkDecoder polled = idle.poll();
    ChunkDecoder decoder = polled == null ? new ChunkDecoder(stack.filters(), size) : polled;
    try {
      ByteBuffer raw = ByteBuffer.allocate(Math.toIntExact(c.size()));
      in.read(c.address(), raw);
      sink.take(decoder.decode(raw.flip(), c.mask(), length));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("chunk " + number + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      idle.add(decoder);
    }
  }

  private void sort(Path temporary, Parallel parallel) throws IOException {
    scratch =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    if (stack.chunk() == null) {
      sortPixels(parallel);
    } else {
      sortChunks(parallel);
    }
  }

  private void sortPixels(Parallel parallel) {
    long pixelBytes = (long) frames * size;
    if (pixelBytes > 1 << 28) {
      throw new IllegalArgumentException(frames + " frames, interleaved");
    }
    int pixels = stack.pixels();
    int each = (int) Math.max(1, Math.min(pixels, SLAB / pixelBytes));
    slabs = new Slab[(pixels - 1) / each + 1];
    scratchWidth = pixels;
    Queue<byte[][]> buffers = new ConcurrentLinkedQueue<>();
    parallel.forEach(
        slabs.length,
        i -> {
          int from = i * each;
          int n = Math.min(each, pixels - from);
          int bytes = (int) (n * pixelBytes);
          byte[][] polled = buffers.poll();
          byte[][] b = polled == null ? new byte[2][(int) (each * pixelBytes)] : polled;
          in.read(stack.contiguous() + from * pixelBytes, ByteBuffer.wrap(b[0], 0, bytes));
          Transpose.frames(b[0], 0, n, frames, frames, b[1], 0, n, size);
          slabs[i] = new Slab(0, 1, from, n, 0, frames, from * pixelBytes);
          write(ByteBuffer.wrap(b[1], 0, bytes), from * pixelBytes);
          buffers.add(b);
        });
  }

  private void sortChunks(Parallel parallel) {
    int rows = chunk(true);
    int columns = chunk(false);
    int deep = stack.chunk()[stack.frameAxis()];
    int down = (height - 1) / rows + 1;
    int across = (width - 1) / columns + 1;
    int layers = (frames - 1) / deep + 1;
    slabs = new Slab[Math.multiplyExact(Math.multiplyExact(down, across), layers)];
    scratchWidth = width;
    long chunkBytes = (long) rows * columns * deep * size;
    Queue<byte[]> buffers = new ConcurrentLinkedQueue<>();
    parallel.forEach(
        slabs.length,
        i -> {
          int layer = i / (down * across);
          int y = i / across % down;
          int x = i % across;
          int ny = Math.min(rows, height - y * rows);
          int nx = Math.min(columns, width - x * columns);
          int nf = Math.min(deep, frames - layer * deep);
          slabs[i] = new Slab(y * rows, ny, x * columns, nx, layer * deep, nf, i * chunkBytes);
          byte[] polled = buffers.poll();
          byte[] sorted = polled == null ? new byte[(int) chunkBytes] : polled;
          decode(
              number(y, x, layer),
              bytes -> {
                sort(bytes, ny, nx, nf, rows, columns, deep, sorted);
                write(ByteBuffer.wrap(sorted, 0, nf * ny * nx * size), slabs[i].at);
              });
          buffers.add(sorted);
        });
  }

  private void sort(
      byte[] chunk, int ny, int nx, int nf, int rows, int columns, int deep, byte[] out) {
    for (int y = 0; y < ny; y++) {
      if (framesLast) {
        int from = y * columns * deep * size;
        Transpose.frames(chunk, from, nx, deep, nf, out, y * nx * size, ny * nx, size);
        continue;
      }
      for (int f = 0; f < nf; f++) {
        int from = (f * rows + y) * columns * size;
        System.arraycopy(chunk, from, out, (f * ny + y) * nx * size, nx * size);
      }
    }
  }

  private void write(ByteBuffer b, long at) throws IOException {
    while (b.hasRemaining()) {
      at += scratch.write(b, at);
    }
  }

  /** Puts frames together from the temporary file. */
  private void gather(int first, int count, byte[] into) throws IOException {
    int bytes = stack.frameBytes();
    ByteBuffer b = ByteBuffer.allocate(0);
    for (Slab s : slabs) {
      int from = Math.max(first, s.frame);
      int n = Math.min(first + count, s.frame + s.frames) - from;
      if (n <= 0) {
        continue;
      }
      int piece = s.rows * s.columns * size;
      b = b.capacity() < n * piece ? ByteBuffer.allocate(n * piece) : b;
      b.clear().limit(n * piece);
      long at = s.at + (long) (from - s.frame) * piece;
      while (b.hasRemaining()) {
        if (scratch.read(b, at + b.position()) < 0) {
          throw new IOException("the temporary file became shorter");
        }
      }
      for (int i = 0; i < n * s.rows; i++) {
        int y = s.y + i % s.rows;
        int to = (from - first + i / s.rows) * bytes + (y * scratchWidth + s.x) * size;
        System.arraycopy(b.array(), i * s.columns * size, into, to, s.columns * size);
      }
    }
  }

  @Override
  public void close() throws IOException {
    idle.forEach(ChunkDecoder::close);
    idle.clear();
    if (scratch != null) {
      scratch.close();
    }
  }
}
