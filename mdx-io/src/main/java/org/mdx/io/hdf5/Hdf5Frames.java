package org.mdx.io.hdf5;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mdx.image.Pixels;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.internal.hdf5.index.Box;
import org.mdx.io.internal.hdf5.read.Damage;
import org.mdx.io.internal.hdf5.read.DatasetReader;
import org.mdx.io.internal.hdf5.read.FrameBlocks;
import org.mdx.io.internal.hdf5.read.OpenFile;
import org.mdx.parallel.Parallel;

/**
 * Frames of a dataset as 32-bit integers, read when asked for and by any number of threads.
 *
 * <p>Integers beyond 31 bits become the nearest that fit, but for the two highest unsigned ones of
 * 32 bits, by which detectors mark pixels: they become −1 and −2. Floats are rounded to the nearest
 * integer, halves up; what is no number becomes −1. Where frames share chunks, those of a few
 * chunks are kept.
 */
public final class Hdf5Frames {
  private static final Parallel ONE = Parallel.of(1);

  /** Pixels of two bytes that are widened at a time; they stay in the nearest cache. */
  private static final int PIECE = 2048;

  private final OpenFile file;
  private final String place;
  private final DatasetReader reader;
  private final int frameAxis;
  private final int channel;
  private final int frames;
  private final int height;
  private final int width;
  private final Map<Integer, FrameBlocks> blocks = new ConcurrentHashMap<>();

  /**
   * The frames of a dataset.
   *
   * @param frameAxis which axis counts the frames
   * @param channel index along the second axis of four; −1 of a dataset of rank 2 or 3
   */
  Hdf5Frames(OpenFile file, String place, DatasetReader reader, int frameAxis, int channel) {
    this.file = file;
    this.place = place;
    this.reader = reader;
    long[] shape = reader.info().shape;
    boolean single = channel < 0 && shape.length == 2;
    int rank = channel < 0 ? 3 : 4;
    if (!single && (shape.length != rank || frameAxis < 0 || frameAxis > 2)) {
      throw file.error(
          place, "frames, a dataset of rank " + rank, "one of rank " + shape.length, "");
    }
    if (channel >= 0 && channel >= shape[1]) {
      throw file.error(place, "a channel " + channel + ", from 0", shape[1] + " channels", "");
    }
    this.frameAxis = single ? -1 : frameAxis;
    this.channel = channel;
    int rows = channel >= 0 ? 2 : frameAxis == 0 && !single ? 1 : 0;
    int columns = channel >= 0 ? 3 : frameAxis == 2 || single ? 1 : 2;
    this.frames = single ? 1 : length(shape[frameAxis]);
    this.height = length(shape[rows]);
    this.width = length(shape[columns]);
    if ((long) height * width > Integer.MAX_VALUE) {
      throw file.error(place, "frames below 2³¹ pixels", width + " x " + height, "");
    }
    reader.requireStored();
  }

  private int length(long axis) {
    if (axis < 1 || axis > Integer.MAX_VALUE) {
      throw file.error(place, "axes of 1 to " + Integer.MAX_VALUE, "one of " + axis, "");
    }
    return (int) axis;
  }

  /**
   * Number of frames.
   *
   * @return 1 or more
   */
  public int frames() {
    return frames;
  }

  /**
   * Rows of a frame.
   *
   * @return 1 or more
   */
  public int height() {
    return height;
  }

  /**
   * Columns of a frame.
   *
   * @return 1 or more
   */
  public int width() {
    return width;
  }

  /**
   * Type of the pixels in the file.
   *
   * @return a type of numbers
   */
  public StoredType type() {
    return reader.info().type;
  }

  /**
   * The chunks in which the frames are stored; of a virtual dataset those of its first part.
   *
   * @return lengths of a chunk's axes in the order of the dataset's, or empty if the elements lie
   *     in one piece
   * @throws org.mdx.io.MdxFormatException if the part is damaged or missing
   */
  public Optional<int[]> chunk() {
    return Damage.guard(file.path(), place, () -> Optional.ofNullable(reader.chunk()));
  }

  /**
   * Reads a frame.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @param into receives width × height values in row order
   * @throws org.mdx.io.MdxFormatException if it is damaged
   */
  public void read(int frame, int[] into) {
    read(frame, 0, into);
  }

  /**
   * Reads a frame, of real numbers in steps finer than one.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @param fractionBits a step is 2 to the power of minus this; integers do not look at it
   * @param into receives width × height values in row order
   * @throws org.mdx.io.MdxFormatException if it is damaged
   */
  public void read(int frame, int fractionBits, int[] into) {
    Objects.checkIndex(frame, frames);
    Objects.checkFromIndexSize(0, width * height, into.length);
    Damage.guard(
        file.path(),
        place + ", frame " + frame,
        () -> {
          readChecked(frame, fractionBits, into);
          return null;
        });
  }

  private void readChecked(int frame, int bits, int[] into) {
    long[] range = frameAxis < 0 ? new long[] {0, 1} : reader.together(frameAxis, frame);
    if (range[1] - range[0] <= 1) {
      PixelSink sink = (band, at, from, byteAt, n) -> pixels(from, byteAt, bits, into, at, n);
      read(frame, 1, 0, height, sink);
      return;
    }
    long[] rows = reader.together(channel >= 0 ? 2 : frameAxis == 0 ? 1 : 0, 0);
    int band = (int) Math.max(1, Math.min(height, rows[1] - rows[0]));
    blocks
        .computeIfAbsent(bits, b -> new FrameBlocks((long) height * width * Integer.BYTES))
        .copy(
            frame,
            (int) range[0],
            (int) (range[1] - range[0]),
            height,
            band,
            (first, layers, row, n) -> band(first, bits, layers, row, n),
            into);
  }

  /** Reads some rows of neighbouring frames. */
  private void band(int first, int bits, int[][] into, int row, int rows) {
    int n = into.length;
    read(
        first,
        n,
        row,
        rows,
        (frame, at, from, byteAt, count) -> pixels(from, byteAt, bits, into[frame], at, count));
  }

  /** Takes pixels of one frame. */
  @FunctionalInterface
  private interface PixelSink {
    void take(int frame, int at, ByteBuffer from, int byteAt, int count);
  }

  private void read(int first, int n, int row, int rows, PixelSink sink) {
    int bytes = type().bytes();
    int band = rows * width;
    int offset = row * width;
    if (frameAxis < 0) {
      Box box = new Box(new long[] {row, 0}, new int[] {rows, width});
      reader.readBox(box, ONE, (b, at, i, count) -> sink.take(0, offset + i, b, at, count));
    } else if (frameAxis == 0) {
      Box box =
          channel < 0
              ? new Box(new long[] {first, row, 0}, new int[] {n, rows, width})
              : new Box(new long[] {first, channel, row, 0}, new int[] {n, 1, rows, width});
      reader.readBox(
          box,
          ONE,
          (b, at, i, count) -> {
            for (int done = 0; done < count; ) {
              int take = Math.min(count - done, band - (i + done) % band);
              int pixel = offset + (i + done) % band;
              sink.take((i + done) / band, pixel, b, at + done * bytes, take);
              done += take;
            }
          });
    } else {
      strided(first, n, row, rows, sink);
    }
  }

  /** Frames of which the pixels do not lie side by side. */
  private void strided(int first, int n, int row, int rows, PixelSink sink) {
    int bytes = type().bytes();
    int offset = row * width;
    boolean last = frameAxis == 2;
    Box box =
        last
            ? new Box(new long[] {row, 0, first}, new int[] {rows, width, n})
            : new Box(new long[] {row, first, 0}, new int[] {rows, n, width});
    reader.readBox(
        box,
        ONE,
        (b, at, i, count) -> {
          if (n == 1) {
            sink.take(0, offset + i, b, at, count);
            return;
          }
          for (int k = 0; k < count; k++) {
            int e = i + k;
            int frame = last ? e % n : e / width % n;
            int pixel = last ? e / n : e / (width * n) * width + e % width;
            sink.take(frame, offset + pixel, b, at + k * bytes, 1);
          }
        });
  }

  /** Unsigned values that came out negative: the two highest are marks. */
  private static void saturate(int[] into, int at, int n) {
    for (int i = at; i < at + n; i++) {
      if (into[i] < 0) {
        into[i] = into[i] < -2 ? Integer.MAX_VALUE : Pixels.MASKED;
      }
    }
  }

  private void pixels(ByteBuffer from, int byteAt, int bits, int[] into, int at, int n) {
    StoredType t = type();
    if (t.kind() == StoredType.Kind.FLOAT) {
      for (int i = 0; i < n; i++) {
        double v = Math.scalb(t.number(from, byteAt + i * t.bytes()), bits);
        into[at + i] = Double.isNaN(v) ? Pixels.MASKED : (int) Math.floor(v + 0.5);
      }
    } else if (t.bytes() == 4) {
      from.slice(byteAt, 4 * n).order(t.order()).asIntBuffer().get(into, at, n);
      if (t.kind() == StoredType.Kind.UNSIGNED) {
        saturate(into, at, n);
      }
    } else if (t.bytes() == 2) {
      int mask = t.kind() == StoredType.Kind.UNSIGNED ? 0xffff : -1;
      ShortBuffer shorts = from.slice(byteAt, 2 * n).order(t.order()).asShortBuffer();
      short[] piece = new short[Math.min(n, PIECE)];
      for (int done = 0; done < n; done += piece.length) {
        int count = Math.min(piece.length, n - done);
        shorts.get(piece, 0, count);
        for (int i = 0; i < count; i++) {
          into[at + done + i] = piece[i] & mask;
        }
      }
    } else {
      for (int i = 0; i < n; i++) {
        long v = t.integer(from, byteAt + i * t.bytes());
        boolean beyond = t.bytes() == 8 && t.kind() == StoredType.Kind.UNSIGNED && v < 0;
        into[at + i] =
            beyond
                ? Integer.MAX_VALUE
                : (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, v));
      }
    }
  }
}
