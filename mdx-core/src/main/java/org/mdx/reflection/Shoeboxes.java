package org.mdx.reflection;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The pixels of many reflections, packed: of each reflection a panel, a box and, when they were
 * kept, counts, mask and background of its pixels, x fastest, then y, then the images. Immutable.
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

  private final int[] panels;
  private final int[] boxes; // 6 a row
  private final int[] ends; // pixel after the last of each row
  private final float[] counts;
  private final int[] mask;
  private final float[] background;

  private Shoeboxes(Builder b) {
    panels = Arrays.copyOf(b.panels, b.size);
    boxes = Arrays.copyOf(b.boxes, LIMITS * b.size);
    ends = Arrays.copyOf(b.ends, b.size);
    int pixels = b.pixels();
    counts = Arrays.copyOf(b.counts, pixels);
    mask = Arrays.copyOf(b.mask, pixels);
    background = Arrays.copyOf(b.background, pixels);
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

    private int size;
    private int[] panels = new int[16];
    private int[] boxes = new int[16 * LIMITS];
    private int[] ends = new int[16];
    private float[] counts = new float[256];
    private int[] mask = new int[256];
    private float[] background = new float[256];

    private Builder() {}

    private int pixels() {
      return size == 0 ? 0 : ends[size - 1];
    }

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
                + size
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
            "shoebox " + size + " with " + box.length + " limits, must be " + LIMITS);
      }
      long volume = 1;
      for (int i = 0; i < LIMITS; i += 2) {
        long n = (long) box[i + 1] - box[i];
        if (n < 0) {
          throw new IllegalArgumentException(
              "shoebox " + size + " has reversed limits: " + Arrays.toString(box));
        }
        volume = Math.min(volume * Math.min(n, Integer.MAX_VALUE), Integer.MAX_VALUE);
      }
      return volume;
    }

    private Builder append(int panel, int[] box, float[] c, int[] m, float[] b) {
      volume(box);
      int from = pixels();
      int to = Math.addExact(from, c.length);
      if (size == panels.length) {
        panels = Arrays.copyOf(panels, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
        boxes = Arrays.copyOf(boxes, 2 * LIMITS * size);
      }
      if (to > counts.length) {
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * counts.length, to));
        counts = Arrays.copyOf(counts, capacity);
        mask = Arrays.copyOf(mask, capacity);
        background = Arrays.copyOf(background, capacity);
      }
      System.arraycopy(c, 0, counts, from, c.length);
      System.arraycopy(m, 0, mask, from, c.length);
      System.arraycopy(b, 0, background, from, c.length);
      System.arraycopy(box, 0, boxes, LIMITS * size, LIMITS);
      panels[size] = panel;
      ends[size++] = to;
      return this;
    }

    /**
     * The shoeboxes.
     *
     * @return those added
     */
    public Shoeboxes build() {
      return new Shoeboxes(this);
    }
  }

  /**
   * Number of reflections.
   *
   * @return 0 or more
   */
  public int size() {
    return panels.length;
  }

  /**
   * The panel of a reflection.
   *
   * @param row the reflection
   * @return its number, from 0
   */
  public int panel(int row) {
    return panels[row];
  }

  /**
   * A limit of a box.
   *
   * @param row the reflection
   * @param i 0 to 5: x0, x1, y0, y1, z0, z1; the second of each is exclusive
   * @return pixel along fast (x) or slow (y), or image (z)
   */
  public int limit(int row, int i) {
    return boxes[LIMITS * row + Objects.checkIndex(i, LIMITS)];
  }

  /**
   * The limits of a box.
   *
   * @param row the reflection
   * @return x0, x1, y0, y1, z0, z1
   */
  public int[] box(int row) {
    return Arrays.copyOfRange(boxes, LIMITS * row, LIMITS * (row + 1));
  }

  /**
   * Number of pixels that were kept.
   *
   * @param row the reflection
   * @return width · height · depth of the box, or 0
   */
  public int pixels(int row) {
    return ends[row] - start(row);
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /**
   * The counts of a reflection.
   *
   * @param row the reflection
   * @return a copy, x fastest, then y, then the images
   */
  public float[] counts(int row) {
    return Arrays.copyOfRange(counts, start(row), ends[row]);
  }

  /**
   * The mask of a reflection.
   *
   * @param row the reflection
   * @return a copy, in the order of the counts
   */
  public int[] mask(int row) {
    return Arrays.copyOfRange(mask, start(row), ends[row]);
  }

  /**
   * The background of a reflection.
   *
   * @param row the reflection
   * @return a copy, in the order of the counts
   */
  public float[] background(int row) {
    return Arrays.copyOfRange(background, start(row), ends[row]);
  }

  /**
   * Counts of a pixel.
   *
   * @param row the reflection
   * @param pixel (z·height + y)·width + x, from the corner of the box
   * @return the counts
   */
  public float counts(int row, int pixel) {
    return counts[start(row) + Objects.checkIndex(pixel, pixels(row))];
  }

  /**
   * Mask of a pixel.
   *
   * @param row the reflection
   * @param pixel (z·height + y)·width + x, from the corner of the box
   * @return the bits, such as {@link #VALID}
   */
  public int mask(int row, int pixel) {
    return mask[start(row) + Objects.checkIndex(pixel, pixels(row))];
  }

  /**
   * Background of a pixel.
   *
   * @param row the reflection
   * @param pixel (z·height + y)·width + x, from the corner of the box
   * @return counts
   */
  public float background(int row, int pixel) {
    return background[start(row) + Objects.checkIndex(pixel, pixels(row))];
  }

  /**
   * Some of them.
   *
   * @param rows the reflections, in the order wanted
   * @return new shoeboxes
   */
  public Shoeboxes select(int... rows) {
    Builder b = builder();
    for (int row : rows) {
      b.append(panels[row], box(row), counts(row), mask(row), background(row));
    }
    return b.build();
  }

  /**
   * One after the other.
   *
   * @param lists shoeboxes
   * @return new shoeboxes
   */
  public static Shoeboxes concatenate(List<Shoeboxes> lists) {
    Builder b = builder();
    for (Shoeboxes s : lists) {
      for (int i = 0; i < s.size(); i++) {
        b.append(s.panels[i], s.box(i), s.counts(i), s.mask(i), s.background(i));
      }
    }
    return b.build();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shoeboxes s
        && Arrays.equals(panels, s.panels)
        && Arrays.equals(boxes, s.boxes)
        && Arrays.equals(ends, s.ends)
        && Arrays.equals(counts, s.counts)
        && Arrays.equals(mask, s.mask)
        && Arrays.equals(background, s.background);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(boxes), Arrays.hashCode(counts));
  }

  @Override
  public String toString() {
    return size() + " shoeboxes of " + counts.length + " pixels";
  }
}
