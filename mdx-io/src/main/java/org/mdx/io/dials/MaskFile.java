package org.mdx.io.dials;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;

/**
 * Pixel masks of DIALS ({@code pixels.mask}): a pickle of a tuple of {@code flex.bool}, one for
 * each panel, true for a good pixel. In memory it is the other way round: a mask holds the pixels
 * to leave out.
 */
public final class MaskFile {
  private static final String FLEX = "scitbx_array_family_flex_ext";

  private MaskFile() {}

  /**
   * Reads a mask file.
   *
   * @param file the pickle; nothing in it is executed
   * @return a mask for each panel
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is damaged or holds something else
   */
  public static List<PixelMask> read(Path file) throws IOException {
    PickleReader pickle =
        new PickleReader(
            file,
            Files.readAllBytes(file),
            "the mask is damaged or of another kind; make it again with dials.generate_mask");
    Object root = pickle.read();
    List<?> panels = root instanceof List<?> list ? list : List.of(root == null ? "" : root);
    List<PixelMask> masks = new ArrayList<>();
    for (Object panel : panels) {
      masks.add(mask(pickle, panel));
    }
    if (masks.isEmpty()) {
      throw pickle.failure("a mask for each panel", "an empty tuple");
    }
    return masks;
  }

  /**
   * Reads the mask file of a detector.
   *
   * @param file the pickle; nothing in it is executed
   * @param detector whose panels it must fit
   * @return a mask for each panel
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is damaged, holds something else or belongs to another
   *     detector
   */
  public static List<PixelMask> read(Path file, Detector detector) throws IOException {
    List<PixelMask> masks = read(file);
    List<Panel> panels = detector.panels();
    for (int p = 0; p < Math.max(panels.size(), masks.size()); p++) {
      String want = p < panels.size() ? panels.get(p).width() + " x " + panels.get(p).height() : "";
      String have = p < masks.size() ? masks.get(p).width() + " x " + masks.get(p).height() : "";
      if (!want.equals(have)) {
        throw new MdxFormatException(
            file,
            "panel " + p,
            want.isEmpty() ? panels.size() + " panels" : "a mask of " + want + " pixels",
            have.isEmpty() ? masks.size() + " panels" : have,
            "the mask belongs to another detector");
      }
    }
    return masks;
  }

  /** flex.bool() with state (flex.grid(origin, last, open_range), values). */
  private static PixelMask mask(PickleReader pickle, Object panel) {
    if (panel instanceof PickleReader.Call array
        && array.function.equals(new PickleReader.Global(FLEX, "bool"))
        && array.state instanceof List<?> state
        && state.size() == 2
        && state.get(0) instanceof PickleReader.Call grid
        && grid.function.equals(new PickleReader.Global(FLEX, "grid"))
        && grid.arguments.size() == 3
        && grid.arguments.get(0).equals(List.of(0L, 0L))
        && grid.arguments.get(1) instanceof List<?> size
        && size.size() == 2
        && size.get(0) instanceof Long rows
        && size.get(1) instanceof Long columns
        && grid.arguments.get(2).equals(true)
        && (grid.state == null || grid.state.equals(size))
        && state.get(1) instanceof byte[] values) {
      return mask(pickle, rows, columns, values);
    }
    throw pickle.failure("a flex.bool of two dimensions", "another value");
  }

  /**
   * The values are their number, as a byte that says how many bytes it takes with itself and the
   * little-endian digits, and then a character 0 or 1 each.
   */
  private static PixelMask mask(PickleReader pickle, long rows, long columns, byte[] values) {
    int head = values.length == 0 ? 0 : Math.max(1, values[0] & 0x7f);
    long count = 0;
    for (int i = Math.min(head, values.length) - 1; i >= 1; i--) {
      count = count << 8 | values[i] & 0xff;
    }
    if (rows < 1
        || columns < 1
        || rows > Integer.MAX_VALUE
        || columns > Integer.MAX_VALUE
        || count != rows * columns
        || values.length != head + count) {
      throw pickle.failure(
          rows + " x " + columns + " values",
          (values.length - head) + " values that claim to be " + count);
    }
    BitSet masked = new BitSet((int) count);
    for (int i = 0; i < count; i++) {
      byte v = values[head + i];
      if (v != '0' && v != '1') {
        throw pickle.failure("values 0 or 1", "a byte " + v + " for pixel " + i);
      }
      if (v == '0') {
        masked.set(i);
      }
    }
    return PixelMask.of((int) columns, (int) rows, masked);
  }

  /**
   * Writes a mask file that DIALS reads (pickle protocol 2 with the byte strings of protocol 3).
   *
   * @param file the file
   * @param masks a mask for each panel
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path file, List<PixelMask> masks) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[] {(byte) 0x80, 3, '('});
          for (PixelMask mask : masks) {
            ByteArrayOutputStream p = new ByteArrayOutputStream();
            ascii(p, "c" + FLEX + "\nbool\n)R");
            ascii(p, "c" + FLEX + "\ngrid\n");
            p.write(new byte[] {'K', 0, 'K', 0, (byte) 0x86});
            size(p, mask);
            p.write(new byte[] {(byte) 0x88, (byte) 0x87, 'R'});
            size(p, mask);
            p.write('b');
            out.write(p.toByteArray());
            out.write(values(mask));
            out.write(new byte[] {(byte) 0x86, 'b'});
          }
          out.write('t');
          out.write('.');
        });
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void size(ByteArrayOutputStream out, PixelMask mask) {
    out.write('J');
    digits(out, mask.height(), 4);
    out.write('J');
    digits(out, mask.width(), 4);
    out.write(0x86);
  }

  private static void digits(ByteArrayOutputStream out, int value, int size) {
    for (int i = 0; i < size; i++) {
      out.write(value >>> 8 * i);
    }
  }

  private static byte[] values(PixelMask mask) {
    int count = mask.width() * mask.height();
    int digits = (32 - Integer.numberOfLeadingZeros(count) + 7) / 8;
    ByteArrayOutputStream out = new ByteArrayOutputStream(count + digits + 6);
    out.write('B');
    digits(out, 1 + digits + count, 4);
    out.write(1 + digits);
    digits(out, count, digits);
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        out.write(mask.isMasked(x, y) ? '0' : '1');
      }
    }
    return out.toByteArray();
  }
}
