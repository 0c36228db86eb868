package org.mdx.io.tiff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Writes small TIFF files of any kind that the reader is to understand, straight from the
 * specification (TIFF 6.0, BigTIFF).
 *
 * @param order of bytes
 * @param big whether BigTIFF
 * @param compression TIFF number
 * @param predictor TIFF number
 * @param bits of a pixel
 * @param format 1 unsigned, 2 signed, 3 real
 * @param pieceWidth of tiles; 0 for strips
 * @param pieceHeight of tiles or strips
 */
public record TiffFixture(
    ByteOrder order,
    boolean big,
    int compression,
    int predictor,
    int bits,
    int format,
    int pieceWidth,
    int pieceHeight) {

  /** The file with these pages, each width × height values. */
  public byte[] file(int width, int height, double[]... pages) {
    List<byte[]> parts = new ArrayList<>();
    ByteBuffer head = buffer(big ? 16 : 8);
    head.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d));
    if (big) {
      head.putShort((short) 43).putShort((short) 8).putShort((short) 0);
    } else {
      head.putShort((short) 42);
    }
    long at = head.capacity();
    ByteBuffer link = head;
    int linkAt = big ? 8 : 4;
    parts.add(head.array());
    for (double[] page : pages) {
      List<byte[]> pieces = pieces(page, width, height);
      long[] offsets = new long[pieces.size()];
      long[] counts = new long[pieces.size()];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = at;
        counts[i] = pieces.get(i).length;
        at += counts[i];
        parts.add(pieces.get(i));
      }
      ByteBuffer arrays = buffer(16 * offsets.length);
      for (long[] a : new long[][] {offsets, counts}) {
        for (long v : a) {
          word(arrays, v);
        }
      }
      arrays.flip();
      long arraysAt = at;
      int each = big ? 8 : 4;
      byte[] stored = new byte[arrays.limit()];
      arrays.get(stored);
      parts.add(stored);
      at += stored.length;
      boolean tiled = pieceWidth > 0;
      long n = offsets.length;
      long[][] entries = {
        {256, 4, 1, width},
        {257, 4, 1, height},
        {258, 3, 1, bits},
        {259, 3, 1, compression},
        {277, 3, 1, 1},
        {317, 3, 1, predictor},
        tiled ? new long[] {322, 4, 1, pieceWidth} : new long[] {278, 4, 1, pieceHeight},
        tiled ? new long[] {323, 4, 1, pieceHeight} : new long[] {262, 3, 1, 1},
        {tiled ? 324 : 273, big ? 16 : 4, n, n == 1 ? offsets[0] : arraysAt},
        {tiled ? 325 : 279, big ? 16 : 4, n, n == 1 ? counts[0] : arraysAt + n * each},
        {339, 3, 1, format},
      };
      ByteBuffer ifd = buffer((big ? 8 : 2) + entries.length * (big ? 20 : 12) + each);
      putWord(link, linkAt, at);
      if (big) {
        ifd.putLong(entries.length);
      } else {
        ifd.putShort((short) entries.length);
      }
      for (long[] e : entries) {
        ifd.putShort((short) e[0]).putShort((short) e[1]);
        word(ifd, e[2]);
        int field = ifd.position();
        if (e[1] == 3) {
          ifd.putShort((short) e[3]);
          ifd.position(field + each);
        } else if (big && e[1] == 4) {
          ifd.putInt((int) e[3]).putInt(0);
        } else {
          word(ifd, e[3]);
        }
      }
      link = ifd;
      linkAt = ifd.position();
      parts.add(ifd.array());
      at += ifd.capacity();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }

  private void word(ByteBuffer b, long v) {
    if (big) {
      b.putLong(v);
    } else {
      b.putInt((int) v);
    }
  }

  private void putWord(ByteBuffer b, int at, long v) {
    if (big) {
      b.putLong(at, v);
    } else {
      b.putInt(at, (int) v);
    }
  }

  private List<byte[]> pieces(double[] page, int width, int height) {
    List<byte[]> pieces = new ArrayList<>();
    int w = pieceWidth > 0 ? pieceWidth : width;
    for (int y = 0; y < height; y += pieceHeight) {
      for (int x = 0; x < width; x += w) {
        int rows = pieceWidth > 0 ? pieceHeight : Math.min(pieceHeight, height - y);
        ByteBuffer b = buffer(w * rows * bits / 8);
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < w; c++) {
            boolean inside = y + r < height && x + c < width;
            put(b, inside ? page[(y + r) * width + x + c] : 0);
          }
        }
        pieces.add(compress(predict(b.array(), w, rows)));
      }
    }
    return pieces;
  }

  private void put(ByteBuffer b, double v) {
    switch (bits) {
      case 8 -> b.put((byte) (int) v);
      case 16 -> b.putShort((short) (int) v);
      case 32 -> {
        if (format == 3) {
          b.putFloat((float) v);
        } else {
          b.putInt((int) (long) v);
        }
      }
      default -> b.putDouble(v);
    }
  }

  private byte[] predict(byte[] a, int width, int rows) {
    int size = bits / 8;
    int stride = width * size;
    byte[] out = a.clone();
    ByteBuffer in = ByteBuffer.wrap(a).order(order);
    ByteBuffer to = ByteBuffer.wrap(out).order(order);
    for (int y = 0; y < rows; y++) {
      int from = y * stride;
      if (predictor == 2) {
        for (int at = from + size; at < from + stride; at += size) {
          switch (size) {
            case 1 -> to.put(at, (byte) (in.get(at) - in.get(at - 1)));
            case 2 -> to.putShort(at, (short) (in.getShort(at) - in.getShort(at - 2)));
            default -> to.putInt(at, in.getInt(at) - in.getInt(at - 4));
          }
        }
      } else if (predictor == 3) {
        byte[] planes = new byte[stride];
        for (int x = 0; x < width; x++) {
          for (int k = 0; k < size; k++) {
            int significant = order == ByteOrder.BIG_ENDIAN ? k : size - 1 - k;
            planes[k * width + x] = a[from + x * size + significant];
          }
        }
        for (int i = 0; i < stride; i++) {
          out[from + i] = (byte) (planes[i] - (i == 0 ? 0 : planes[i - 1]));
        }
      }
    }
    return out;
  }

  private byte[] compress(byte[] a) {
    return switch (compression) {
      case 5 -> lzw(a);
      case 8, 32946 -> deflate(a);
      case 32773 -> packBits(a);
      default -> a;
    };
  }

  private static byte[] deflate(byte[] a) {
    Deflater d = new Deflater();
    d.setInput(a);
    d.finish();
    byte[] out = new byte[a.length * 2 + 100];
    int n = d.deflate(out);
    d.end();
    return java.util.Arrays.copyOf(out, n);
  }

  /** Runs of three and more, the rest as it is. */
  public static byte[] packBits(byte[] a) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int literal = 0;
    for (int i = 0; i < a.length; ) {
      int run = 1;
      while (i + run < a.length && run < 128 && a[i + run] == a[i]) {
        run++;
      }
      if (run >= 3) {
        out.write(1 - run);
        out.write(a[i]);
        i += run;
        literal = i;
      } else {
        i++;
        boolean more = i < a.length && !(i + 2 < a.length && a[i] == a[i + 1] && a[i] == a[i + 2]);
        if (!more || i - literal == 128) {
          out.write(i - literal - 1);
          out.write(a, literal, i - literal);
          literal = i;
        }
      }
    }
    return out.toByteArray();
  }

  /** By the pseudo code of TIFF 6.0, page 58, with strings for table entries. */
  public static byte[] lzw(byte[] a) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, Integer> table = new HashMap<>();
    long bits = 0;
    int held = 0;
    int width = 9;
    String omega = "";
    List<int[]> codes = new ArrayList<>();
    codes.add(new int[] {256, width});
    int next = 258;
    for (byte b : a) {
      String longer = omega + (char) (b & 0xff);
      if (longer.length() == 1 || table.containsKey(longer)) {
        omega = longer;
        continue;
      }
      codes.add(new int[] {omega.length() == 1 ? omega.charAt(0) : table.get(omega), width});
      table.put(longer, next++);
      if (next == 512 || next == 1024 || next == 2048) {
        width++;
      }
      if (next == 4095) {
        codes.add(new int[] {256, width});
        table.clear();
        next = 258;
        width = 9;
      }
      omega = longer.substring(longer.length() - 1);
    }
    if (!omega.isEmpty()) {
      codes.add(new int[] {omega.length() == 1 ? omega.charAt(0) : table.get(omega), width});
      next++;
      if (next == 512 || next == 1024 || next == 2048) {
        width++;
      }
    }
    codes.add(new int[] {257, width});
    for (int[] c : codes) {
      bits = bits << c[1] | c[0];
      held += c[1];
      while (held >= 8) {
        held -= 8;
        out.write((int) (bits >> held));
      }
    }
    if (held > 0) {
      out.write((int) (bits << 8 - held));
    }
    return out.toByteArray();
  }
}
