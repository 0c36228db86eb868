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
 */
public record ImportOptions(
    InstrumentProfile overrides,
    InstrumentProfile profile,
    String profileName,
    Optional<Geometry> reference,
    boolean stills) {

  /**
   * Nothing but the headers.
   *
   * @return the options to change
   */
  public static ImportOptions defaults() {
    return new ImportOptions(
        InstrumentProfile.empty(), InstrumentProfile.empty(), "profile", Optional.empty(), false);
  }

  /**
   * With values that win over everything else.
   *
   * @param o the values
   * @return new options
   */
  public ImportOptions withOverrides(InstrumentProfile o) {
    return new ImportOptions(o, profile, profileName, reference, stills);
  }

  /**
   * With an instrument profile.
   *
   * @param p the profile
   * @param name for reports
   * @return new options
   */
  public ImportOptions withProfile(InstrumentProfile p, String name) {
    return new ImportOptions(overrides, p, name, reference, stills);
  }

  /**
   * With the beam, detector and goniometer of another sweep.
   *
   * @param g its geometry
   * @return new options
   */
  public ImportOptions withReference(Geometry g) {
    return new ImportOptions(overrides, profile, profileName, Optional.of(g), stills);
  }

  /**
   * With or without a rotating sample.
   *
   * @param s whether all images are stills
   * @return new options
   */
  public ImportOptions withStills(boolean s) {
    return new ImportOptions(overrides, profile, profileName, reference, s);
  }
}
