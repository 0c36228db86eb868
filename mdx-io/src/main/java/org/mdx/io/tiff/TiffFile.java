package org.mdx.io.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;

/**
 * The directory of the pages of a TIFF file. Thumbnails (bit 0 of NewSubfileType) are no pages.
 *
 * @param order of the bytes of all numbers
 * @param big whether positions have 64 bits (BigTIFF)
 * @param pages position of the directory of each page
 */
record TiffFile(ByteOrder order, boolean big, List<Long> pages) {
  private static final int NEW_SUBFILE_TYPE = 254;
  private static final String CURE = "the file is damaged, copy it again";

  static boolean recognizes(Path file) throws IOException {
    byte[] head = FileBytes.head(file, 4);
    return head.length == 4 && order(head) != null && version(head) != 0;
  }

  private static ByteOrder order(byte[] head) {
    return head[0] == 'I' && head[1] == 'I'
        ? ByteOrder.LITTLE_ENDIAN
        : head[0] == 'M' && head[1] == 'M' ? ByteOrder.BIG_ENDIAN : null;
  }

  /** 42 of a classic file, 43 of a BigTIFF, otherwise 0. */
  private static int version(byte[] head) {
    int v = ByteBuffer.wrap(head).order(order(head)).getShort(2);
    return v == 42 || v == 43 ? v : 0;
  }

  static TiffFile read(Path path, FileBytes in) throws IOException {
    byte[] head = new byte[16];
    in.need(0, head, 8, "header");
    if (order(head) == null || version(head) == 0) {
      throw new MdxFormatException(
          path, "header", "II or MM, and 42 or 43", "another beginning", "the file is no TIFF");
    }
    ByteOrder order = order(head);
    boolean big = version(head) == 43;
    if (big) {
      in.need(0, head, 16, "header");
    }
    ByteBuffer b = ByteBuffer.wrap(head).order(order);
    long at = big ? b.getLong(8) : b.getInt(4) & 0xffffffffL;
    List<Long> pages = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    while (at != 0) {
      if (at < 0 || !seen.add(at)) {
        throw new MdxFormatException(
            path,
            "directory " + seen.size(),
            "a position further on in the file",
            "byte " + at + (at < 0 ? "" : ", a directory that was read before"),
            CURE);
      }
      TiffDirectory d = new TiffDirectory(path, in, order, big, at);
      if ((d.number(NEW_SUBFILE_TYPE, 0) & 1) == 0) {
        pages.add(at);
      }
      at = d.next();
    }
    if (pages.isEmpty()) {
      throw new MdxFormatException(path, "", "at least one page", "none", CURE);
    }
    return new TiffFile(order, big, List.copyOf(pages));
  }

  TiffDirectory directory(Path path, FileBytes in, int page) throws IOException {
    return new TiffDirectory(path, in, order, big, pages.get(page));
  }
}
