package org.mdx.mask;

import java.util.ArrayList;
import java.util.List;

/** Options for the pixels that a mask leaves out. Each method gives new options. */
public final class MaskOptions {
  private final int border;
  private final List<MaskRegion> regions;
  private final List<ResolutionRange> ranges;
  private final List<PowderRings> powders;
  private final boolean parallax;

  private MaskOptions(
      int border,
      List<MaskRegion> regions,
      List<ResolutionRange> ranges,
      List<PowderRings> powders,
      boolean parallax) {
    if (border < 0) {
      throw new IllegalArgumentException("border of " + border + " pixels, must be 0 or more");
    }
    regions = List.copyOf(regions);
    ranges = List.copyOf(ranges);
    powders = List.copyOf(powders);
    this.border = border;
    this.regions = regions;
    this.ranges = ranges;
    this.powders = powders;
    this.parallax = parallax;
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

  /**
   * Pixels along each edge of every panel.
   *
   * @return the value
   */
  public int border() {
    return border;
  }

  /**
   * Shapes on single panels.
   *
   * @return the value
   */
  public List<MaskRegion> regions() {
    return regions;
  }

  /**
   * Ranges of resolution, on all panels.
   *
   * @return the value
   */
  public List<ResolutionRange> ranges() {
    return ranges;
  }

  /**
   * Rings of powders, on all panels.
   *
   * @return the value
   */
  public List<PowderRings> powders() {
    return powders;
  }

  /**
   * Whether the resolution of a pixel allows for the depth of absorption where the detector's
   * sensor asks for that.
   *
   * @return the value
   */
  public boolean parallax() {
    return parallax;
  }

  private List<Object> values() {
    return List.of(border, regions, ranges, powders, parallax);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MaskOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "MaskOptions["
        + "border="
        + border
        + ", regions="
        + regions
        + ", ranges="
        + ranges
        + ", powders="
        + powders
        + ", parallax="
        + parallax
        + "]";
  }
}
