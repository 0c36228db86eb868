package org.mdx.mask;

import java.util.BitSet;

/** The tiles of one panel, in rows, and which of them are dark. */
final class ShadowTiles {
  /** Tiles of the smallest group that is no accident. */
  private static final int SMALLEST = 6;

  /** What the tiles about a shadow tell at least, of what those in it tell. */
  private static final double CONTRAST = 2.5;

  final int across;
  final int down;

  /** Counts of a pixel over what changes them, NaN of a tile without enough pixels. */
  final double[] light;

  /** What changes the counts of a pixel. */
  final double[] factor;

  /** Pixels that count. */
  final int[] counted;

  /** Scattering angle in steps. */
  final int[] step;

  final BitSet dark = new BitSet();

  ShadowTiles(int across, int down) {
    this.across = across;
    this.down = down;
    light = new double[across * down];
    factor = new double[across * down];
    counted = new int[across * down];
    step = new int[across * down];
  }

  /**
   * Takes the mark from groups that are small or fade; neighbours touch by an edge or a corner.
   *
   * @param usual what tiles tell at each step
   */
  void dropFalse(double[] usual) {
    BitSet left = (BitSet) dark.clone();
    while (!left.isEmpty()) {
      BitSet group = group(left.nextSetBit(0));
      left.andNot(group);
      if (group.cardinality() < SMALLEST || !isSharp(group, usual)) {
        dark.andNot(group);
      }
    }
  }

  /** The dark tiles that hang together with one. */
  private BitSet group(int start) {
    BitSet group = new BitSet();
    group.set(start);
    BitSet fresh = group;
    while (!fresh.isEmpty()) {
      fresh = grown(fresh);
      fresh.and(dark);
      fresh.andNot(group);
      group.or(fresh);
    }
    return group;
  }

  /** Whether the tiles that lie two from a group tell much more than the group. */
  private boolean isSharp(BitSet group, double[] usual) {
    BitSet beside = grown(group);
    BitSet ring = grown(beside);
    ring.andNot(beside);
    return median(ring, usual) > CONTRAST * median(group, usual);
  }

  /** The median of what tiles tell, of the usual; 0 if none is known. */
  private double median(BitSet tiles, double[] usual) {
    double[] parts =
        tiles.stream()
            .mapToDouble(t -> light[t] / usual[step[t]])
            .filter(part -> !Double.isNaN(part))
            .sorted()
            .toArray();
    return parts.length == 0 ? 0 : parts[parts.length / 2];
  }

  /** Tiles with those that touch them. */
  BitSet grown(BitSet tiles) {
    return grown(tiles, across, down);
  }

  /**
   * Places of a grid with the eight about each.
   *
   * @param places row by row
   * @param across columns
   * @param down rows
   */
  static BitSet grown(BitSet places, int across, int down) {
    BitSet all = new BitSet();
    for (int t = places.nextSetBit(0); t >= 0; t = places.nextSetBit(t + 1)) {
      int left = Math.max(0, t % across - 1);
      int right = Math.min(across - 1, t % across + 1);
      for (int y = Math.max(0, t / across - 1); y <= Math.min(down - 1, t / across + 1); y++) {
        all.set(y * across + left, y * across + right + 1);
      }
    }
    return all;
  }

  /** Whether most of a tile counts. */
  boolean isKnown(int tile) {
    return !Double.isNaN(light[tile]);
  }

  int size() {
    return light.length;
  }
}
