package org.mdx.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mdx.geometry.Conventions;
import org.mdx.math.GridAxis;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

/**
 * The dependence of the intensities of one sweep on the place and time of their measurement:
 *
 * <pre>
 * I = a d (b M + c) = s (M + o),   s = a b d,   o = c/b
 * </pre>
 *
 * with the merged intensity M, absorption a(ix, iy, φ), scale b(φ), offset c(s, φ) and detector
 * d(ix, iy). A term that is not there is 1 (a, b, d) or 0 (c). Where a coordinate lies outside the
 * control points of a term the model is NaN, and the observation contributes nothing. Immutable.
 */
public final class ScalingModel {
  /** No term at all: scale 1, offset 0. */
  public static final ScalingModel IDENTITY = new ScalingModel(null, null, null, null, null);

  private static final int CHUNK = 1 << 14;

  private final AbsorptionTerm absorption;
  private final ScaleTerm scale;
  private final OffsetTerm offset;
  private final DetectorTerm detector;
  private final SweepMark mark;

  private ScalingModel(
      AbsorptionTerm absorption,
      ScaleTerm scale,
      OffsetTerm offset,
      DetectorTerm detector,
      SweepMark mark) {
    this.mark = mark;
    this.absorption = absorption;
    this.scale = scale;
    this.offset = offset;
    this.detector = detector;
  }

  /**
   * A model of some terms.
   *
   * @param terms at most one of each kind
   * @return the model
   * @throws IllegalArgumentException if there are two of one kind
   */
  public static ScalingModel of(ScalingTerm... terms) {
    ScalingModel model = IDENTITY;
    for (ScalingTerm term : terms) {
      if (model.terms().stream().anyMatch(t -> t.getClass() == term.getClass())) {
        throw new IllegalArgumentException("two terms of one kind: " + term);
      }
      model = model.with(term);
    }
    return model;
  }

  /**
   * This model with a term added or replaced.
   *
   * @param term the term
   * @return a new model
   */
  public ScalingModel with(ScalingTerm term) {
    if (term instanceof AbsorptionTerm a) {
      return new ScalingModel(a, scale, offset, detector, mark);
    } else if (term instanceof ScaleTerm b) {
      return new ScalingModel(absorption, b, offset, detector, mark);
    } else if (term instanceof OffsetTerm c) {
      return new ScalingModel(absorption, scale, c, detector, mark);
    }
    return new ScalingModel(absorption, scale, offset, (DetectorTerm) term, mark);
  }

  /**
   * This model without a kind of term.
   *
   * @param kind class of the term
   * @return a new model; this one if it has no such term
   */
  public ScalingModel without(Class<? extends ScalingTerm> kind) {
    return new ScalingModel(
        kind == AbsorptionTerm.class ? null : absorption,
        kind == ScaleTerm.class ? null : scale,
        kind == OffsetTerm.class ? null : offset,
        kind == DetectorTerm.class ? null : detector,
        mark);
  }

  /**
   * By which the sweep is known again that the model was refined on.
   *
   * @return its mark; empty if the model comes from elsewhere
   */
  public Optional<SweepMark> mark() {
    return Optional.ofNullable(mark);
  }

  /**
   * This model for one sweep alone.
   *
   * @param sweep the mark of the sweep that it was refined on
   * @return a new model, which refuses tables of other sweeps
   */
  public ScalingModel withMark(SweepMark sweep) {
    return new ScalingModel(absorption, scale, offset, detector, Objects.requireNonNull(sweep));
  }

  /**
   * This model for whatever it is applied to, such as another table of the same sweep.
   *
   * @return a new model without a mark
   */
  public ScalingModel withoutMark() {
    return new ScalingModel(absorption, scale, offset, detector, null);
  }

  /** Refuses the table of another sweep than the model's. */
  private void requireOf(HKLTable table) {
    if (mark != null) {
      mark.requireOf(table);
      return;
    }
    ControlGrid grid = scale != null ? scale.grid() : absorption == null ? null : absorption.grid();
    if (grid == null || table.rows() == 0) {
      return;
    }
    GridAxis phi = grid.axes().get(scale != null ? 0 : 2);
    double low = phi.get(0);
    double high = phi.get(phi.size() - 1);
    double margin = phi.size() == 1 ? Double.POSITIVE_INFINITY : phi.get(1) - low;
    Column at = table.column(ColumnNames.PHI);
    long outside = 0;
    for (int i = 0; i < at.size(); i++) {
      outside += at.get(i) < low - margin || at.get(i) > high + margin ? 1 : 0;
    }
    if (outside > at.size() / 2) {
      throw new IllegalArgumentException(
          "the scaling model reaches from φ = "
              + low
              + "° to "
              + high
              + "°, and "
              + outside
              + " of "
              + at.size()
              + " observations of the table lie beyond: they belong to different sweeps; give models"
              + " and tables in the same order");
    }
  }

  /**
   * The absorption.
   *
   * @return empty if there is none
   */
  public Optional<AbsorptionTerm> absorption() {
    return Optional.ofNullable(absorption);
  }

  /**
   * The scale.
   *
   * @return empty if there is none
   */
  public Optional<ScaleTerm> scale() {
    return Optional.ofNullable(scale);
  }

  /**
   * The offset.
   *
   * @return empty if there is none
   */
  public Optional<OffsetTerm> offset() {
    return Optional.ofNullable(offset);
  }

  /**
   * The detector term.
   *
   * @return empty if there is none
   */
  public Optional<DetectorTerm> detector() {
    return Optional.ofNullable(detector);
  }

  /**
   * All terms.
   *
   * @return those that are there, in the order a, b, c, d
   */
  public List<ScalingTerm> terms() {
    List<ScalingTerm> terms = new ArrayList<>();
    absorption().ifPresent(terms::add);
    scale().ifPresent(terms::add);
    offset().ifPresent(terms::add);
    detector().ifPresent(terms::add);
    return terms;
  }

  /**
   * Absorption.
   *
   * @param panel number of the panel
   * @param ix pixel number along fast
   * @param iy pixel number along slow
   * @param phi degrees
   * @return a, 1 without the term, NaN outside it
   */
  public double a(int panel, double ix, double iy, double phi) {
    return absorption == null ? 1 : absorption.grid().at(panel, ix, iy, phi);
  }

  /**
   * Scale.
   *
   * @param phi degrees
   * @return b, 1 without the term, NaN outside it
   */
  public double b(double phi) {
    return scale == null ? 1 : scale.grid().at(phi);
  }

  /**
   * Offset.
   *
   * @param s Å⁻¹
   * @param phi degrees
   * @return c, 0 without the term, NaN outside it
   */
  public double c(double s, double phi) {
    return offset == null ? 0 : offset.grid().at(0, s, phi);
  }

  /**
   * Detector.
   *
   * @param panel number of the panel
   * @param ix pixel number along fast
   * @param iy pixel number along slow
   * @return d, 1 without the term, NaN outside it
   */
  public double d(int panel, double ix, double iy) {
    return detector == null ? 1 : detector.grid().at(panel, ix, iy);
  }

  /**
   * Puts corrected intensities on the merged scale: intensity/s − o and intensity_error/s. Where
   * the columns {@code background_variance} and {@code variance_per_intensity} are there, they are
   * carried to the new scale as well.
   *
   * @param table columns {@code intensity intensity_error phi s ix iy}, and {@code panel} if there
   *     are several
   * @param parallel threads; the result does not depend on them
   * @return the same rows, NaN where the model has no value or no positive scale
   * @throws IllegalArgumentException if a column is missing, or the table comes from another sweep
   *     than the model
   */
  public HKLTable apply(HKLTable table, Parallel parallel) {
    return apply(table, parallel, Conventions.STANDARD);
  }

  /**
   * Puts corrected intensities on the merged scale, on request as mdx2 does: there an observation
   * outside the control points of the offset has none, and only one outside those of another term
   * is NaN. (Offsets span the lengths of s of observations that share a voxel with others; a few
   * voxels that were seen once lie beyond.) A scale below 0, which mdx2's detector term can have
   * where there are few data, then counts like any other, and the error has its sign.
   *
   * @param table as above
   * @param parallel threads; the result does not depend on them
   * @param conventions whose
   * @return the same rows
   * @throws IllegalArgumentException if a column is missing, or the table comes from another sweep
   *     than the model
   */
  public HKLTable apply(HKLTable table, Parallel parallel, Conventions conventions) {
    if (terms().isEmpty()) {
      return table;
    }
    requireOf(table);
    return new Application(this, table, conventions).run(parallel, CHUNK);
  }

  /**
   * Observations that {@link #apply(HKLTable, Parallel)} leaves without an intensity because their
   * scale is 0 or less, those left out that had no valid intensity anyway.
   *
   * @param table as for apply
   * @return how many of its rows
   * @throws IllegalArgumentException if a column is missing
   */
  public long withoutPositiveScale(HKLTable table) {
    if (terms().isEmpty()) {
      return 0;
    }
    Application a = new Application(this, table, Conventions.STANDARD);
    long n = 0;
    for (int i = 0; i < table.rows(); i++) {
      boolean valid = Double.isFinite(a.intensity.get(i)) && a.error.get(i) > 0;
      n += valid && a.scale(i) <= 0 ? 1 : 0;
    }
    return n;
  }

  /** One table on its way to the merged scale. */
  private static final class Application {
    private static final String[] CARRIED = {
      ColumnNames.BACKGROUND_VARIANCE, ColumnNames.VARIANCE_PER_INTENSITY
    };

    private final ScalingModel model;
    private final HKLTable table;
    private final Conventions conventions;
    private final Column phi;
    private final Column s;
    private final Column ix;
    private final Column iy;
    private final Column panel;
    private final Column intensity;
    private final Column error;
    private final Column fixed;
    private final Column slope;
    private final float[][] out;

    Application(ScalingModel model, HKLTable table, Conventions conventions) {
      this.model = model;
      this.table = table;
      this.conventions = conventions;
      phi = table.column(ColumnNames.PHI);
      s = table.column(ColumnNames.S);
      ix = table.column(ColumnNames.IX);
      iy = table.column(ColumnNames.IY);
      panel = table.has(ColumnNames.PANEL) ? table.column(ColumnNames.PANEL) : null;
      intensity = table.column(ColumnNames.INTENSITY);
      error = table.column(ColumnNames.INTENSITY_ERROR);
      boolean carried = table.has(CARRIED[0]) && table.has(CARRIED[1]);
      fixed = carried ? table.column(CARRIED[0]) : null;
      slope = carried ? table.column(CARRIED[1]) : null;
      out = new float[carried ? 4 : 2][table.rows()];
    }

    HKLTable run(Parallel parallel, int chunk) {
      int rows = table.rows();
      parallel.forEach(
          (rows + chunk - 1) / chunk,
          n -> {
            int to = Math.min(rows, (n + 1) * chunk);
            for (int i = n * chunk; i < to; i++) {
              row(i);
            }
          });
      HKLTable t =
          table
              .with(ColumnNames.INTENSITY, FloatColumn.adopt(out[0]))
              .with(ColumnNames.INTENSITY_ERROR, FloatColumn.adopt(out[1]));
      return slope == null
          ? t
          : t.with(CARRIED[0], FloatColumn.adopt(out[2]))
              .with(CARRIED[1], FloatColumn.adopt(out[3]));
    }

    private double scale(int i) {
      double angle = phi.get(i);
      return scale(i, angle, model.b(angle));
    }

    private double scale(int i, double angle, double b) {
      int p = panel == null ? 0 : (int) panel.get(i);
      double x = ix.get(i);
      double y = iy.get(i);
      return model.a(p, x, y, angle) * b * model.d(p, x, y);
    }

    private void row(int i) {
      double angle = phi.get(i);
      double b = model.b(angle);
      double scale = scale(i, angle, b);
      double c = model.c(s.get(i), angle);
      double offset = (conventions.isMdx2() && Double.isNaN(c) ? 0 : c) / b;
      if (!(scale > 0 || conventions.isMdx2() && scale < 0)) {
        scale = Double.NaN;
      }
      out[0][i] = (float) (intensity.get(i) / scale - offset);
      out[1][i] = (float) (error.get(i) / scale);
      if (slope != null) {
        double v = fixed.get(i) + slope.get(i) * scale * offset;
        out[2][i] = (float) (v / (scale * scale));
        out[3][i] = (float) (slope.get(i) / scale);
      }
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ScalingModel m && terms().equals(m.terms());
  }

  @Override
  public int hashCode() {
    return terms().hashCode();
  }

  @Override
  public String toString() {
    return "ScalingModel" + terms();
  }
}
