package org.mdx.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.mdx.map.VoxelBox;

/**
 * A binary file that is read piece by piece. What a header claims is compared with the length of
 * the file before memory is taken for it.
 */
public final class InputFile implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private InputFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /** Takes numbers in the order of the file. */
  @FunctionalInterface
  public interface FloatSink {
    /**
     * Takes some numbers.
     *
     * @param index of the first of them
     * @param values holds them from 0; may be reused afterwards
     * @param count how many
     */
    void accept(long index, float[] values, int count);
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return the open file
   * @throws IOException if it does not exist, is a folder, or cannot be read
   */
  public static InputFile open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": is a folder, not a file");
    }
    FileChannel channel = FileChannel.open(path);
    return new InputFile(path, channel, channel.size());
  }

  /**
   * The first bytes of a file, by which formats are recognized.
   *
   * @param path the file
   * @param most no more than this
   * @return these bytes, fewer if the file is shorter
   * @throws IOException if it does not exist, is a folder, or cannot be read
   */
  public static byte[] head(Path path, int most) throws IOException {
    try (InputFile in = open(path)) {
      return in.bytes(0, (int) Math.min(most, in.size), "byte 0").array();
    }
  }

  /**
   * Whether a file begins with some ASCII characters.
   *
   * @param path the file
   * @param magic the characters
   * @return true if so
   * @throws IOException if it does not exist, is a folder, or cannot be read
   */
  public static boolean startsWith(Path path, String magic) throws IOException {
    return new String(head(path, magic.length()), StandardCharsets.ISO_8859_1).equals(magic);
  }

  /**
   * Length of the file.
   *
   * @return bytes
   */
  public long size() {
    return size;
  }

  /**
   * An exception about this file.
   *
   * @param place where in it
   * @param expected what should be there
   * @param found what is there
   * @param cure what to do; may be empty
   * @return the exception, to be thrown
   */
  public MdxFormatException error(String place, String expected, String found, String cure) {
    return new MdxFormatException(path, place, expected, found, cure);
  }

  /**
   * Some bytes.
   *
   * @param from position of the first
   * @param count how many
   * @param what they are, for the message
   * @return a little-endian buffer of just these bytes
   * @throws IOException if reading fails
   * @throws MdxFormatException if the file ends before
   */
  public ByteBuffer bytes(long from, int count, String what) throws IOException {
    requireRoom(from, count, what);
    ByteBuffer b = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    fill(b, from);
    return b.flip();
  }

  private void fill(ByteBuffer b, long from) throws IOException {
    long at = from;
    while (b.hasRemaining()) {
      int n = channel.read(b, at);
      if (n < 0) {
        throw new EOFException(path + ": became shorter while it was read");
      }
      at += n;
    }
  }

  /**
   * Checks that the file holds what it claims.
   *
   * @param from position of the first byte
   * @param count how many bytes
   * @param what they are, for the message
   * @throws MdxFormatException if the file ends before
   */
  public void requireRoom(long from, long count, String what) {
    if (from < 0 || count < 0 || from > size || count > size - from) {
      throw error(
          what,
          (count < 0 ? "some" : count) + " bytes from byte " + from,
          "a file of " + size + " bytes",
          "the file is truncated or damaged, copy it again");
    }
  }

  /**
   * Checks that a grid of numbers fits both the file and a map.
   *
   * @param from position of the first number
   * @param type of the numbers
   * @param shape numbers along each axis
   * @param what they are, for the message
   * @return the number of numbers
   * @throws MdxFormatException if the file ends before, or the grid is empty or too large
   */
  public int requireGrid(long from, NumberType type, long[] shape, String what) {
    long n = 1;
    for (long s : shape) {
      if (s < 1 || s > Integer.MAX_VALUE || n > (Integer.MAX_VALUE - 8) / s) {
        throw error(
            what,
            "1 to 2147483639 voxels",
            shape[0] + " x " + shape[1] + " x " + shape[2],
            "write a smaller region");
      }
      n *= s;
    }
    requireRoom(from, n * type.bytes(), what);
    return (int) n;
  }

  /**
   * Reads numbers in the order of the file.
   *
   * @param from position of the first
   * @param type of the numbers
   * @param order of their bytes
   * @param count how many; the file holds them
   * @param sink takes them
   * @throws IOException if reading fails
   */
  public void floats(long from, NumberType type, ByteOrder order, long count, FloatSink sink)
      throws IOException {
    ByteBuffer b = ByteBuffer.allocate(PIECE * type.bytes()).order(order);
    float[] values = new float[PIECE];
    for (long done = 0; done < count; done += PIECE) {
      int n = (int) Math.min(PIECE, count - done);
      b.clear().limit(n * type.bytes());
      fill(b, from + done * type.bytes());
      b.flip();
      for (int i = 0; i < n; i++) {
        values[i] = type.next(b);
      }
      sink.accept(done, values, n);
    }
  }

  /**
   * Reads a grid of which the first index runs fastest.
   *
   * @param from position of the first number; the file holds them all
   * @param type of the numbers
   * @param order of their bytes
   * @param box the voxels
   * @return values in C order, (h, k, l) with l fastest
   * @throws IOException if reading fails
   */
  public float[] hFastest(long from, NumberType type, ByteOrder order, VoxelBox box)
      throws IOException {
    float[] out = new float[(int) box.voxels()];
    int[] at = new int[3];
    long step = (long) box.nk() * box.nl();
    floats(
        from,
        type,
        order,
        out.length,
        (index, values, count) -> {
          for (int i = 0; i < count; i++) {
            out[(int) (at[0] * step + (long) at[1] * box.nl() + at[2])] = values[i];
            if (++at[0] == box.nh()) {
              at[0] = 0;
              if (++at[1] == box.nk()) {
                at[1] = 0;
                at[2]++;
              }
            }
          }
        });
    return out;
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
