package org.mdx.io.sweep;

import java.util.Optional;
import org.mdx.geometry.Geometry;
import org.mdx.io.instrument.InstrumentProfile;

/**
 * What is known of images apart from their headers.
 *
 * @param overrides values that win over everything else
 * @param profile of the instrument; wins over headers
 * @param profileName for reports, such as the name of its file
 * @param reference a geometry whose beam, detector and goniometer win over profile and headers;
 *     empty if there is none
 * @param stills whether the sample stood still, whatever the headers say
 * @param threshold which of several thresholds of a detector, from 1; 0 where there is but one
 */
public record ImportOptions(
    InstrumentProfile overrides,
    InstrumentProfile profile,
    String profileName,
    Optional<Geometry> reference,
    boolean stills,
    int threshold) {

  /**
   * The options.
   *
   * @throws IllegalArgumentException if the threshold is negative
   */
  public ImportOptions {
    if (threshold < 0) {
      throw new IllegalArgumentException("threshold " + threshold + ", must be 1 or above");
    }
  }

  /**
   * Nothing but the headers.
   *
   * @return the options to change
   */
  public static ImportOptions defaults() {
    return new ImportOptions(
        InstrumentProfile.empty(),
        InstrumentProfile.empty(),
        "profile",
        Optional.empty(),
        false,
        0);
  }

  /**
   * With values that win over everything else.
   *
   * @param o the values
   * @return new options
   */
  public ImportOptions withOverrides(InstrumentProfile o) {
    return new ImportOptions(o, profile, profileName, reference, stills, threshold);
  }

  /**
   * With an instrument profile.
   *
   * @param p the profile
   * @param name for reports
   * @return new options
   */
  public ImportOptions withProfile(InstrumentProfile p, String name) {
    return new ImportOptions(overrides, p, name, reference, stills, threshold);
  }

  /**
   * With the beam, detector and goniometer of another sweep.
   *
   * @param g its geometry
   * @return new options
   */
  public ImportOptions withReference(Geometry g) {
    return new ImportOptions(overrides, profile, profileName, Optional.of(g), stills, threshold);
  }

  /**
   * With or without a rotating sample.
   *
   * @param s whether all images are stills
   * @return new options
   */
  public ImportOptions withStills(boolean s) {
    return new ImportOptions(overrides, profile, profileName, reference, s, threshold);
  }

  /**
   * With one of the thresholds above which a detector has counted at once.
   *
   * @param number from 1; 0 for none, where there is but one
   * @return new options
   * @throws IllegalArgumentException if it is negative
   */
  public ImportOptions withThreshold(int number) {
    return new ImportOptions(overrides, profile, profileName, reference, stills, number);
  }
}
