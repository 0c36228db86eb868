package org.mdx.bragg.spots;

import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.bragg.spots.threshold.ThresholdOptions;
import org.mdx.mask.MaskOptions;
import org.mdx.mask.PowderRings;

/** How spots are found. Immutable; each method with a value gives new options. */
public final class SpotOptions implements Cloneable {
  private ThresholdOptions threshold = ThresholdOptions.defaults();
  private double gain = Double.NaN;
  private int minSpotSize = 0;
  private int maxSpotSize = 1000;
  private int maxFrames = 250;
  private double maxSeparation = 2;
  private double maxStrongFraction = 0.25;
  private MaskOptions mask = MaskOptions.none();
  private boolean shoeboxes = true;
  private boolean split = true;
  private boolean unbiased = true;
  private boolean finiteSize = true;

  private SpotOptions() {}

  /**
   * The defaults: thresholds of DIALS, spots split, centroids without bias.
   *
   * @return extended dispersion, k = 3, 6σ and 3σ
   */
  public static SpotOptions defaults() {
    return new SpotOptions();
  }

  /**
   * What DIALS 3.12 does: no filter but one given; no splitting; centroids and sums of the strong
   * pixels with what lies beneath, variances with 1/12 added; the largest size is of all frames
   * together.
   *
   * @return new options
   */
  public SpotOptions dialsCompatible() {
    SpotOptions o = copy();
    o.split = false;
    o.unbiased = false;
    o.finiteSize = false;
    o.maxFrames = Integer.MAX_VALUE;
    o.threshold = threshold.filterSize(Math.max(0, threshold.filterSize()));
    return o;
  }

  /**
   * With another rule for strong pixels.
   *
   * @param change of the present one
   * @return new options
   */
  public SpotOptions thresholding(UnaryOperator<ThresholdOptions> change) {
    return threshold(change.apply(threshold));
  }

  /**
   * With more or less to leave out.
   *
   * @param change of the present mask
   * @return new options
   */
  public SpotOptions masking(UnaryOperator<MaskOptions> change) {
    return mask(change.apply(mask));
  }

  /**
   * And without what is of too high resolution.
   *
   * @param d pixels of this resolution in Å and finer are left out
   * @return new options
   * @throws IllegalArgumentException if it is not above 0
   */
  public SpotOptions dMin(double d) {
    return mask(mask.dMin(d));
  }

  /**
   * And without what is of too low resolution.
   *
   * @param d pixels of this resolution in Å and coarser are left out
   * @return new options
   * @throws IllegalArgumentException if it is not above 0
   */
  public SpotOptions dMax(double d) {
    return mask(mask.dMax(d));
  }

  /**
   * And without the rings of hexagonal ice.
   *
   * @return new options
   */
  public SpotOptions withoutIceRings() {
    return mask(mask.and(PowderRings.ice()));
  }

  /**
   * How strong pixels are told.
   *
   * @return the value
   */
  public ThresholdOptions threshold() {
    return threshold;
  }

  /**
   * With another value of {@link #threshold()}.
   *
   * @param value the value
   * @return new options
   */
  public SpotOptions threshold(ThresholdOptions value) {
    SpotOptions o = copy();
    o.threshold = value;
    return o;
  }

  /**
   * Counts per photon or electron; NaN takes the panel's own.
   *
   * @return the value
   */
  public double gain() {
    return gain;
  }

  /**
   * With another value of {@link #gain()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public SpotOptions gain(double value) {
    check(
        Double.isNaN(value) || value > 0 && Double.isFinite(value),
        "gain",
        value,
        "must be above 0");
    SpotOptions o = copy();
    o.gain = value;
    return o;
  }

  /**
   * Fewest strong pixels of a spot; 0 takes 3 for counting X-ray detectors (gain 1, pedestal 0) and
   * 6 otherwise, or fewer if what lies about them is 4σ above the background; with DIALS's rules
   * never fewer.
   *
   * @return the value
   */
  public int minSpotSize() {
    return minSpotSize;
  }

  /**
   * With another value of {@link #minSpotSize()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public SpotOptions minSpotSize(int value) {
    check(value >= 0, "smallest spot", value, "must be 0 or above");
    SpotOptions o = copy();
    o.minSpotSize = value;
    return o;
  }

  /**
   * Most strong pixels of a spot in one frame; of all frames together with DIALS's rules.
   *
   * @return the value
   */
  public int maxSpotSize() {
    return maxSpotSize;
  }

  /**
   * With another value of {@link #maxSpotSize()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public SpotOptions maxSpotSize(int value) {
    check(value >= 1, "largest spot", value, "must be 1 or more");
    SpotOptions o = copy();
    o.maxSpotSize = value;
    return o;
  }

  /**
   * Most frames of a spot: what lasts longer is a hot pixel or a ring.
   *
   * @return the value
   */
  public int maxFrames() {
    return maxFrames;
  }

  /**
   * With another value of {@link #maxFrames()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public SpotOptions maxFrames(int value) {
    check(value >= 1, "most frames of a spot", value, "must be 1 or more");
    SpotOptions o = copy();
    o.maxFrames = value;
    return o;
  }

  /**
   * Farthest that the strongest pixel of a spot may lie from its centroid, in pixels and frames.
   *
   * @return the value
   */
  public double maxSeparation() {
    return maxSeparation;
  }

  /**
   * With another value of {@link #maxSeparation()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public SpotOptions maxSeparation(double value) {
    check(value > 0, "largest separation", value, "must be above 0");
    SpotOptions o = copy();
    o.maxSeparation = value;
    return o;
  }

  /**
   * Largest part of the pixels of an image that may be strong, of those that the mask leaves.
   *
   * @return the value
   */
  public double maxStrongFraction() {
    return maxStrongFraction;
  }

  /**
   * With another value of {@link #maxStrongFraction()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public SpotOptions maxStrongFraction(double value) {
    check(value > 0 && value <= 1, "largest strong fraction", value, "must be above 0, at most 1");
    SpotOptions o = copy();
    o.maxStrongFraction = value;
    return o;
  }

  /**
   * Pixels to leave out besides those of the images' own masks.
   *
   * @return the value
   */
  public MaskOptions mask() {
    return mask;
  }

  /**
   * With another value of {@link #mask()}.
   *
   * @param value the value
   * @return new options
   */
  public SpotOptions mask(MaskOptions value) {
    SpotOptions o = copy();
    o.mask = value;
    return o;
  }

  /**
   * Whether the pixels of each spot are kept.
   *
   * @return the value
   */
  public boolean shoeboxes() {
    return shoeboxes;
  }

  /**
   * With another value of {@link #shoeboxes()}.
   *
   * @param value the value
   * @return new options
   */
  public SpotOptions shoeboxes(boolean value) {
    SpotOptions o = copy();
    o.shoeboxes = value;
    return o;
  }

  /**
   * Whether components in which spots grew together are split.
   *
   * @return the value
   */
  public boolean split() {
    return split;
  }

  /**
   * With another value of {@link #split()}.
   *
   * @param value the value
   * @return new options
   */
  public SpotOptions split(boolean value) {
    SpotOptions o = copy();
    o.split = value;
    return o;
  }

  /**
   * Whether centroids and intensities are of the counts above the background, over a margin about
   * the strong pixels.
   *
   * @return the value
   */
  public boolean unbiased() {
    return unbiased;
  }

  /**
   * With another value of {@link #unbiased()}.
   *
   * @param value the value
   * @return new options
   */
  public SpotOptions unbiased(boolean value) {
    SpotOptions o = copy();
    o.unbiased = value;
    return o;
  }

  /**
   * Whether centroids are corrected for what varies across a spot.
   *
   * @return the value
   */
  public boolean finiteSize() {
    return finiteSize;
  }

  /**
   * With another value of {@link #finiteSize()}.
   *
   * @param value the value
   * @return new options
   */
  public SpotOptions finiteSize(boolean value) {
    SpotOptions o = copy();
    o.finiteSize = value;
    return o;
  }

  private SpotOptions copy() {
    try {
      return (SpotOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static void check(boolean right, String what, Object value, String rule) {
    if (!right) {
      throw new IllegalArgumentException(what + " " + value + ", " + rule);
    }
  }

  private List<Object> values() {
    return List.of(
        threshold,
        gain,
        minSpotSize,
        maxSpotSize,
        maxFrames,
        maxSeparation,
        maxStrongFraction,
        mask,
        shoeboxes,
        split,
        unbiased,
        finiteSize);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpotOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "SpotOptions["
        + "threshold="
        + threshold
        + ", gain="
        + gain
        + ", minSpotSize="
        + minSpotSize
        + ", maxSpotSize="
        + maxSpotSize
        + ", maxFrames="
        + maxFrames
        + ", maxSeparation="
        + maxSeparation
        + ", maxStrongFraction="
        + maxStrongFraction
        + ", mask="
        + mask
        + ", shoeboxes="
        + shoeboxes
        + ", split="
        + split
        + ", unbiased="
        + unbiased
        + ", finiteSize="
        + finiteSize
        + "]";
  }
}
