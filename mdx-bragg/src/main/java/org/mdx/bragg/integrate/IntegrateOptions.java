package org.mdx.bragg.integrate;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How to integrate. Immutable.
 *
 * @param resolution least d in Å; empty for that of the farthest corner of the detector
 * @param margin degrees beyond the ends of the scan, 0 or more
 * @param minZeta reflections with a smaller |ζ| are not integrated, 0 to 1
 * @param blockDegrees rotation that shares one profile, above 0
 * @param planes whether a background that is not level may be a plane
 * @param slices into which the frames of a reflection are summed at the most, 1 or more
 * @param memory bytes for reflections and frames
 * @param widths widths of spots, in place of an estimate
 */
public record IntegrateOptions(
    OptionalDouble resolution,
    double margin,
    double minZeta,
    double blockDegrees,
    boolean planes,
    int slices,
    long memory,
    Optional<SpotWidths> widths) {

  public IntegrateOptions {
    if (resolution.isPresent() && !(resolution.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "resolution " + resolution.getAsDouble() + " Å, must be above 0");
    }
    if (!(margin >= 0 && margin <= 360 && minZeta >= 0 && minZeta < 1 && blockDegrees > 0)) {
      throw new IllegalArgumentException(
          "margin "
              + margin
              + "°, must be 0 to 360; least zeta "
              + minZeta
              + ", must be 0 to 1; blocks of "
              + blockDegrees
              + "°, must be above 0");
    }
    if (slices < 1) {
      throw new IllegalArgumentException(slices + " slices of a reflection, must be 1 or more");
    }
    if (memory < 1) {
      throw new IllegalArgumentException("memory of " + memory + " bytes, must be above 0");
    }
  }

  /**
   * The default: to the corner of the detector, 1° beyond the ends, |ζ| ≥ 0.05, 15 slices, a
   * quarter of the heap.
   *
   * @return the options
   */
  public static IntegrateOptions defaults() {
    return new IntegrateOptions(
        OptionalDouble.empty(),
        1,
        0.05,
        5,
        true,
        15,
        Runtime.getRuntime().maxMemory() / 4,
        Optional.empty());
  }

  /**
   * With another resolution.
   *
   * @param d least d in Å
   * @return new options
   */
  public IntegrateOptions withResolution(double d) {
    return new IntegrateOptions(
        OptionalDouble.of(d), margin, minZeta, blockDegrees, planes, slices, memory, widths);
  }

  /**
   * With another limit of memory.
   *
   * @param bytes for reflections and frames
   * @return new options
   */
  public IntegrateOptions withMemory(long bytes) {
    return new IntegrateOptions(
        resolution, margin, minZeta, blockDegrees, planes, slices, bytes, widths);
  }

  /**
   * With known widths of spots.
   *
   * @param known in place of an estimate
   * @return new options
   */
  public IntegrateOptions withWidths(SpotWidths known) {
    return new IntegrateOptions(
        resolution, margin, minZeta, blockDegrees, planes, slices, memory, Optional.of(known));
  }

  /**
   * With another number of slices.
   *
   * @param most into which the frames of a reflection are summed; a large number leaves them as
   *     they are
   * @return new options
   */
  public IntegrateOptions withSlices(int most) {
    return new IntegrateOptions(
        resolution, margin, minZeta, blockDegrees, planes, most, memory, widths);
  }
}
