package org.mdx.bragg;

/**
 * Sweeps that are indexed together, with their numbers among all.
 *
 * @param numbers from 0
 * @param sweep as far as it has come
 */
record CrystalPart(int[] numbers, BraggSweep sweep) {
  CrystalPart with(BraggSweep other) {
    return new CrystalPart(numbers, other);
  }
}
