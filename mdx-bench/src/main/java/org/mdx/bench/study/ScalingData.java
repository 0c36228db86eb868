package org.mdx.bench.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mdx.Mdx;
import org.mdx.correct.BackgroundOptions;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.merge.MergeOptions;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.Integrated;
import org.mdx.pipeline.Sweep;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.sim.SweepFactors;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;

/**
 * Simulated sweeps of a cubic crystal, every second one indexed the other way, through the pipeline
 * up to corrected intensities that agree in their indexing; and the truth behind them.
 */
final class ScalingData {
  private static final ChangeOfBasis OTHER_WAY = ChangeOfBasis.of("-z,-y,-x");

  final Simulation simulation;
  final Parallel parallel = Parallel.available();

  ScalingData(SimulationOptions options) {
    simulation = Simulation.of(options);
  }

  /** The same sweeps in exposures so many times as long, the background's too. */
  static SimulationOptions exposed(SimulationOptions options, double times) {
    return options
        .withFrames(options.frames(), options.frameWidth(), options.exposure() * times)
        .withBackground(
            options.backgroundFrames(),
            options.backgroundFrameWidth(),
            options.backgroundExposure() * times);
  }

  /** How to treat the images. */
  enum Mode {
    /** The defaults throughout. */
    DEFAULT,
    /** Pixels where they are, but errors as mdx2 has them. */
    COUNTED_ERRORS,
    /** mdx2's conventions throughout. */
    COMPATIBLE
  }

  /** As they are counted. */
  Corrected observe(Mode mode, Artefacts artefacts) {
    return reduce(mode, artefacts, true);
  }

  /** Without noise, in the default mode. */
  Corrected expect() {
    return reduce(Mode.DEFAULT, Artefacts.NONE, false);
  }

  private Corrected reduce(Mode mode, Artefacts artefacts, boolean noise) {
    List<Sweep> sweeps = new ArrayList<>();
    for (int i = 0; i < simulation.sweeps().size(); i++) {
      SimulatedSweep sweep = simulation.sweeps().get(i);
      ImageSeries series = noise ? artefacts.on(sweep.series(), i) : StudyData.noiseless(sweep);
      Sweep s = Sweep.of(series);
      sweeps.add(i % 2 == 0 ? s : s.reindexed(OTHER_WAY, s.crystal().spaceGroup()));
    }
    SimulatedSweep blank = simulation.background();
    double sigma = simulation.model().parameters().peakSigma() * simulation.options().cell().a();
    BraggMask mask =
        new BraggMask(
            new PeakModel(Vec3.ZERO, Mat3.diagonal(sigma, sigma, sigma)),
            StudyData.MASKED,
            Integer.MAX_VALUE,
            false,
            false);
    Integrated integrated =
        Mdx.sweeps(sweeps)
            .parallel(parallel)
            .conventions(mode == Mode.COMPATIBLE ? Conventions.MDX2 : Conventions.STANDARD)
            .background(
                noise ? blank.series() : StudyData.noiseless(blank),
                b ->
                    BackgroundOptions.defaults()
                        .conventions(
                            mode == Mode.COMPATIBLE ? Conventions.MDX2 : Conventions.STANDARD))
            .mask(Collections.nCopies(sweeps.size(), mask))
            .integrate(i -> i.subdivide(3, 3, 3));
    Corrected corrected =
        mode == Mode.COUNTED_ERRORS
            ? integrated.correct(c -> c.conventions(Conventions.MDX2))
            : integrated.correct();
    Corrected resolved = corrected.resolveAmbiguity();
    for (int i = 0; i < sweeps.size(); i++) {
      boolean turned = i % 2 == 1;
      ChangeOfBasis found = resolved.reindexing().orElseThrow().operator(i);
      if (!found.equals(turned ? OTHER_WAY : ChangeOfBasis.IDENTITY)) {
        throw new IllegalStateException(
            "sweep " + i + " indexed wrongly:\n" + resolved.reindexing().orElseThrow().toText());
      }
    }
    return resolved;
  }

  /** True factors at one observation. */
  record Factors(double a, double b, double c, double d) {}

  /** True factors of a sweep at a pixel and an angle. */
  static Factors factors(SimulatedSweep sweep, double phi, double ix, double iy) {
    SweepFactors f = sweep.factors();
    Vec3 s = sweep.geometry().scatteringVector(0, ix + 0.5, iy + 0.5);
    return new Factors(
        f.absorption(s, phi),
        f.scale(phi),
        f.offset(s.norm(), phi),
        sweep.detectorFactor(0, (int) Math.rint(ix), (int) Math.rint(iy)));
  }

  /** Corrected intensities put on the merged scale with the true factors. */
  List<HKLTable> onTrueScale(Corrected corrected) {
    List<HKLTable> out = new ArrayList<>();
    for (int t = 0; t < corrected.tables().size(); t++) {
      out.add(onTrueScale(simulation.sweeps().get(t), corrected.tables().get(t)));
    }
    return out;
  }

  private static HKLTable onTrueScale(SimulatedSweep sweep, HKLTable table) {
    String[] names = {
      ColumnNames.INTENSITY,
      ColumnNames.INTENSITY_ERROR,
      ColumnNames.BACKGROUND_VARIANCE,
      ColumnNames.VARIANCE_PER_INTENSITY
    };
    float[][] out = new float[names.length][table.rows()];
    Column phi = table.column(ColumnNames.PHI);
    for (int i = 0; i < table.rows(); i++) {
      Factors f =
          factors(
              sweep,
              phi.get(i),
              table.column(ColumnNames.IX).get(i),
              table.column(ColumnNames.IY).get(i));
      double scale = f.a * f.b * f.d;
      double offset = f.c / f.b;
      double v0 = table.column(names[2]).get(i);
      double v1 = table.column(names[3]).get(i);
      out[0][i] = (float) (table.column(names[0]).get(i) / scale - offset);
      out[1][i] = (float) (table.column(names[1]).get(i) / scale);
      out[2][i] = (float) ((v0 + v1 * scale * offset) / (scale * scale));
      out[3][i] = (float) (v1 / scale);
    }
    HKLTable t = table;
    for (int c = 0; c < names.length; c++) {
      t = t.with(names[c], FloatColumn.of(out[c]));
    }
    return t;
  }

  /** Merged with the true factors. */
  HKLTable ideal(Corrected corrected) {
    Crystal crystal = corrected.sweeps().get(0).crystal();
    return Corrected.of(crystal, onTrueScale(corrected), parallel)
        .merge(m -> MergeOptions.defaults())
        .table();
  }

  /** True intensity of each voxel of a merged table, NaN where the whole voxel was masked. */
  double[] truth(HKLTable merged) {
    double[] truth = new double[merged.rows()];
    double excluded = StudyData.MASKED * simulation.model().parameters().peakSigma();
    HKLGroups groups = merged.groups();
    int block = 1024;
    parallel.forEach(
        (truth.length + block - 1) / block,
        b -> {
          for (int g = b * block; g < Math.min(truth.length, (b + 1) * block); g++) {
            truth[groups.row(groups.start(g))] =
                simulation
                    .model()
                    .voxel(groups.h(g), groups.k(g), groups.l(g), merged.ndiv(), excluded, 4);
          }
        });
    return truth;
  }
}
