package org.mdx.table;

/**
 * Names of the columns of tables, from integration to merging. Every reader and writer of a table
 * takes them from here; what a column holds is told in {@code docs/conventions.md}.
 */
public final class ColumnNames {

  /** Rotation angle of an observation, degrees. */
  public static final String PHI = "phi";

  /** Row of an observation on its panel, pixels from the centre of the first. */
  public static final String IY = "iy";

  /** Column of an observation on its panel, pixels from the centre of the first. */
  public static final String IX = "ix";

  /** Panel of an observation, from 0; missing where there is one panel. */
  public static final String PANEL = "panel";

  /** Exposure of an observation, summed over its pixels, seconds. */
  public static final String SECONDS = "seconds";

  /** Counts of an observation or a voxel. */
  public static final String COUNTS = "counts";

  /** Variance that the read noise of a camera has in the counts; missing where there is none. */
  public static final String NOISE_VARIANCE = "noise_variance";

  /** Pixels that an observation or a voxel was summed over. */
  public static final String PIXELS = "pixels";

  /** Number of an observation among those of its voxel. */
  public static final String N = "n";

  /** Operator that carried an observation into the asymmetric unit. */
  public static final String OP = "op";

  /** Length of the scattering vector, Å⁻¹. */
  public static final String S = "s";

  /** Corrected, scaled or merged intensity. */
  public static final String INTENSITY = "intensity";

  /** Its standard error. */
  public static final String INTENSITY_ERROR = "intensity_error";

  /** Reciprocal cells that the pixels of an observation have swept. */
  public static final String RS_VOLUME = "rs_volume";

  /** Variance of an observation without signal. */
  public static final String BACKGROUND_VARIANCE = "background_variance";

  /** Variance of an observation for each unit of intensity. */
  public static final String VARIANCE_PER_INTENSITY = "variance_per_intensity";

  /** Observations that were merged. */
  public static final String COUNT = "count";

  /** Expected counts of a voxel of a fine map for each unit of intensity. */
  public static final String SCALE = "scale";

  /** Expected counts of a voxel of a fine map without intensity. */
  public static final String BACKGROUND_COUNTS = "background_counts";

  /** How many times the pixels of a voxel of a fine map have swept its volume. */
  public static final String MULTIPLICITY = "multiplicity";

  /** What the names of columns of the first half-set begin with. */
  public static final String GROUP_0 = "group_0_";

  /** What the names of columns of the second half-set begin with. */
  public static final String GROUP_1 = "group_1_";

  private ColumnNames() {}

  /**
   * What the names of columns of all observations and of the two half-sets begin with.
   *
   * @return three prefixes, the first of them empty
   */
  public static String[] prefixes() {
    return new String[] {"", GROUP_0, GROUP_1};
  }
}
