package org.mdx.cli.bragg;

import org.mdx.bragg.spots.SpotOptions;
import org.mdx.bragg.spots.threshold.Blur;
import org.mdx.bragg.spots.threshold.ThresholdMethod;
import org.mdx.bragg.spots.threshold.ThresholdOptions;
import org.mdx.mask.MaskOptions;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Options that tell how spots are found. */
final class SpotArguments {

  /** Names of thresholds as DIALS has them. */
  enum Method {
    /** Index of dispersion, with an eroded background. */
    dispersion_extended(ThresholdMethod.DISPERSION_EXTENDED),
    /** Index of dispersion over one window. */
    dispersion(ThresholdMethod.DISPERSION),
    /** Median and interquartile range of rings. */
    radial_profile(ThresholdMethod.RADIAL_PROFILE);

    private final ThresholdMethod method;

    Method(ThresholdMethod method) {
      this.method = method;
    }
  }

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "dispersion_extended",
      description = "Rule for strong pixels: ${COMPLETION-CANDIDATES}; the last suits electrons.")
  private Method method;

  @Option(
      names = "--gain",
      paramLabel = "G",
      description = "Counts per photon or electron. Default: the detector's.",
      showDefaultValue = Visibility.NEVER)
  private Double gain;

  @Option(
      names = "--kernel-size",
      paramLabel = "K",
      description = "Half-width of the window: 2K + 1 pixels in both directions.")
  private int kernelSize = ThresholdOptions.defaults().kernelSize();

  @Option(
      names = "--sigma-background",
      paramLabel = "N",
      description = "Index of dispersion, in standard deviations above 1, where there is signal.")
  private double sigmaBackground = ThresholdOptions.defaults().sigmaBackground();

  @Option(
      names = "--sigma-strong",
      paramLabel = "N",
      description = "Strong pixels exceed the local background by so many standard deviations.")
  private double sigmaStrong = ThresholdOptions.defaults().sigmaStrong();

  @Option(
      names = "--global-threshold",
      paramLabel = "COUNTS",
      description = "Strong pixels have more counts, less the pedestal.")
  private double globalThreshold = ThresholdOptions.defaults().globalThreshold();

  @Option(
      names = "--min-local",
      paramLabel = "N",
      description = "Fewest pixels of a window that make a test.")
  private int minLocal = ThresholdOptions.defaults().minLocal();

  @Option(
      names = "--n-iqr",
      paramLabel = "N",
      description = "Radial: interquartile ranges above the median of a ring.")
  private double iqrs = ThresholdOptions.defaults().iqrs();

  @Option(names = "--n-bins", paramLabel = "N", description = "Radial: rings of equal 2theta.")
  private int rings = ThresholdOptions.defaults().rings();

  @Option(
      names = "--blur",
      paramLabel = "NAME",
      description = "Radial: smoothing before the threshold: ${COMPLETION-CANDIDATES}.")
  private Blur blur = Blur.NONE;

  @Option(
      names = "--filter-size",
      paramLabel = "K",
      description =
          "Sums over 2K + 1 pixels in both directions find wide and weak spots, too; 0 for none."
              + " Default: 2 with electrons, else none.",
      showDefaultValue = Visibility.NEVER)
  private int filterSize = ThresholdOptions.BY_PROBE;

  @Option(
      names = "--min-spot-size",
      paramLabel = "N",
      description = "Fewest pixels of a spot. Default: 3 for detectors that count photons, else 6.",
      showDefaultValue = Visibility.NEVER)
  private int minSpotSize;

  @Option(
      names = "--max-spot-size",
      paramLabel = "N",
      description =
          "Most pixels of a spot in one image; with --dials-compatible in all images together.")
  private int maxSpotSize = SpotOptions.defaults().maxSpotSize();

  @Option(
      names = "--max-frames",
      paramLabel = "N",
      description = "What lasts longer is no spot but a hot pixel or a ring.")
  private int maxFrames = SpotOptions.defaults().maxFrames();

  @Option(
      names = "--max-separation",
      paramLabel = "PX",
      description = "Farthest that the strongest pixel of a spot may lie from its centroid.")
  private double maxSeparation = SpotOptions.defaults().maxSeparation();

  @Option(
      names = "--max-strong-fraction",
      paramLabel = "X",
      description = "An image with a larger part of strong pixels is an error.")
  private double maxStrongFraction = SpotOptions.defaults().maxStrongFraction();

  @Option(names = "--no-shoeboxes", description = "Leave the pixels of spots out of the table.")
  private boolean noShoeboxes;

  @Option(names = "--no-split", description = "Leave spots that grew together as one.")
  private boolean noSplit;

  @Option(
      names = "--no-finite-size",
      description = "Leave out the correction of centroids for what varies across a spot.")
  private boolean noFiniteSize;

  @Option(
      names = "--dials-compatible",
      description = "Find the spots that dials.find_spots 3.12 finds, with its centroids.")
  private boolean dialsCompatible;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if a value cannot be
   */
  SpotOptions options(MaskOptions mask) {
    SpotOptions o =
        SpotOptions.defaults()
            .thresholding(this::threshold)
            .gain(gain == null ? Double.NaN : gain)
            .minSpotSize(minSpotSize)
            .maxSpotSize(maxSpotSize)
            .maxFrames(maxFrames)
            .maxSeparation(maxSeparation)
            .maxStrongFraction(maxStrongFraction)
            .shoeboxes(!noShoeboxes)
            .split(!noSplit)
            .finiteSize(!noFiniteSize)
            .mask(mask);
    return dialsCompatible ? o.dialsCompatible() : o;
  }

  private ThresholdOptions threshold(ThresholdOptions t) {
    return t.method(method.method)
        .kernelSize(kernelSize)
        .sigmaBackground(sigmaBackground)
        .sigmaStrong(sigmaStrong)
        .globalThreshold(globalThreshold)
        .minLocal(minLocal)
        .iqrs(iqrs)
        .rings(rings)
        .blur(blur)
        .filterSize(filterSize);
  }
}
