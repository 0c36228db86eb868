package org.mdx.reflection;

import java.util.Arrays;

/**
 * Counts, masks and backgrounds of pixels, one after the other. Masks that fit into a byte take
 * one, and a background that is 0 everywhere takes nothing: so a pixel of a strong spot takes five
 * bytes in place of twelve. Does not check.
 */
final class ShoeboxPixels {
  private int size;
  private float[] counts;
  private byte[] mask; // null if one does not fit
  private int[] wideMask; // null if all fit
  private float[] background; // null if it is 0 everywhere

  ShoeboxPixels(int capacity) {
    counts = new float[capacity];
    mask = new byte[capacity];
  }

  int size() {
    return size;
  }

  /** The same without room for more; takes over what is full, since that is never written again. */
  ShoeboxPixels trimmed() {
    ShoeboxPixels p = new ShoeboxPixels(0);
    boolean full = size == counts.length;
    p.size = size;
    p.counts = full ? counts : Arrays.copyOf(counts, size);
    p.mask = mask == null || full ? mask : Arrays.copyOf(mask, size);
    p.wideMask = wideMask == null || full ? wideMask : Arrays.copyOf(wideMask, size);
    p.background = background == null || full ? background : Arrays.copyOf(background, size);
    return p;
  }

  /** Adds pixels; without backgrounds these are 0. */
  void add(float[] c, int[] m, float[] b) {
    int from = reserve(c.length);
    System.arraycopy(c, 0, counts, from, c.length);
    setMask(from, m);
    setBackground(from, b, 0, b.length);
  }

  /** Adds some of other pixels. */
  void add(ShoeboxPixels o, int start, int n) {
    int from = reserve(n);
    System.arraycopy(o.counts, start, counts, from, n);
    if (o.mask != null && mask != null) {
      System.arraycopy(o.mask, start, mask, from, n);
    } else {
      setMask(from, o.masks(start, start + n));
    }
    if (o.background != null) {
      setBackground(from, o.background, start, n);
    }
  }

  private int reserve(int n) {
    int from = size;
    size = Math.addExact(size, n);
    if (size > counts.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * counts.length, size));
      counts = Arrays.copyOf(counts, capacity);
      mask = mask == null ? null : Arrays.copyOf(mask, capacity);
      wideMask = wideMask == null ? null : Arrays.copyOf(wideMask, capacity);
      background = background == null ? null : Arrays.copyOf(background, capacity);
    }
    return from;
  }

  private void setMask(int from, int[] m) {
    for (int i = 0; i < m.length; i++) {
      if (mask != null && (byte) m[i] != m[i]) {
        wideMask = new int[counts.length];
        for (int j = 0; j < from + i; j++) {
          wideMask[j] = mask[j];
        }
        mask = null;
      }
      if (mask != null) {
        mask[from + i] = (byte) m[i];
      } else {
        wideMask[from + i] = m[i];
      }
    }
  }

  private void setBackground(int from, float[] b, int start, int n) {
    for (int i = 0; i < n && background == null; i++) {
      background = Float.floatToRawIntBits(b[start + i]) == 0 ? null : new float[counts.length];
    }
    if (background != null) {
      System.arraycopy(b, start, background, from, n);
    }
  }

  float count(int at) {
    return counts[at];
  }

  int mask(int at) {
    return mask == null ? wideMask[at] : mask[at];
  }

  float background(int at) {
    return background == null ? 0 : background[at];
  }

  float[] counts(int from, int to) {
    return Arrays.copyOfRange(counts, from, to);
  }

  int[] masks(int from, int to) {
    int[] out = new int[to - from];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask(from + i);
    }
    return out;
  }

  float[] backgrounds(int from, int to) {
    return background == null ? new float[to - from] : Arrays.copyOfRange(background, from, to);
  }

  /** Of what is trimmed. */
  @Override
  public boolean equals(Object o) {
    return o instanceof ShoeboxPixels p
        && Arrays.equals(counts, p.counts)
        && Arrays.equals(mask, p.mask)
        && Arrays.equals(wideMask, p.wideMask)
        && Arrays.equals(background, p.background);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }
}
