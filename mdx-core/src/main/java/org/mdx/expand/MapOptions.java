package org.mdx.expand;

import java.util.List;
import java.util.Objects;
import org.mdx.map.VoxelBox;
import org.mdx.table.ColumnNames;

/**
 * Which part of reciprocal space to map, and what. Immutable: each method that takes a value
 * returns new options.
 */
public final class MapOptions {
  private final double hMin;
  private final double hMax;
  private final double kMin;
  private final double kMax;
  private final double lMin;
  private final double lMax;
  private final String signal;

  private MapOptions(
      double hMin, double hMax, double kMin, double kMax, double lMin, double lMax, String signal) {
    VoxelBox.requireLimits("h", hMin, hMax);
    VoxelBox.requireLimits("k", kMin, kMax);
    VoxelBox.requireLimits("l", lMin, lMax);
    Objects.requireNonNull(signal, "signal");
    this.hMin = hMin;
    this.hMax = hMax;
    this.kMin = kMin;
    this.kMax = kMax;
    this.lMin = lMin;
    this.lMax = lMax;
    this.signal = signal;
  }

  /**
   * h, k and l from 0 to 10, column intensity: the reference's defaults.
   *
   * @return the defaults
   */
  public static MapOptions defaults() {
    return new MapOptions(0, 10, 0, 10, 0, 10, ColumnNames.INTENSITY);
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

  /**
   * Lowest h, included.
   *
   * @return the value
   */
  public double hMin() {
    return hMin;
  }

  /**
   * Highest h, included.
   *
   * @return the value
   */
  public double hMax() {
    return hMax;
  }

  /**
   * Lowest k, included.
   *
   * @return the value
   */
  public double kMin() {
    return kMin;
  }

  /**
   * Highest k, included.
   *
   * @return the value
   */
  public double kMax() {
    return kMax;
  }

  /**
   * Lowest l, included.
   *
   * @return the value
   */
  public double lMin() {
    return lMin;
  }

  /**
   * Highest l, included.
   *
   * @return the value
   */
  public double lMax() {
    return lMax;
  }

  /**
   * Column of the table to map.
   *
   * @return the value
   */
  public String signal() {
    return signal;
  }

  private List<Object> values() {
    return List.of(hMin, hMax, kMin, kMax, lMin, lMax, signal);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MapOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "MapOptions["
        + "hMin="
        + hMin
        + ", hMax="
        + hMax
        + ", kMin="
        + kMin
        + ", kMax="
        + kMax
        + ", lMin="
        + lMin
        + ", lMax="
        + lMax
        + ", signal="
        + signal
        + "]";
  }
}
