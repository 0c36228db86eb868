package org.mdx.map;

import java.util.Objects;

/**
 * Which part of reciprocal space to map, and what. Immutable: each method that takes a value
 * returns a new record.
 *
 * @param hMin lowest h, included
 * @param hMax highest h, included
 * @param kMin lowest k, included
 * @param kMax highest k, included
 * @param lMin lowest l, included
 * @param lMax highest l, included
 * @param signal column of the table to map
 */
public record MapOptions(
    double hMin, double hMax, double kMin, double kMax, double lMin, double lMax, String signal) {

  public MapOptions {
    VoxelBox.checkLimits("h", hMin, hMax);
    VoxelBox.checkLimits("k", kMin, kMax);
    VoxelBox.checkLimits("l", lMin, lMax);
    Objects.requireNonNull(signal, "signal");
  }

  /**
   * h, k and l from 0 to 10, column intensity: the reference's defaults.
   *
   * @return the defaults
   */
  public static MapOptions defaults() {
    return new MapOptions(0, 10, 0, 10, 0, 10, "intensity");
  }

  /**
   * Another region; equal limits give a plane.
   *
   * @param h1 lowest h, included
   * @param h2 highest h, included
   * @param k1 lowest k, included
   * @param k2 highest k, included
   * @param l1 lowest l, included
   * @param l2 highest l, included
   * @return new options
   * @throws IllegalArgumentException if a limit is not finite or beyond 1,000,000, or a lowest
   *     exceeds its highest
   */
  public MapOptions limits(double h1, double h2, double k1, double k2, double l1, double l2) {
    return new MapOptions(h1, h2, k1, k2, l1, l2, signal);
  }

  /**
   * Another column.
   *
   * @param column its name
   * @return new options
   */
  public MapOptions signal(String column) {
    return new MapOptions(hMin, hMax, kMin, kMax, lMin, lMax, column);
  }
}
