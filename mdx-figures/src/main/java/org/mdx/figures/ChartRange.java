package org.mdx.figures;

import org.mdx.figures.axes.ChartAxis;
import org.mdx.figures.axes.Ticks;

/** From where to where the axes of a chart go: as they say, else round numbers about the values. */
final class ChartRange {
  private static final int TICKS = 6;

  /** Values closer to the frame than this part of its height would be cut. */
  private static final double MARGIN = 0.02;

  /** Relative differences that arithmetic makes. */
  private static final double NOISE = 1e-9;

  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private final ChartAxis axis;

  private ChartRange(ChartAxis axis) {
    this.axis = axis;
  }

  /** Lower and upper end of x. */
  static double[] x(Panel panel) {
    if (panel instanceof LineChart l) {
      ChartRange r = new ChartRange(l.x());
      for (Series s : l.series()) {
        for (int i = 0; i < s.size(); i++) {
          if (!Double.isNaN(s.y(i))) {
            r.add(s.x(i));
          }
        }
      }
      return r.exact();
    }
    BarChart b = (BarChart) panel;
    ChartRange r = new ChartRange(b.x());
    r.add(b.edge(0));
    r.add(b.edge(b.bars()));
    return r.exact();
  }

  /** Lower and upper end of y, of what lies within x. */
  static double[] y(Panel panel) {
    double[] x = x(panel);
    if (panel instanceof LineChart l) {
      ChartRange r = new ChartRange(l.y());
      l.series().forEach(s -> r.add(s, x));
      return r.round();
    }
    BarChart b = (BarChart) panel;
    ChartRange r = new ChartRange(b.y());
    if (!b.y().logarithmic()) {
      r.add(0);
    }
    for (int i = 0; i < b.bars(); i++) {
      r.add(b.height(i));
    }
    b.lines().forEach(s -> r.add(s, x));
    return r.round();
  }

  private void add(Series s, double[] x) {
    for (int i = 0; i < s.size(); i++) {
      if (s.x(i) >= x[0] && s.x(i) <= x[1]) {
        double e = s.hasErrors() && !Double.isNaN(s.error(i)) ? s.error(i) : 0;
        add(s.y(i) - e);
        add(s.y(i) + e);
      }
    }
  }

  /** Noise of rounding is no range: a constant stands in the middle. */
  private double[] withoutNoise(double[] r) {
    double size = Math.max(Math.abs(r[0]), Math.abs(r[1]));
    if (r[1] - r[0] > NOISE * size) {
      return r;
    }
    double middle = (r[0] + r[1]) / 2;
    double half = size == 0 ? 0.5 : 1e-3 * size;
    return new double[] {middle - half, middle + half};
  }

  private void add(double v) {
    if (!Double.isNaN(v) && !(axis.logarithmic() && v <= 0)) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
  }

  private double[] exact() {
    boolean none = low > high;
    double from = !Double.isNaN(axis.min()) ? axis.min() : none ? 0 : low;
    double to = !Double.isNaN(axis.max()) ? axis.max() : none ? from + 1 : high;
    return to > from ? new double[] {from, to} : new double[] {from - 0.5, from + 0.5};
  }

  private double[] round() {
    double[] r = exact();
    if (axis.logarithmic()) {
      double from = low > high ? 1 : Math.pow(10, Math.floor(Math.log10(low) + 1e-9));
      double to = low > high ? 10 : Math.pow(10, Math.ceil(Math.log10(high) - 1e-9));
      return new double[] {
        Double.isNaN(axis.min()) ? from : axis.min(),
        Double.isNaN(axis.max()) ? (to > from ? to : 10 * from) : axis.max()
      };
    }
    r = withoutNoise(r);
    double step = Ticks.of(r[0], r[1], TICKS, 0).step();
    double from = step * Math.floor(r[0] / step + 1e-9);
    double to = step * Math.ceil(r[1] / step - 1e-9);
    double margin = MARGIN * (to - from);
    from = from != 0 && r[0] - from < margin ? from - step : from;
    to = to - r[1] < margin ? to + step : to;
    from = Double.isNaN(axis.min()) ? from : axis.min();
    to = Double.isNaN(axis.max()) ? to : axis.max();
    return new double[] {from, to > from ? to : from + step};
  }
}
