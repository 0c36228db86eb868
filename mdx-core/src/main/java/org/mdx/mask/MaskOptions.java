package org.mdx.mask;

import java.util.ArrayList;
import java.util.List;

/**
 * What a mask leaves out. Each method gives new options.
 *
 * @param border pixels along each edge of every panel
 * @param regions shapes on single panels
 * @param ranges ranges of resolution, on all panels
 * @param powders rings of powders, on all panels
 * @param parallax whether the resolution of a pixel allows for the depth of absorption where the
 *     detector's sensor asks for that
 */
public record MaskOptions(
    int border,
    List<MaskRegion> regions,
    List<ResolutionRange> ranges,
    List<PowderRings> powders,
    boolean parallax) {

  public MaskOptions {
    if (border < 0) {
      throw new IllegalArgumentException("border of " + border + " pixels, must be 0 or more");
    }
    regions = List.copyOf(regions);
    ranges = List.copyOf(ranges);
    powders = List.copyOf(powders);
  }

  /**
   * Nothing is left out; with parallax.
   *
   * @return the defaults
   */
  public static MaskOptions none() {
    return new MaskOptions(0, List.of(), List.of(), List.of(), true);
  }

  /**
   * With another border.
   *
   * @param pixels along each edge of every panel
   * @return new options
   */
  public MaskOptions border(int pixels) {
    return new MaskOptions(pixels, regions, ranges, powders, parallax);
  }

  /**
   * And a shape more.
   *
   * @param region pixels of a panel
   * @return new options
   */
  public MaskOptions and(MaskRegion region) {
    return new MaskOptions(border, with(regions, region), ranges, powders, parallax);
  }

  /**
   * And a range of resolution more.
   *
   * @param range on all panels
   * @return new options
   */
  public MaskOptions and(ResolutionRange range) {
    return new MaskOptions(border, regions, with(ranges, range), powders, parallax);
  }

  /**
   * And the rings of a powder more.
   *
   * @param powder on all panels
   * @return new options
   */
  public MaskOptions and(PowderRings powder) {
    return new MaskOptions(border, regions, ranges, with(powders, powder), parallax);
  }

  /**
   * And what is of too high resolution.
   *
   * @param d pixels of this resolution, in Å, and finer are left out
   * @return new options
   */
  public MaskOptions dMin(double d) {
    return and(new ResolutionRange(0, d));
  }

  /**
   * And what is of too low resolution.
   *
   * @param d pixels of this resolution, in Å, and coarser are left out
   * @return new options
   */
  public MaskOptions dMax(double d) {
    return and(new ResolutionRange(d, Double.POSITIVE_INFINITY));
  }

  /**
   * With or without the depth of absorption.
   *
   * @param yes false for the plane of the panel alone
   * @return new options
   */
  public MaskOptions parallax(boolean yes) {
    return new MaskOptions(border, regions, ranges, powders, yes);
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
