package org.mdx.io.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.PixelType;
import org.mdx.io.internal.codec.PackBits;
import org.mdx.io.internal.codec.TiffLzw;

/** Reads pages, piece by piece, through buffers that are used again. For one thread. */
final class TiffDecoder {
  private byte[] stored = {};
  private byte[] plain = {};
  private byte[] row = {};

  /** Takes some pixels of a row. */
  @FunctionalInterface
  private interface Run {
    void take(byte[] bytes, int from, int pixel, int count);
  }

  /**
   * Reads a page into the beginning of an array that has room for it; real numbers become whole
   * numbers of steps of 2 to the power of minus {@code fractionBits}.
   */
  void read(Path path, FileBytes in, TiffPage page, int fractionBits, int[] image)
      throws IOException {
    runs(
        path,
        in,
        page,
        (bytes, from, pixel, count) ->
            page.type().decode(bytes, from, page.order(), fractionBits, image, pixel, count));
  }

  /** The same for the bytes of the pixels, in the order of the file. */
  void readRaw(Path path, FileBytes in, TiffPage page, byte[] image) throws IOException {
    int size = page.type().bytes;
    runs(
        path,
        in,
        page,
        (bytes, from, pixel, count) ->
            System.arraycopy(bytes, from, image, pixel * size, count * size));
  }

  private void runs(Path path, FileBytes in, TiffPage page, Run run) throws IOException {
    for (int i = 0; i < page.across() * page.down(); i++) {
      int rows = page.rows(i);
      int count = page.pieceWidth() * rows * page.type().bytes;
      byte[] bytes = piece(path, in, page, i, count);
      if (page.predictor() == 2) {
        sum(bytes, page.pieceWidth(), rows, page.type(), page.order());
      } else if (page.predictor() == 3) {
        interleave(bytes, page.pieceWidth(), rows, page.type().bytes, page.order());
      }
      int x = i % page.across() * page.pieceWidth();
      int y = i / page.across() * page.pieceHeight();
      int columns = Math.min(page.pieceWidth(), page.width() - x);
      int stride = page.pieceWidth() * page.type().bytes;
      for (int r = 0; r < Math.min(rows, page.height() - y); r++) {
        run.take(bytes, r * stride, (y + r) * page.width() + x, columns);
      }
    }
  }

  private byte[] piece(Path path, FileBytes in, TiffPage page, int i, int count)
      throws IOException {
    int size = (int) Math.min(page.counts()[i], Integer.MAX_VALUE - 16);
    if (stored.length < size) {
      stored = new byte[size];
    }
    String what = (page.tiled() ? "tile " : "strip ") + i;
    in.need(page.offsets()[i], stored, size, what);
    if (page.reversed()) {
      for (int b = 0; b < size; b++) {
        stored[b] = (byte) (Integer.reverse(stored[b]) >>> 24);
      }
    }
    if (page.compression() == TiffPage.NONE) {
      return stored;
    }
    if (plain.length < count) {
      plain = new byte[count];
    }
    int n =
        switch (page.compression()) {
          case TiffPage.LZW -> TiffLzw.decode(stored, size, plain, count);
          case TiffPage.PACK_BITS -> PackBits.decode(stored, size, plain, count);
          default -> inflate(path, what, size, count);
        };
    if (n < count) {
      throw new MdxFormatException(
          path,
          what,
          count + " bytes from the " + size + " that are stored",
          n + " bytes",
          "the file is damaged, copy it again");
    }
    return plain;
  }

  private int inflate(Path path, String what, int size, int count) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored, 0, size);
      int done = 0;
      while (done < count) {
        int n = inflater.inflate(plain, done, count - done);
        if (n == 0) {
          break;
        }
        done += n;
      }
      return done;
    } catch (DataFormatException e) {
      throw new MdxFormatException(
          path,
          what,
          "intact deflate data",
          String.valueOf(e.getMessage()),
          "the file is damaged, copy it again",
          e);
    } finally {
      inflater.end();
    }
  }

  /** Predictor 2: each pixel is stored as its difference to the one on its left. */
  private static void sum(byte[] a, int width, int rows, PixelType type, ByteOrder order) {
    ByteBuffer b = ByteBuffer.wrap(a).order(order);
    int size = type.bytes;
    for (int y = 0; y < rows; y++) {
      int from = y * width * size;
      for (int at = from + size; at < from + width * size; at += size) {
        if (size == 1) {
          a[at] += a[at - 1];
        } else if (size == 2) {
          b.putShort(at, (short) (b.getShort(at) + b.getShort(at - 2)));
        } else {
          b.putInt(at, b.getInt(at) + b.getInt(at - 4));
        }
      }
    }
  }

  /**
   * Predictor 3: of a row first the highest bytes of all numbers, then the next, and so on; each
   * byte as its difference to the one before (Adobe, TIFF technical note 3).
   */
  private void interleave(byte[] a, int width, int rows, int size, ByteOrder order) {
    int stride = width * size;
    if (row.length < stride) {
      row = new byte[stride];
    }
    for (int y = 0; y < rows; y++) {
      int from = y * stride;
      for (int i = 1; i < stride; i++) {
        a[from + i] += a[from + i - 1];
      }
      System.arraycopy(a, from, row, 0, stride);
      for (int x = 0; x < width; x++) {
        for (int k = 0; k < size; k++) {
          int place = order == ByteOrder.BIG_ENDIAN ? k : size - 1 - k;
          a[from + x * size + place] = row[k * width + x];
        }
      }
    }
  }
}
