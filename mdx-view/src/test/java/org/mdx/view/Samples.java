package org.mdx.view;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.List;
import java.util.Optional;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.image.ImageSeries;
import org.mdx.math.GridAxis;
import org.mdx.scale.AbsorptionTerm;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Values to view, made by formulas. */
final class Samples {
  /** Hexagonal, so that planes across l are skewed by 60°. */
  static final UnitCell CELL = new UnitCell(30, 30, 48, 90, 90, 120);

  /** P 6₃: 0 0 l with odd l is absent. */
  static final SpaceGroup GROUP = SpaceGroup.ofNumber(173);

  static final Subdivision NDIV = new Subdivision(3, 3, 3);

  private static final double REACH = 0.25;

  private Samples() {}

  /** A quantity of a voxel that symmetry does not change: it follows from s and l alone. */
  static float intensity(double h, double k, double l) {
    double s2 = (h * h + h * k + k * k) / (30.0 * 30.0 * 0.75) + l * l / (48.0 * 48.0);
    return (float) (20 * Math.exp(-s2 / 0.02) + 3 * Math.cos(2 * Math.PI * l) + 5);
  }

  /** A merged table of one asymmetric unit with all columns. */
  static HKLTable table() {
    ReciprocalAsu asu = GROUP.asu().subdivided(3, 3, 3);
    IntArrayList h = new IntArrayList();
    IntArrayList k = new IntArrayList();
    IntArrayList l = new IntArrayList();
    FloatArrayList intensity = new FloatArrayList();
    int n = 24;
    for (int i = -n; i <= n; i++) {
      for (int j = -n; j <= n; j++) {
        for (int m = -n; m <= n; m++) {
          double s =
              Math.sqrt(
                  (i * i + i * j + j * j) / 9.0 / (30.0 * 30.0 * 0.75)
                      + m * m / 9.0 / (48.0 * 48.0));
          if (asu.contains(i, j, m) && s <= REACH) {
            h.add(i);
            k.add(j);
            l.add(m);
            intensity.add(intensity(i / 3.0, j / 3.0, m / 3.0));
          }
        }
      }
    }
    int rows = h.size();
    float[] error = new float[rows];
    float[] first = new float[rows];
    float[] second = new float[rows];
    int[] count = new int[rows];
    for (int i = 0; i < rows; i++) {
      error[i] = 0.5f + i % 7 * 0.25f;
      first[i] = intensity.getFloat(i) + (i % 5 - 2) * 0.125f;
      second[i] = 2 * intensity.getFloat(i) - first[i];
      count[i] = 1 + i % 11;
    }
    return HKLTable.of(
            NDIV,
            IntColumn.of(h.toIntArray()),
            IntColumn.of(k.toIntArray()),
            IntColumn.of(l.toIntArray()))
        .with("intensity", FloatColumn.of(intensity.toFloatArray()))
        .with("intensity_error", FloatColumn.of(error))
        .with("count", IntColumn.of(count))
        .with("group_0_intensity", FloatColumn.of(first))
        .with("group_1_intensity", FloatColumn.of(second));
  }

  static ViewedMap map(String name) {
    return ViewedMap.of(name, table(), CELL, Optional.of(GROUP), WatchedFiles.NONE);
  }

  /** A sweep of twelve frames on a small detector, without files. */
  static ImageSeries sweep(SimulatedDetector detector, int frames) {
    return Simulation.of(
            SimulationOptions.demo().withDetector(detector).withFrames(frames, 1, 0.02))
        .sweeps()
        .get(0)
        .series();
  }

  static ScalingModel scaling() {
    double[] phi = GridAxis.linspace(0, 60, 13);
    double[] b = new double[13];
    for (int i = 0; i < b.length; i++) {
      b[i] = 1 + 0.3 * Math.sin(i / 2.0);
    }
    double[] s = GridAxis.linspace(0, 0.6, 7);
    double[] c = new double[7 * 13];
    for (int i = 0; i < c.length; i++) {
      c[i] = i / 13 * 0.5 + i % 13 * 0.1;
    }
    double[] x = GridAxis.linspace(0, 200, 5);
    double[] y = GridAxis.linspace(0, 170, 4);
    double[] a = new double[5 * 4 * 13];
    for (int i = 0; i < a.length; i++) {
      a[i] = 1 + 0.1 * Math.cos(i / 9.0);
    }
    double[] d = new double[20];
    for (int i = 0; i < d.length; i++) {
      d[i] = 1 + 0.01 * (i - 10);
    }
    return ScalingModel.of(
        new ScaleTerm(ControlGrid.of(List.of(GridAxis.of(phi)), b)),
        new OffsetTerm(ControlGrid.of(List.of(GridAxis.of(s), GridAxis.of(phi)), c)),
        new AbsorptionTerm(
            ControlGrid.of(List.of(GridAxis.of(x), GridAxis.of(y), GridAxis.of(phi)), a)),
        new DetectorTerm(ControlGrid.of(List.of(GridAxis.of(x), GridAxis.of(y)), d)));
  }
}
