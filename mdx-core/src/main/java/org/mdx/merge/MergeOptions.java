package org.mdx.merge;

import java.util.List;
import java.util.Objects;

/** Options for merging. Immutable: each method that takes a value returns new options. */
public final class MergeOptions {
  private final double outlier;
  private final boolean mdx2Compatible;
  private final Split split;
  private final long seed;
  private final boolean strict;
  private final String intensity;
  private final String error;
  private final ErrorModel errorModel;

  private MergeOptions(
      double outlier,
      boolean mdx2Compatible,
      Split split,
      long seed,
      boolean strict,
      String intensity,
      String error,
      ErrorModel errorModel) {
    if (!(outlier > 0)) {
      throw new IllegalArgumentException(
          "outlier cutoff " + outlier + ", must be above 0 standard errors");
    }
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(intensity, "intensity");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(errorModel, "errorModel");
    this.outlier = outlier;
    this.mdx2Compatible = mdx2Compatible;
    this.split = split;
    this.seed = seed;
    this.strict = strict;
    this.intensity = intensity;
    this.error = error;
    this.errorModel = errorModel;
  }

  /**
   * No outlier rejection, no split, seed 0, columns intensity and intensity_error, variances of the
   * expected counts.
   *
   * @return the defaults
   */
  public static MergeOptions defaults() {
    return new MergeOptions(
        Double.POSITIVE_INFINITY,
        false,
        Split.NONE,
        0,
        false,
        "intensity",
        "intensity_error",
        ErrorModel.EXPECTED);
  }

  /**
   * Rejects outliers.
   *
   * @param cutoff in standard errors of the observation, above 0; infinite to keep all
   * @return new options
   * @throws IllegalArgumentException if the cutoff is not above 0
   */
  public MergeOptions outlier(double cutoff) {
    return new MergeOptions(
        cutoff, mdx2Compatible, split, seed, strict, intensity, error, errorModel);
  }

  /**
   * Follows the reference's conventions.
   *
   * @param value true for outliers on one side only and for {@link ErrorModel#COUNTED}
   * @return new options
   */
  public MergeOptions mdx2Compatible(boolean value) {
    return new MergeOptions(outlier, value, split, seed, strict, intensity, error, errorModel);
  }

  /**
   * Merges two groups apart as well.
   *
   * @param value how they are chosen
   * @return new options
   */
  public MergeOptions split(Split value) {
    return new MergeOptions(
        outlier, mdx2Compatible, value, seed, strict, intensity, error, errorModel);
  }

  /**
   * Chooses other random halves.
   *
   * @param value any number
   * @return new options
   */
  public MergeOptions seed(long value) {
    return new MergeOptions(
        outlier, mdx2Compatible, split, value, strict, intensity, error, errorModel);
  }

  /**
   * Refuses invalid rows instead of leaving them out.
   *
   * @param value true to refuse
   * @return new options
   */
  public MergeOptions strict(boolean value) {
    return new MergeOptions(
        outlier, mdx2Compatible, split, seed, value, intensity, error, errorModel);
  }

  /**
   * Merges other columns.
   *
   * @param intensityColumn name of the values' column
   * @param errorColumn name of the column of their standard errors
   * @return new options
   */
  public MergeOptions columns(String intensityColumn, String errorColumn) {
    return new MergeOptions(
        outlier, mdx2Compatible, split, seed, strict, intensityColumn, errorColumn, errorModel);
  }

  /**
   * Takes variances from elsewhere.
   *
   * @param value where from
   * @return new options
   */
  public MergeOptions errorModel(ErrorModel value) {
    return new MergeOptions(outlier, mdx2Compatible, split, seed, strict, intensity, error, value);
  }

  /**
   * Observations further than this many of their own standard errors from the merged value are left
   * out and the rest is merged again; infinite to keep all.
   *
   * @return the value
   */
  public double outlier() {
    return outlier;
  }

  /**
   * Reject outliers on one side only, where merged − observed is positive, take variances from the
   * error column, and keep observations whose error is below 0, as it is after a scale below 0
   * (there the other side is rejected); all as mdx2 does.
   *
   * @return the value
   */
  public boolean mdx2Compatible() {
    return mdx2Compatible;
  }

  /**
   * Groups to merge apart as well.
   *
   * @return the value
   */
  public Split split() {
    return split;
  }

  /**
   * Of the random halves.
   *
   * @return the value
   */
  public long seed() {
    return seed;
  }

  /**
   * Refuse rows without a valid intensity and error instead of leaving them out.
   *
   * @return the value
   */
  public boolean strict() {
    return strict;
  }

  /**
   * Column to merge.
   *
   * @return the value
   */
  public String intensity() {
    return intensity;
  }

  /**
   * Column of its standard error.
   *
   * @return the value
   */
  public String error() {
    return error;
  }

  /**
   * Where variances come from; {@link ErrorModel#COUNTED} if {@code mdx2Compatible}.
   *
   * @return the value
   */
  public ErrorModel errorModel() {
    return errorModel;
  }

  private List<Object> values() {
    return List.of(outlier, mdx2Compatible, split, seed, strict, intensity, error, errorModel);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MergeOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "MergeOptions["
        + "outlier="
        + outlier
        + ", mdx2Compatible="
        + mdx2Compatible
        + ", split="
        + split
        + ", seed="
        + seed
        + ", strict="
        + strict
        + ", intensity="
        + intensity
        + ", error="
        + error
        + ", errorModel="
        + errorModel
        + "]";
  }
}
