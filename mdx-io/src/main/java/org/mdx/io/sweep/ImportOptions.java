package org.mdx.io.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdx.geometry.Geometry;
import org.mdx.io.instrument.InstrumentProfile;

/**
 * Knowledge of images apart from their headers. Immutable: each method that takes a value returns
 * new options.
 */
public final class ImportOptions {
  private final InstrumentProfile overrides;
  private final InstrumentProfile profile;
  private final String profileName;
  private final Optional<Geometry> reference;
  private final boolean stills;
  private final int threshold;

  private ImportOptions(
      InstrumentProfile overrides,
      InstrumentProfile profile,
      String profileName,
      Optional<Geometry> reference,
      boolean stills,
      int threshold) {
    if (threshold < 0) {
      throw new IllegalArgumentException("threshold " + threshold + ", must be 1 or above");
    }
    this.overrides = overrides;
    this.profile = profile;
    this.profileName = profileName;
    this.reference = reference;
    this.stills = stills;
    this.threshold = threshold;
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

  /**
   * Values that win over everything else.
   *
   * @return the value
   */
  public InstrumentProfile overrides() {
    return overrides;
  }

  /**
   * Of the instrument; wins over headers.
   *
   * @return the value
   */
  public InstrumentProfile profile() {
    return profile;
  }

  /**
   * For reports, such as the name of its file.
   *
   * @return the value
   */
  public String profileName() {
    return profileName;
  }

  /**
   * A geometry whose beam, detector and goniometer win over profile and headers; empty if there is
   * none.
   *
   * @return the value
   */
  public Optional<Geometry> reference() {
    return reference;
  }

  /**
   * Whether the sample stood still, whatever the headers say.
   *
   * @return the value
   */
  public boolean stills() {
    return stills;
  }

  /**
   * Which of several thresholds of a detector, from 1; 0 where there is but one.
   *
   * @return the value
   */
  public int threshold() {
    return threshold;
  }

  private List<Object> values() {
    return List.of(overrides, profile, profileName, reference, stills, threshold);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ImportOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (!overrides.equals(InstrumentProfile.empty())) {
      parts.add("overrides " + overrides);
    }
    if (!profile.equals(InstrumentProfile.empty())) {
      parts.add(profileName + " " + profile);
    }
    reference.ifPresent(g -> parts.add("geometry as of " + g));
    if (stills) {
      parts.add("stills");
    }
    if (threshold > 0) {
      parts.add("threshold " + threshold);
    }
    return "ImportOptions[" + (parts.isEmpty() ? "headers alone" : String.join(", ", parts)) + "]";
  }
}
