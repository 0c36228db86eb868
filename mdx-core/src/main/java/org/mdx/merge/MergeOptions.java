package org.mdx.merge;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.mdx.geometry.Conventions;
import org.mdx.internal.options.Draft;
import org.mdx.table.ColumnNames;

/** Options for merging. Immutable: each method that takes a value returns new options. */
public final class MergeOptions {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private double outlier = Double.POSITIVE_INFINITY;
    private Conventions conventions = Conventions.STANDARD;
    private Split split = Split.NONE;
    private long seed;
    private boolean strict;
    private String intensity = ColumnNames.INTENSITY;
    private String error = ColumnNames.INTENSITY_ERROR;
    private ErrorModel errorModel = ErrorModel.EXPECTED;
  }

  private MergeOptions(Fields f) {
    if (!(f.outlier > 0)) {
      throw new IllegalArgumentException(
          "outlier cutoff " + f.outlier + ", must be above 0 standard errors");
    }
    Objects.requireNonNull(f.split, "split");
    Objects.requireNonNull(f.intensity, "intensity");
    Objects.requireNonNull(f.error, "error");
    Objects.requireNonNull(f.errorModel, "errorModel");
    this.f = f;
  }

  private MergeOptions with(Consumer<Fields> change) {
    return new MergeOptions(f.with(change));
  }

  /**
   * No outlier rejection, no split, seed 0, columns intensity and intensity_error, variances of the
   * expected counts.
   *
   * @return the defaults
   */
  public static MergeOptions defaults() {
    return new MergeOptions(new Fields());
  }

  /**
   * Rejects outliers.
   *
   * @param cutoff in standard errors of the observation, above 0; infinite to keep all
   * @return new options
   * @throws IllegalArgumentException if the cutoff is not above 0
   */
  public MergeOptions outlier(double cutoff) {
    return with(o -> o.outlier = cutoff);
  }

  /**
   * Merges by other conventions.
   *
   * @param value whose; mdx2's imply {@link ErrorModel#COUNTED}
   * @return new options
   */
  public MergeOptions conventions(Conventions value) {
    return with(o -> o.conventions = value);
  }

  /**
   * Merges two groups apart as well.
   *
   * @param value how they are chosen
   * @return new options
   */
  public MergeOptions split(Split value) {
    return with(o -> o.split = value);
  }

  /**
   * Chooses other random halves.
   *
   * @param value any number
   * @return new options
   */
  public MergeOptions seed(long value) {
    return with(o -> o.seed = value);
  }

  /**
   * Refuses invalid rows instead of leaving them out.
   *
   * @param value true to refuse
   * @return new options
   */
  public MergeOptions strict(boolean value) {
    return with(o -> o.strict = value);
  }

  /**
   * Merges other columns.
   *
   * @param intensityColumn name of the values' column
   * @param errorColumn name of the column of their standard errors
   * @return new options
   */
  public MergeOptions columns(String intensityColumn, String errorColumn) {
    return with(
        o -> {
          o.intensity = intensityColumn;
          o.error = errorColumn;
        });
  }

  /**
   * Takes variances from elsewhere.
   *
   * @param value where from
   * @return new options
   */
  public MergeOptions errorModel(ErrorModel value) {
    return with(o -> o.errorModel = value);
  }

  /**
   * Observations further than this many of their own standard errors from the merged value are left
   * out and the rest is merged again; infinite to keep all.
   *
   * @return the value
   */
  public double outlier() {
    return f.outlier;
  }

  /**
   * Whose conventions to follow. Those of mdx2 reject outliers on one side only, where merged −
   * observed is positive, take variances from the error column, and keep observations whose error
   * is below 0, as it is after a scale below 0 (there the other side is rejected).
   *
   * @return the value
   */
  public Conventions conventions() {
    return f.conventions;
  }

  /**
   * Groups to merge apart as well.
   *
   * @return the value
   */
  public Split split() {
    return f.split;
  }

  /**
   * Of the random halves.
   *
   * @return the value
   */
  public long seed() {
    return f.seed;
  }

  /**
   * Refuse rows without a valid intensity and error instead of leaving them out.
   *
   * @return the value
   */
  public boolean strict() {
    return f.strict;
  }

  /**
   * Column to merge.
   *
   * @return the value
   */
  public String intensity() {
    return f.intensity;
  }

  /**
   * Column of its standard error.
   *
   * @return the value
   */
  public String error() {
    return f.error;
  }

  /**
   * Where variances come from; {@link ErrorModel#COUNTED} with {@link Conventions#MDX2}.
   *
   * @return the value
   */
  public ErrorModel errorModel() {
    return f.errorModel;
  }

  private List<Object> values() {
    return List.of(
        f.outlier, f.conventions, f.split, f.seed, f.strict, f.intensity, f.error, f.errorModel);
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
        + f.outlier
        + ", conventions="
        + f.conventions
        + ", split="
        + f.split
        + ", seed="
        + f.seed
        + ", strict="
        + f.strict
        + ", intensity="
        + f.intensity
        + ", error="
        + f.error
        + ", errorModel="
        + f.errorModel
        + "]";
  }
}
