package org.mdx.bench.scaling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.bench.Voxel;
import org.mdx.scale.ControlGrid;
import org.mdx.scaling.Scaling;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * The refinement of all four terms by the book: each cycle writes out the design matrix of its
 * term, a row for each observation, and multiplies it with itself.
 */
public final class TextbookScaling {
  private final List<Sweep> sweeps = new ArrayList<>();
  private final TextbookTerm d;
  private Map<Voxel, Double> merged = Map.of();

  /** One sweep and its own terms. */
  private static final class Sweep {
    final List<Observation> observations = new ArrayList<>();
    final TextbookTerm a;
    final TextbookTerm b;
    final TextbookTerm c;

    Sweep(HKLTable t, List<ControlGrid> like) {
      a = new TextbookTerm(like.get(0), 1);
      b = new TextbookTerm(like.get(1), 1);
      c = new TextbookTerm(like.get(2), 0);
      Column[] columns = new Column[6];
      String[] names = {
        ColumnNames.INTENSITY,
        ColumnNames.INTENSITY_ERROR,
        ColumnNames.PHI,
        ColumnNames.S,
        ColumnNames.IX,
        ColumnNames.IY
      };
      for (int i = 0; i < columns.length; i++) {
        columns[i] = t.column(names[i]);
      }
      for (int i = 0; i < t.rows(); i++) {
        Voxel voxel = new Voxel(t.h().value(i), t.k().value(i), t.l().value(i));
        double[] x = new double[columns.length];
        for (int k = 0; k < x.length; k++) {
          x[k] = columns[k].get(i);
        }
        observations.add(new Observation(voxel, x[0], x[1], x[2], x[3], x[4], x[5]));
      }
    }
  }

  private record Observation(
      Voxel voxel, double intensity, double error, double phi, double s, double ix, double iy) {}

  /**
   * Terms before they are refined.
   *
   * @param tables one for each sweep
   * @param like models with the same control points
   */
  TextbookScaling(List<HKLTable> tables, Scaling like) {
    for (int t = 0; t < tables.size(); t++) {
      sweeps.add(new Sweep(tables.get(t), grids(like, t)));
    }
    d = new TextbookTerm(grids(like, 0).get(3), 1);
  }

  private static List<ControlGrid> grids(Scaling like, int sweep) {
    return like.models().get(sweep).terms().stream().map(term -> term.grid()).toList();
  }

  /** One cycle of each kind: b, c and b, c, d, a. */
  void refine() {
    merge();
    sweeps.forEach(this::fitB);
    merge();
    sweeps.forEach(this::fitC);
    sweeps.forEach(this::fitB);
    merge();
    sweeps.forEach(this::fitC);
    merge();
    fitD();
    merge();
    sweeps.forEach(this::fitA);
  }

  /**
   * Values of the terms of a sweep.
   *
   * @param sweep which
   * @return a, b, c, d
   */
  List<double[]> values(int sweep) {
    Sweep t = sweeps.get(sweep);
    return List.of(t.a.values, t.b.values, t.c.values, d.values);
  }

  private void merge() {
    Map<Voxel, double[]> sums = new HashMap<>();
    for (Sweep t : sweeps) {
      for (Observation o : t.observations) {
        double ad = a(t, o) * d(o);
        double scale = ad * t.b.at(o.phi);
        double w = scale * scale / (o.error * o.error);
        double[] sum = sums.computeIfAbsent(o.voxel, v -> new double[2]);
        sum[0] += w;
        sum[1] += w * (o.intensity - ad * t.c.at(o.s, o.phi)) / scale;
      }
    }
    merged = new HashMap<>();
    sums.forEach((voxel, sum) -> merged.put(voxel, sum[1] / sum[0]));
  }

  private static double a(Sweep t, Observation o) {
    return t.a.at(o.ix, o.iy, o.phi);
  }

  private double d(Observation o) {
    return d.at(o.ix, o.iy);
  }

  private double inner(Sweep t, Observation o) {
    return t.b.at(o.phi) * merged.get(o.voxel) + t.c.at(o.s, o.phi);
  }

  private void fitA(Sweep t) {
    List<SparseRow> rows = new ArrayList<>();
    double[] y = new double[t.observations.size()];
    for (Observation o : t.observations) {
      y[rows.size()] = o.intensity / o.error;
      rows.add(t.a.row(o.ix, o.iy, o.phi).times(d(o) * inner(t, o) / o.error));
    }
    t.a.fit(rows, y, List.of(t.a.laplacian(), t.a.differences(2)), new double[] {10, 1}, 0);
  }

  private void fitB(Sweep t) {
    List<SparseRow> rows = new ArrayList<>();
    double[] y = new double[t.observations.size()];
    for (Observation o : t.observations) {
      double ad = a(t, o) * d(o);
      y[rows.size()] = (o.intensity - ad * t.c.at(o.s, o.phi)) / o.error;
      rows.add(t.b.row(o.phi).times(ad * merged.get(o.voxel) / o.error));
    }
    t.b.fit(rows, y, List.of(t.b.differences(0)), new double[] {1}, 0);
  }

  private void fitC(Sweep t) {
    List<SparseRow> rows = new ArrayList<>();
    double[] y = new double[t.observations.size()];
    for (Observation o : t.observations) {
      double ad = a(t, o) * d(o);
      y[rows.size()] = (o.intensity - ad * t.b.at(o.phi) * merged.get(o.voxel)) / o.error;
      rows.add(t.c.row(o.s, o.phi).times(ad / o.error));
    }
    t.c.fit(rows, y, List.of(t.c.differences(0), t.c.differences(1)), new double[] {1, 1}, 0.001);
    double smallest = Double.POSITIVE_INFINITY;
    for (int p = 0; p < t.c.values.length; p++) {
      t.c.values[p] = Math.max(0, t.c.values[p]);
      smallest = Math.min(smallest, t.c.values[p]);
    }
    for (int p = 0; p < t.c.values.length; p++) {
      t.c.values[p] -= smallest;
    }
  }

  private void fitD() {
    List<SparseRow> rows = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    for (Sweep t : sweeps) {
      for (Observation o : t.observations) {
        rows.add(d.row(o.ix, o.iy).times(a(t, o) * inner(t, o) / o.error));
        right.add(o.intensity / o.error);
      }
    }
    double[] y = right.stream().mapToDouble(v -> v).toArray();
    d.fit(rows, y, List.of(d.laplacian()), new double[] {1}, 0);
  }
}
