package org.mdx.bragg.spots;

/**
 * What became of the strong pixels.
 *
 * @param strongPixels of all frames
 * @param components of pixels that touch
 * @param split spots more than components, of those that grew together
 * @param tooSmall had fewer pixels than a spot
 * @param tooLarge had more pixels, or lasted longer
 * @param apart had their strongest pixel too far from the centroid
 * @param noise of a camera: hot pixels, and pixels that together are no more than noise
 * @param spots what is left, with those found by their windows
 * @param faint spots that windows show, of which no pixel stands out
 */
public record SpotCounts(
    long strongPixels,
    long components,
    long split,
    long tooSmall,
    long tooLarge,
    long apart,
    long noise,
    long spots,
    long faint) {

  /** Counts while spots are found. */
  static final class Tally {
    long components;
    long split;
    long tooSmall;
    long tooLarge;
    long apart;
    long noise;

    void add(Tally o) {
      components += o.components;
      split += o.split;
      tooSmall += o.tooSmall;
      tooLarge += o.tooLarge;
      apart += o.apart;
      noise += o.noise;
    }

    SpotCounts counts(long strongPixels, long spots, long faint) {
      return new SpotCounts(
          strongPixels, components, split, tooSmall, tooLarge, apart, noise, spots, faint);
    }
  }

  /** Such as {@code 3685 spots of 4287 components: 542 too small, 3 too large, 57 …}. */
  @Override
  public String toString() {
    return strongPixels
        + " strong pixels, "
        + components
        + " components"
        + (split == 0 ? "" : ", " + split + " more by splitting")
        + "; "
        + tooSmall
        + " too small, "
        + tooLarge
        + " too large, "
        + apart
        + " with their peak too far from the centroid; "
        + (noise == 0 ? "" : noise + " hot pixels or noise; ")
        + (faint == 0 ? "" : faint + " more by sums of windows; ")
        + spots
        + (spots == 1 ? " spot" : " spots");
  }
}
