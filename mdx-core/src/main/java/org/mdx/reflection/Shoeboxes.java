package org.mdx.reflection;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The pixels of many reflections, packed: of each reflection a panel, a box and, when they were
 * kept, counts, mask and background of its pixels, x fastest, then y, then the images. Immutable.
 *
 * <p>They are held as reflection tables of DIALS have them, little endian, row by row: panel and
 * six limits as integers of four bytes, a byte that is not 0 if there are pixels, and if so the
 * counts of all pixels, their masks and their backgrounds, of four bytes each. So a table whose
 * pixels nobody asks for is read and written again without looking at them.
 */
public final class Shoeboxes {
  /** Bit of the mask of a pixel that is good. */
  public static final int VALID = 1;

  /** Bit of the mask of a pixel that counts as background. */
  public static final int BACKGROUND = 1 << 1;

  /** Bit of the mask of a pixel that belongs to the reflection. */
  public static final int FOREGROUND = 1 << 2;

  /** Bit of the mask of a pixel that was found strong. */
  public static final int STRONG = 1 << 3;

  /** Bit of the mask of a pixel from which the background was made. */
  public static final int BACKGROUND_USED = 1 << 4;

  /** Bit of the mask of a pixel that another reflection claims. */
  public static final int OVERLAPPED = 1 << 5;

  private static final int LIMITS = 6;

  private static final int HEAD = PackedRows.HEAD;

  private final PackedRows rows;

  private Shoeboxes(PackedRows rows) {
    this.rows = rows;
  }

  /**
   * Takes packed shoeboxes as they are.
   *
   * @param packed rows one after the other in the form that is told above, from the first byte to
   *     the limit; not copied, so it must not change any more
   * @param size number of rows
   * @return the shoeboxes
   * @throws IllegalArgumentException if these are not so many rows
   */
  public static Shoeboxes ofPacked(ByteBuffer packed, int size) {
    return new Shoeboxes(PackedRows.of(packed, size));
  }

  /**
   * Length of a packed row.
   *
   * @param packed little endian, in the form that is told above
   * @param from where the row begins
   * @return its bytes, or −1 if it is damaged or longer than the buffer
   */
  public static int packedLength(ByteBuffer packed, int from) {
    return PackedRows.length(packed, from);
  }

  /**
   * The rows in the form that is told above.
   *
   * @return buffers that cannot be written to, whose rows follow one another; at least one
   */
  public List<ByteBuffer> packed() {
    return rows.packed();
  }

  /**
   * Begins a list.
   *
   * @return a builder of no shoeboxes
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Boxes of no extent and without pixels.
   *
   * @param size how many
   * @return shoeboxes
   */
  public static Shoeboxes empty(int size) {
    Builder b = builder();
    int[] box = new int[LIMITS];
    for (int i = 0; i < size; i++) {
      b.add(0, box);
    }
    return b.build();
  }

  /** Collects shoeboxes, one reflection after the other. */
  public static final class Builder {
    private static final float[] NO_VALUES = {};
    private static final int[] NO_MASK = {};

    private final PackedRows.Collector rows = new PackedRows.Collector();

    private Builder() {}

    /**
     * Adds a box without pixels.
     *
     * @param panel panel of the detector
     * @param box x0, x1, y0, y1, z0, z1; the second limit of each pair is exclusive
     * @return this
     * @throws IllegalArgumentException if these are no six limits, or one pair is reversed
     */
    public Builder add(int panel, int[] box) {
      return append(panel, box, NO_VALUES, NO_MASK, NO_VALUES);
    }

    /**
     * Adds a box with its pixels.
     *
     * @param panel panel of the detector
     * @param box x0, x1, y0, y1, z0, z1; the second limit of each pair is exclusive
     * @param counts of each pixel, x fastest, then y, then the images; copied
     * @param mask bits of each pixel, such as {@link #VALID}
     * @param background counts of each pixel
     * @return this
     * @throws IllegalArgumentException if the arrays do not fill the box
     */
    public Builder add(int panel, int[] box, float[] counts, int[] mask, float[] background) {
      long volume = volume(box);
      if (counts.length != volume || mask.length != volume || background.length != volume) {
        throw new IllegalArgumentException(
            "shoebox "
                + rows.size()
                + ": "
                + counts.length
                + " counts, "
                + mask.length
                + " masks and "
                + background.length
                + " backgrounds for "
                + volume
                + " pixels of "
                + Arrays.toString(box));
      }
      return append(panel, box, counts, mask, background);
    }

    private long volume(int[] box) {
      if (box.length != LIMITS) {
        throw new IllegalArgumentException(
            "shoebox " + rows.size() + " with " + box.length + " limits, must be " + LIMITS);
      }
      long volume = 1;
      for (int i = 0; i < LIMITS; i += 2) {
        long n = (long) box[i + 1] - box[i];
        if (n < 0) {
          throw new IllegalArgumentException(
              "shoebox " + rows.size() + " has reversed limits: " + Arrays.toString(box));
        }
        volume = Math.min(volume * Math.min(n, Integer.MAX_VALUE), Integer.MAX_VALUE);
      }
      return volume;
    }

    private Builder append(int panel, int[] box, float[] c, int[] m, float[] b) {
      volume(box);
      ByteBuffer to = rows.begin((long) HEAD + (long) PackedRows.PIXEL * c.length);
      to.putInt(panel);
      for (int limit : box) {
        to.putInt(limit);
      }
      to.put((byte) (c.length == 0 ? 0 : 1));
      to.asFloatBuffer().put(c);
      to.position(to.position() + 4 * c.length).asIntBuffer().put(m);
      to.position(to.position() + 4 * c.length).asFloatBuffer().put(b);
      to.position(to.position() + 4 * c.length);
      return this;
    }

    /**
     * The shoeboxes.
     *
     * @return those added
     */
    public Shoeboxes build() {
      return new Shoeboxes(rows.build());
    }
  }

  /**
   * Number of reflections.
   *
   * @return 0 or more
   */
  public int size() {
    return rows.size();
  }

  /**
   * The panel of a reflection.
   *
   * @param row the reflection
   * @return its number, from 0
   */
  public int panel(int row) {
    return rows.chunk(row).getInt(rows.start(row));
  }

  /**
   * A limit of a box.
   *
   * @param row the reflection
   * @param i 0 to 5: x0, x1, y0, y1, z0, z1; the second of each is exclusive
   * @return pixel along fast (x) or slow (y), or image (z)
   */
  public int limit(int row, int i) {
    return rows.chunk(row).getInt(rows.start(row) + 4 + 4 * Objects.checkIndex(i, LIMITS));
  }

  /**
   * The limits of a box.
   *
   * @param row the reflection
   * @return x0, x1, y0, y1, z0, z1
   */
  public int[] box(int row) {
    int[] box = new int[LIMITS];
    rows.slice(row, 4, 4 * LIMITS).asIntBuffer().get(box);
    return box;
  }

  /**
   * Number of pixels that were kept.
   *
   * @param row the reflection
   * @return width · height · depth of the box, or 0
   */
  public int pixels(int row) {
    return (rows.length(row) - HEAD) / PackedRows.PIXEL;
  }

  /** Counts (0), mask (1) or background (2) of all pixels. */
  private ByteBuffer part(int row, int part) {
    int n = 4 * pixels(row);
    return rows.slice(row, HEAD + part * n, n);
  }

  /** Where a number of a pixel is in its chunk. */
  private int at(int row, int part, int pixel) {
    int n = pixels(row);
    return rows.start(row) + HEAD + 4 * (part * n + Objects.checkIndex(pixel, n));
  }

  /**
   * The counts of a reflection.
   *
   * @param row the reflection
   * @return a copy, x fastest, then y, then the images
   */
  public float[] counts(int row) {
    float[] out = new float[pixels(row)];
    part(row, 0).asFloatBuffer().get(out);
    return out;
  }

  /**
   * The mask of a reflection.
   *
   * @param row the reflection
   * @return a copy, in the order of the counts
   */
  public int[] mask(int row) {
    int[] out = new int[pixels(row)];
    part(row, 1).asIntBuffer().get(out);
    return out;
  }

  /**
   * The background of a reflection.
   *
   * @param row the reflection
   * @return a copy, in the order of the counts
   */
  public float[] background(int row) {
    float[] out = new float[pixels(row)];
    part(row, 2).asFloatBuffer().get(out);
    return out;
  }

  /**
   * Counts of a pixel.
   *
   * @param row the reflection
   * @param pixel (z·height + y)·width + x, from the corner of the box
   * @return the counts
   */
  public float counts(int row, int pixel) {
    return rows.chunk(row).getFloat(at(row, 0, pixel));
  }

  /**
   * Mask of a pixel.
   *
   * @param row the reflection
   * @param pixel (z·height + y)·width + x, from the corner of the box
   * @return the bits, such as {@link #VALID}
   */
  public int mask(int row, int pixel) {
    return rows.chunk(row).getInt(at(row, 1, pixel));
  }

  /**
   * Background of a pixel.
   *
   * @param row the reflection
   * @param pixel (z·height + y)·width + x, from the corner of the box
   * @return counts
   */
  public float background(int row, int pixel) {
    return rows.chunk(row).getFloat(at(row, 2, pixel));
  }

  /**
   * Some of them.
   *
   * @param which the reflections, in the order wanted
   * @return new shoeboxes
   */
  public Shoeboxes select(int... which) {
    PackedRows.Collector out = new PackedRows.Collector();
    for (int row : which) {
      out.add(rows.slice(row, 0, rows.length(row)));
    }
    return new Shoeboxes(out.build());
  }

  /**
   * One after the other.
   *
   * @param lists shoeboxes
   * @return new shoeboxes
   */
  public static Shoeboxes concatenate(List<Shoeboxes> lists) {
    if (lists.size() == 1) {
      return lists.get(0);
    }
    PackedRows.Collector out = new PackedRows.Collector();
    for (Shoeboxes s : lists) {
      for (int row = 0; row < s.size(); row++) {
        out.add(s.rows.slice(row, 0, s.rows.length(row)));
      }
    }
    return new Shoeboxes(out.build());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shoeboxes s && rows.equals(s.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public String toString() {
    long pixels = IntStream.range(0, size()).mapToLong(this::pixels).sum();
    return size() + " shoeboxes of " + pixels + " pixels";
  }
}
