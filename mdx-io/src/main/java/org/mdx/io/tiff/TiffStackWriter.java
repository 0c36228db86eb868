package org.mdx.io.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import org.mdx.io.image.PixelType;
import org.mdx.io.image.RawStack;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Writes frames as the pages of a TIFF file, deflated after a predictor, in strips that are
 * compressed on all threads and written in order. A file that might exceed 4 GiB is a BigTIFF.
 *
 * <p>Source: TIFF Revision 6.0 (Adobe, 1992), its technical notes 2 (deflate) and 3 (predictor of
 * reals), and the BigTIFF proposal of the Aware Systems group.
 */
public final class TiffStackWriter {

  /** Bytes of a strip, about; strips are compressed side by side. */
  private static final int STRIP = 1 << 19;

  private static final int DEFLATE = 8;

  /** Room for directories and what deflate adds. */
  private static final long CLASSIC_LIMIT = (1L << 32) - (1L << 24);

  private final FileChannel out;
  private final RawStack stack;
  private final int level;
  private final boolean big;
  private final int rows;
  private final int strips;
  private long end;
  private long link;

  private TiffStackWriter(FileChannel out, RawStack stack, int level) throws IOException {
    this.out = out;
    this.stack = stack;
    this.level = level;
    int stride = stack.width() * stack.type().bytes;
    this.rows = Math.max(1, Math.min(stack.height(), STRIP / stride));
    this.strips = (stack.height() - 1) / rows + 1;
    long frame = (long) stack.height() * stride + strips * 64L + 1024 + tagBytes(stack.tags(0));
    this.big = frame * stack.frames() > CLASSIC_LIMIT;
  }

  /**
   * Writes a file.
   *
   * @param path must not exist; it is incomplete if anything is thrown
   * @param stack what to write
   * @param level of deflate, 1 to 9
   * @param parallel threads that compress; their number does not change a bit of the file
   * @param progress is told after every frame
   * @return CRC-32C of the pixels of each frame, little endian
   * @throws IOException if a file cannot be read or written
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static int[] write(
      Path path, RawStack stack, int level, Parallel parallel, Progress progress)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int[] sums = new TiffStackWriter(out, stack, level).write(parallel, progress);
      out.force(true);
      return sums;
    }
  }

  private static long tagBytes(List<RawStack.Tag> tags) {
    return tags.stream().mapToLong(t -> t.bytes().length + 40L).sum();
  }

  private int[] write(Parallel parallel, Progress progress) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    head.put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
    link = big ? 8 : 4;
    if (big) {
      head.putShort((short) 8).putShort((short) 0).putLong(0);
    } else {
      head.putInt(0);
    }
    append(head.flip());
    int frames = stack.frames();
    int bytes = stack.width() * stack.height() * stack.type().bytes;
    int[] sums = new int[frames];
    byte[][] frame = new byte[2][bytes];
    byte[][] encoded = new byte[strips][];
    Progress.Counter done = progress.counter("compress", frames);
    stack.read(0, frame[0]);
    for (int f = 0; f < frames; f++) {
      byte[] now = frame[f % 2];
      byte[] then = frame[1 - f % 2];
      int next = f + 1;
      parallel.forEach(
          strips + 1,
          task -> {
            if (task > 0) {
              encoded[task - 1] = encode(now, task - 1);
            } else if (next < frames) {
              stack.read(next, then);
            }
          });
      CRC32C sum = new CRC32C();
      sum.update(now);
      sums[f] = (int) sum.getValue();
      page(encoded, stack.tags(f));
      done.advance();
    }
    return sums;
  }

  private byte[] encode(byte[] frame, int strip) {
    PixelType type = stack.type();
    int width = stack.width();
    int stride = width * type.bytes;
    int first = strip * rows;
    int n = Math.min(rows, stack.height() - first);
    byte[] plain = new byte[n * stride];
    for (int y = 0; y < n; y++) {
      if (isReal(type)) {
        TiffPredictor.real(frame, (first + y) * stride, plain, y * stride, width, type.bytes);
      } else {
        TiffPredictor.integer(frame, (first + y) * stride, plain, y * stride, width, type.bytes);
      }
    }
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(plain);
      deflater.finish();
      byte[] stored = new byte[plain.length / 2 + 1024];
      int length = 0;
      while (!deflater.finished()) {
        if (length == stored.length) {
          stored = java.util.Arrays.copyOf(stored, 2 * length);
        }
        length += deflater.deflate(stored, length, stored.length - length);
      }
      return java.util.Arrays.copyOf(stored, length);
    } finally {
      deflater.end();
    }
  }

  static boolean isReal(PixelType type) {
    return type.ordinal() >= PixelType.FLOAT16.ordinal();
  }

  private void page(byte[][] encoded, List<RawStack.Tag> tags) throws IOException {
    long[] offsets = new long[strips];
    long[] counts = new long[strips];
    for (int i = 0; i < strips; i++) {
      offsets[i] = end;
      counts[i] = encoded[i].length;
      append(ByteBuffer.wrap(encoded[i]));
    }
    PixelType type = stack.type();
    boolean real = isReal(type);
    boolean signed = type == PixelType.INT8 || type == PixelType.INT16 || type == PixelType.INT32;
    TiffEntries e = new TiffEntries(big);
    e.integers(256, stack.width()).integers(257, stack.height());
    e.integers(258, 8L * type.bytes).integers(259, DEFLATE).integers(262, 1);
    e.integers(273, offsets).integers(277, 1).integers(278, rows).integers(279, counts);
    e.integers(317, real ? 3 : 2).integers(339, real ? 3 : signed ? 2 : 1);
    tags.forEach(e::tag);
    end = end + 7 & -8L;
    ByteBuffer directory = e.write(end);
    writeLink(end);
    link = end + e.linkAt();
    append(directory);
  }

  private void writeLink(long to) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(big ? 8 : 4).order(ByteOrder.LITTLE_ENDIAN);
    if (big) {
      b.putLong(to);
    } else {
      b.putInt((int) to);
    }
    b.flip();
    for (long at = link; b.hasRemaining(); ) {
      at += out.write(b, at);
    }
  }

  private void append(ByteBuffer b) throws IOException {
    while (b.hasRemaining()) {
      end += out.write(b, end);
    }
  }
}
