package org.mdx.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/**
 * Fits scaling models to the corrected intensities of several sweeps.
 *
 * <p>Each cycle merges with the terms as they are and fits one term by linear least squares with
 * the merged intensities fixed: minimise |A u − y|² + Σ αₖ|Bₖ u|², where the rows of A hold the
 * weights of linear interpolation. Terms are refined in the order b, b and c, c, d, a, until χ²
 * does not fall any more; after each kind outliers are left out (Meisburger and Ando, Acta Cryst.
 * D80, 299, 2024).
 *
 * <p>Memory: 26 bytes for each observation that takes part (34 where errors follow the expected
 * intensity), besides the tables and 12 bytes for each of their rows while they are grouped.
 */
public final class ScalingRefiner {
  private final ScalingOptions options;

  private ScalingRefiner(ScalingOptions options) {
    this.options = options;
  }

  /**
   * A refiner.
   *
   * @param options which terms, how smooth, how long
   * @return the refiner
   * @throws IllegalArgumentException if no term is enabled
   */
  public static ScalingRefiner of(ScalingOptions options) {
    if (!options.scale().enabled()
        && !options.offset().enabled()
        && !options.detector().enabled()
        && !options.absorption().enabled()) {
      throw new IllegalArgumentException("no term of the scaling model is enabled");
    }
    return new ScalingRefiner(options);
  }

  /**
   * Refines the models of all sweeps together.
   *
   * @param tables one for each sweep, mapped to the asymmetric unit: columns {@code intensity
   *     intensity_error phi s ix iy}, and {@code panel} if there are several
   * @param parallel threads; the result does not depend on them
   * @param progress told of each cycle
   * @return a model for each table and what was done
   * @throws IllegalArgumentException if there is no table, a column is missing or subdivisions
   *     differ
   * @throws NothingToScaleException if no voxel has two valid observations
   */
  public Scaling refine(List<HKLTable> tables, Parallel parallel, Progress progress) {
    requireAlike(tables);
    boolean expected = !options.mdx2Compatible() && ObservationBlocks.haveVariances(tables);
    ObservationBlocks data = ObservationBlocks.gather(tables, expected, parallel);
    if (data.blocks.isEmpty()) {
      throw new NothingToScaleException(
          "nothing to scale against: of "
              + data.rows
              + " observations in "
              + tables.size()
              + " tables "
              + data.invalid
              + " are invalid and no voxel has two that are valid; scaling needs voxels measured"
              + " more than once, by symmetry or in several sweeps");
    }
    Terms terms = new ControlPoints(options, data, tables).terms();
    Steps steps = new Steps(progress);
    if (options.prescale().enabled()) {
      ObservationBlocks part = ObservationBlocks.gather(subsets(tables), expected, parallel);
      if (!part.blocks.isEmpty()) {
        PrescaleOptions p = options.prescale();
        steps.run(
            new Refinement(part, terms, options, parallel),
            "prescale ",
            p.scale(),
            p.offset(),
            p.detector(),
            p.absorption());
      }
    }
    Refinement refinement = new Refinement(data, terms, options, parallel);
    long outliers = steps.run(refinement, "", true, true, true, true);
    for (int round = 2; round <= options.rounds() && !options.mdx2Compatible(); round++) {
      refinement.readmit();
      outliers = steps.run(refinement, "round " + round + " ", true, true, true, true);
    }
    if (!options.mdx2Compatible()) {
      refinement.normalise();
    }
    return new Scaling(
        models(terms, tables.size()),
        steps.cycles,
        data.rows,
        data.invalid,
        data.singletons,
        outliers);
  }

  private static void requireAlike(List<HKLTable> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("no table to scale");
    }
    for (HKLTable t : tables) {
      if (!t.ndiv().equals(tables.get(0).ndiv())) {
        throw new IllegalArgumentException(
            "tables subdivided "
                + tables.get(0).ndiv()
                + " and "
                + t.ndiv()
                + " have no voxels in common");
      }
    }
  }

  /** Every so manieth row of each table, and shells of s in place of voxels if so wanted. */
  private List<HKLTable> subsets(List<HKLTable> tables) {
    List<HKLTable> parts = new ArrayList<>();
    int every = options.prescale().subsample();
    for (HKLTable table : tables) {
      int[] rows = new int[(table.rows() + every - 1) / every];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i * every;
      }
      HKLTable part = table.select(rows);
      if (options.prescale().isotropic()) {
        Column s = part.column("s");
        int[] shell = new int[part.rows()];
        for (int i = 0; i < shell.length; i++) {
          shell[i] = (int) Math.floor(1000 * s.get(i));
        }
        IntColumn zero = IntColumn.of(new int[shell.length]);
        part = part.reindexed(IntColumn.of(shell), zero, zero);
      }
      parts.add(part);
    }
    return parts;
  }

  private static List<ScalingModel> models(Terms terms, int sweeps) {
    DetectorTerm d = terms.d == null ? null : new DetectorTerm(terms.d.toGrid());
    List<ScalingModel> models = new ArrayList<>();
    for (int t = 0; t < sweeps; t++) {
      ScalingModel model = d == null ? ScalingModel.IDENTITY : ScalingModel.of(d);
      if (terms.a[t] != null) {
        model = model.with(new AbsorptionTerm(terms.a[t].toGrid()));
      }
      if (terms.b[t] != null) {
        model = model.with(new ScaleTerm(terms.b[t].toGrid()));
      }
      if (terms.c[t] != null) {
        model = model.with(new OffsetTerm(terms.c[t].toGrid()));
      }
      models.add(model);
    }
    return models;
  }

  /** The kinds of cycles, one after the other, and their record. */
  private final class Steps {
    final List<Scaling.Cycle> cycles = new ArrayList<>();
    private final Progress progress;

    Steps(Progress progress) {
      this.progress = progress;
    }

    /** Runs all kinds that are enabled and wanted; returns the outliers of all. */
    long run(Refinement r, String prefix, boolean b, boolean c, boolean d, boolean a) {
      boolean scale = b && options.scale().enabled();
      boolean offset = c && options.offset().enabled();
      long outliers = 0;
      if (scale) {
        outliers += run(r, prefix + "b", options.scale(), () -> r.fit(Terms.Kind.B, true));
      }
      if (scale && offset) {
        outliers +=
            run(
                r,
                prefix + "b+c",
                options.offset(),
                () -> {
                  r.fit(Terms.Kind.C, true);
                  return r.fit(Terms.Kind.B, false);
                });
      }
      if (offset) {
        outliers += run(r, prefix + "c", options.offset(), () -> r.fit(Terms.Kind.C, true));
      }
      if (d && options.detector().enabled()) {
        outliers += run(r, prefix + "d", options.detector(), () -> r.fit(Terms.Kind.D, true));
      }
      if (a && options.absorption().enabled()) {
        outliers += run(r, prefix + "a", options.absorption(), () -> r.fit(Terms.Kind.A, true));
      }
      return outliers;
    }

    private long run(Refinement r, String name, TermOptions o, DoubleSupplier fit) {
      double last = Double.POSITIVE_INFINITY;
      int number = 0;
      boolean more = true;
      while (more && number < o.cycles()) {
        double chiSquare = fit.getAsDouble();
        cycles.add(new Scaling.Cycle(name, ++number, chiSquare, 0));
        progress.advance("scale " + name, number, o.cycles());
        more = last - chiSquare >= o.tolerance();
        last = chiSquare;
      }
      long outliers = o.outlier() < Double.POSITIVE_INFINITY ? r.reject(o.outlier()) : 0;
      cycles.set(cycles.size() - 1, new Scaling.Cycle(name, number, last, outliers));
      return outliers;
    }
  }
}
