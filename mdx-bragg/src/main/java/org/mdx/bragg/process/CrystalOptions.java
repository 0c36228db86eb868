package org.mdx.bragg.process;

import java.util.function.UnaryOperator;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.spots.SpotOptions;

/**
 * How the images of one crystal are processed. Immutable.
 *
 * @param spots how spots are found
 * @param indexing what is known of the crystal, how many lattices
 * @param refinement what is refined
 * @param integration how far, in how much memory
 * @param fallbacks whether a stage that fails is tried in other ways
 * @param wedge a scan of fewer degrees keeps the distance of the detector
 * @param shadows whether shadows in front of the detector, such as that of a beamstop's arm, are
 *     looked for and left out: with X-rays, where a sweep has 36 images and more
 */
public record CrystalOptions(
    SpotOptions spots,
    IndexOptions indexing,
    RefineOptions refinement,
    IntegrateOptions integration,
    boolean fallbacks,
    double wedge,
    boolean shadows) {
  private static final double WEDGE = 10;

  public CrystalOptions {
    if (!(wedge >= 0)) {
      throw new IllegalArgumentException("wedges below " + wedge + "°, must be 0 or more");
    }
  }

  /**
   * The defaults of all stages, with fallbacks; the distance is kept below 10°.
   *
   * @return the defaults
   */
  public static CrystalOptions defaults() {
    return new CrystalOptions(
        SpotOptions.defaults(),
        IndexOptions.defaults(),
        RefineOptions.defaults(),
        IntegrateOptions.defaults(),
        true,
        WEDGE,
        true);
  }

  /**
   * With other options of the spots.
   *
   * @param change of them
   * @return new options
   */
  public CrystalOptions spots(UnaryOperator<SpotOptions> change) {
    return new CrystalOptions(
        change.apply(spots), indexing, refinement, integration, fallbacks, wedge, shadows);
  }

  /**
   * With other options of the lattices.
   *
   * @param change of them
   * @return new options
   */
  public CrystalOptions indexing(UnaryOperator<IndexOptions> change) {
    return new CrystalOptions(
        spots, change.apply(indexing), refinement, integration, fallbacks, wedge, shadows);
  }

  /**
   * With other options of the refinement.
   *
   * @param change of them
   * @return new options
   */
  public CrystalOptions refinement(UnaryOperator<RefineOptions> change) {
    return new CrystalOptions(
        spots, indexing, change.apply(refinement), integration, fallbacks, wedge, shadows);
  }

  /**
   * With other options of the integration.
   *
   * @param change of them
   * @return new options
   */
  public CrystalOptions integration(UnaryOperator<IntegrateOptions> change) {
    return new CrystalOptions(
        spots, indexing, refinement, change.apply(integration), fallbacks, wedge, shadows);
  }

  /**
   * With or without other ways for a stage that fails.
   *
   * @param other whether to try them
   * @return new options
   */
  public CrystalOptions fallbacks(boolean other) {
    return new CrystalOptions(spots, indexing, refinement, integration, other, wedge, shadows);
  }

  /**
   * With another limit of wedges.
   *
   * @param degrees of the scan below which the distance is kept, 0 for never
   * @return new options
   */
  public CrystalOptions wedge(double degrees) {
    return new CrystalOptions(
        spots, indexing, refinement, integration, fallbacks, degrees, shadows);
  }

  /**
   * With or without a search for shadows.
   *
   * @param looked whether to look for them
   * @return new options
   */
  public CrystalOptions shadows(boolean looked) {
    return new CrystalOptions(spots, indexing, refinement, integration, fallbacks, wedge, looked);
  }

  /**
   * What a stage and those before depend on; the memory changes no result.
   *
   * @param stage which
   * @return text that is equal for equal options
   */
  public String key(Stage stage) {
    StringBuilder b = new StringBuilder(fallbacks + " " + wedge + " " + shadows);
    b.append(stage.compareTo(Stage.SPOTS) >= 0 ? " " + spots : "");
    if (stage.compareTo(Stage.INDEX) >= 0) {
      b.append(' ').append(indexing).append(' ').append(indexing.maxCell());
      b.append(' ').append(indexing.tolerance()).append(' ').append(indexing.beamSearch());
      b.append(' ').append(indexing.beamRange()).append(' ').append(indexing.dMin());
      b.append(' ').append(indexing.fixDistance()).append(' ').append(indexing.slips());
    }
    b.append(stage.compareTo(Stage.REFINE) >= 0 ? " " + refinement : "");
    if (stage.compareTo(Stage.INTEGRATE) >= 0) {
      b.append(' ').append(integration.withMemory(1));
    }
    return b.toString();
  }
}
