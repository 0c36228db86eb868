package org.mdx.peaks;

import java.util.Locale;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.image.RowMask;
import org.mdx.math.Vec3;

/**
 * Which pixels are left out because they belong to a Bragg peak, as a function of Miller index and
 * counts: the nearest integer index is an allowed reflection and the distance from it is below the
 * cutoff, or the counts exceed the threshold. Inverted, it keeps just the pixels near allowed
 * reflections.
 *
 * @param model shape of the peaks
 * @param cutoff distance in standard deviations below which a pixel is left out
 * @param countThreshold pixels with more photons or electrons are left out wherever they are; not
 *     used when inverted
 * @param centringOnly whether only the centring's absences count as forbidden, as in mdx2, or all
 *     systematic absences
 * @param inverted whether to keep the peaks and leave out the rest
 */
public record BraggMask(
    PeakModel model, double cutoff, int countThreshold, boolean centringOnly, boolean inverted) {

  public BraggMask {
    if (!(cutoff >= 0) || Double.isInfinite(cutoff)) {
      throw new IllegalArgumentException("mask cutoff " + cutoff + ", must be 0 or more");
    }
    if (countThreshold < 0) {
      throw new IllegalArgumentException(
          "count threshold " + countThreshold + ", must be 0 or more");
    }
  }

  /**
   * The mask that leaves out the peaks that were found.
   *
   * @param peaks their model and threshold
   * @param cutoff distance in standard deviations
   * @return the mask, with all systematic absences
   */
  public static BraggMask of(Peaks peaks, double cutoff) {
    return new BraggMask(peaks.model(), cutoff, peaks.countThreshold(), false, false);
  }

  /**
   * With the absences of mdx2.
   *
   * @return the same mask with the centring's absences only
   */
  public BraggMask withCentringOnly() {
    return new BraggMask(model, cutoff, countThreshold, true, inverted);
  }

  /**
   * The same mask for a sweep that has been indexed on other axes of its lattice.
   *
   * @param operator the change of axes, x' = P·x and h' = h·P⁻¹
   * @return a new mask
   */
  public BraggMask reindexed(ChangeOfBasis operator) {
    return new BraggMask(model.reindexed(operator), cutoff, countThreshold, centringOnly, inverted);
  }

  /**
   * The mask that keeps Bragg peaks.
   *
   * @return the same mask, inverted
   */
  public BraggMask invert() {
    return new BraggMask(model, cutoff, countThreshold, centringOnly, !inverted);
  }

  /**
   * Whether a pixel is left out.
   *
   * @param hkl its fractional Miller index
   * @param counts its counts
   * @param group the space group
   * @return true to leave it out
   */
  public boolean isMasked(Vec3 hkl, double counts, SpaceGroup group) {
    int h = (int) Math.rint(hkl.x());
    int k = (int) Math.rint(hkl.y());
    int l = (int) Math.rint(hkl.z());
    boolean inPeak =
        model.distance(hkl.minus(new Vec3(h, k, l))) < cutoff
            && !(centringOnly ? group.isCentringAbsent(h, k, l) : group.isAbsent(h, k, l));
    return inverted ? !inPeak : inPeak || counts > countThreshold;
  }

  /**
   * The mask made ready for the pixels of one sweep.
   *
   * @param group the space group
   * @param bounds bounds of |h|, |k|, |l|, as {@code MillerIndexMap.bounds()} gives them
   * @return a mask of rows of pixels
   */
  public RowMask rows(SpaceGroup group, double[] bounds) {
    return new BraggRowMask(this, group, bounds);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "BraggMask[%s %.4g σ around %s reflections%s, %s]",
        inverted ? "keeps" : "leaves out",
        cutoff,
        centringOnly ? "the lattice's" : "allowed",
        inverted ? "" : " and what counts more than " + countThreshold,
        model);
  }
}
