package org.mdx.bragg.symmetry;

import java.util.Arrays;

/** Reflections that rotations of a lattice take to each other, by numbers from 0. */
final class Orbits {
  private final int[] of;
  private final int size;

  Orbits(MergedSquares data, LatticeOperators lattice) {
    long[] least = new long[data.size()];
    for (int i = 0; i < least.length; i++) {
      least[i] = data.key(i);
      for (int o = 1; o < lattice.size(); o++) {
        least[i] = Math.min(least[i], data.image(i, lattice.matrix(o)));
      }
    }
    long[] names = Arrays.stream(least).sorted().distinct().toArray();
    of = new int[least.length];
    for (int i = 0; i < of.length; i++) {
      of[i] = Arrays.binarySearch(names, least[i]);
    }
    size = names.length;
  }

  /** The orbit of a reflection. */
  int of(int i) {
    return of[i];
  }

  /** Number of orbits. */
  int size() {
    return size;
  }
}
