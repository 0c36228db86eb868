package org.mdx.reintegrate;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PixelCorrections;
import org.mdx.image.BinnedImageSeries;
import org.mdx.math.GridAxis;
import org.mdx.parallel.Parallel;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.ScalingModel;

/**
 * What each pixel of a sweep is worth, from its corrections, its scaling model and its background.
 * What does not change during the scan is kept, 12 bytes a pixel; what changes is interpolated to
 * the frame at its nodes, and from them row by row. Every factor is what its own grid gives at the
 * pixel's centre, except that the end values of a scaling term hold for one interval beyond its
 * control points.
 */
public final class ScaledPixels implements PixelModel {
  private final Geometry geometry;
  private final ScalingModel model;
  private final BinnedImageSeries background;
  private final float[][] worth;
  private final float[][] cells;
  private final float[][] shell;
  private final PanelSurface[] absorption;
  private final PanelSurface[] rate;
  private final double[] absorptions;
  private final double[][] rates;

  /**
   * Computes what does not change during the scan.
   *
   * @param geometry of the sweep, with its crystal
   * @param corrections of its pixels
   * @param background count rates, or null
   * @param model of the sweep
   * @param applied the product of those corrections of a pixel that are applied
   * @param parallel threads to use
   * @throws IllegalArgumentException if there is no crystal, or background or model have other
   *     panels than the detector
   */
  public ScaledPixels(
      Geometry geometry,
      PixelCorrections corrections,
      BinnedImageSeries background,
      ScalingModel model,
      ToDoubleFunction<CorrectionFactors> applied,
      Parallel parallel) {
    if (geometry.crystal().isEmpty()) {
      throw new IllegalArgumentException("the sweep has no crystal: index it first");
    }
    this.geometry = geometry;
    this.model = model;
    this.background = background;
    int panels = geometry.detector().panels().size();
    requirePanels("background", background == null ? panels : background.panels().size(), panels);
    model.absorption().ifPresent(a -> requirePanels("absorption term", a.grid().panels(), panels));
    model.detector().ifPresent(d -> requirePanels("detector term", d.grid().panels(), panels));
    worth = new float[panels][];
    cells = new float[panels][];
    shell = new float[panels][];
    absorption = new PanelSurface[panels];
    rate = new PanelSurface[panels];
    rates = new double[panels][];
    absorptions = model.absorption().map(a -> a.grid().values()).orElse(null);
    for (int p = 0; p < panels; p++) {
      fill(p, corrections, applied, parallel);
    }
  }

  private static void requirePanels(String what, int found, int panels) {
    if (found != panels) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " has "
              + found
              + " panels, the detector "
              + panels
              + ": it belongs to another detector");
    }
  }

  private void fill(
      int p,
      PixelCorrections corrections,
      ToDoubleFunction<CorrectionFactors> applied,
      Parallel parallel) {
    int width = geometry.detector().panels().get(p).width();
    int height = geometry.detector().panels().get(p).height();
    Crystal crystal = geometry.crystal().orElseThrow();
    double cellsPerVolume = 1 / Math.abs(crystal.a().determinant());
    worth[p] = new float[width * height];
    cells[p] = new float[width * height];
    ControlGrid detector = model.detector().map(d -> d.grid()).orElse(null);
    ControlGrid offset = model.offset().map(c -> c.grid()).orElse(null);
    shell[p] = offset == null ? null : new float[width * height];
    model
        .absorption()
        .ifPresent(
            a ->
                absorption[p] =
                    new PanelSurface(a.grid().axes().get(0), a.grid().axes().get(1), width, false));
    if (background != null) {
      BinnedImageSeries.Bins bins = background.panels().get(p);
      rate[p] = new PanelSurface(bins.ix(), bins.iy(), width, true);
      rates[p] = bins.rate();
    }
    PanelSurface d =
        detector == null
            ? null
            : new PanelSurface(detector.axes().get(0), detector.axes().get(1), width, false);
    double[] nodes = detector == null ? null : nodes(detector, detector.values(), p, 0, 0);
    parallel.forEach(
        height,
        iy -> {
          double[] response = new double[width];
          if (d == null) {
            Arrays.fill(response, 1);
          } else {
            new PanelSurface(d).row(nodes, iy, 0, width, response);
          }
          for (int ix = 0; ix < width; ix++) {
            CorrectionFactors f = corrections.at(p, iy, ix);
            int i = iy * width + ix;
            worth[p][i] = (float) (applied.applyAsDouble(f) * response[ix]);
            cells[p][i] = (float) (f.d3s() * cellsPerVolume);
            if (offset != null) {
              double s = geometry.scatteringVector(p, ix + 0.5, iy + 0.5).norm();
              shell[p][i] = (float) ExtendedAxis.fraction(offset.axes().get(0), s);
            }
          }
        });
  }

  /**
   * The values of a grid over (ix, iy) or (ix, iy, φ) on one panel, in the order (iy, ix),
   * interpolated along φ.
   */
  private static double[] nodes(
      ControlGrid grid, double[] values, int panel, int base, double part) {
    int nx = grid.axes().get(0).size();
    int ny = grid.axes().get(1).size();
    int nz = grid.axes().size() > 2 ? grid.axes().get(2).size() : 1;
    int next = Math.min(base + 1, nz - 1);
    double[] nodes = new double[nx * ny];
    for (int x = 0; x < nx; x++) {
      for (int y = 0; y < ny; y++) {
        int at = ((panel * nx + x) * ny + y) * nz;
        nodes[y * nx + x] = values[at + base] * (1 - part) + values[at + next] * part;
      }
    }
    return nodes;
  }

  @Override
  public Frame frame(int frame) {
    double phi = geometry.scan().phi(frame);
    double b = 1;
    if (model.scale().isPresent()) {
      ControlGrid grid = model.scale().get().grid();
      double[] at = ExtendedAxis.split(grid.axes().get(0), phi);
      b = alongPhi(grid, 1, at)[0];
    }
    return b == b ? new ScaledFrame(geometry.scan().exposure(frame), b, phi) : null;
  }

  /** Values of a grid of which φ is the last axis, for rows of the axis before it. */
  private static double[] alongPhi(ControlGrid grid, int rows, double[] at) {
    GridAxis phi = grid.axes().get(grid.axes().size() - 1);
    double[] values = grid.values();
    double[] out = new double[rows];
    int base = (int) at[0];
    int next = phi.next(base);
    for (int i = 0; i < rows; i++) {
      int row = i * phi.size();
      out[i] = values[row + base] * (1 - at[1]) + values[row + next] * at[1];
    }
    return out;
  }

  @Override
  public double backgroundVariance(int panel, double phi, double iy, double ix) {
    return background == null ? 0 : background.panels().get(panel).variance(phi, iy, ix);
  }

  /** The pixels of one frame. */
  private final class ScaledFrame implements Frame {
    private final double seconds;
    private final double b;
    private final double[] offsets;
    private final PanelSurface[] a;
    private final PanelSurface[] blank;
    private final double[][] aNodes;
    private final double[][] blankNodes;
    private final double[] factor;
    private final double[] blankRate;

    ScaledFrame(double seconds, double b, double phi) {
      this.seconds = seconds;
      this.b = b;
      int panels = worth.length;
      a = new PanelSurface[panels];
      blank = new PanelSurface[panels];
      aNodes = new double[panels][];
      blankNodes = new double[panels][];
      int widest = 0;
      for (int p = 0; p < panels; p++) {
        widest = Math.max(widest, geometry.detector().panels().get(p).width());
        if (absorption[p] != null) {
          a[p] = new PanelSurface(absorption[p]);
          ControlGrid grid = model.absorption().orElseThrow().grid();
          double[] at = ExtendedAxis.split(grid.axes().get(2), phi);
          aNodes[p] = nodes(grid, absorptions, p, (int) at[0], at[1]);
        }
        if (rate[p] != null) {
          blank[p] = new PanelSurface(rate[p]);
          blankNodes[p] = ratesAt(background.panels().get(p), rates[p], phi);
        }
      }
      offsets = model.offset().map(c -> offsetsAt(c.grid(), phi)).orElse(null);
      factor = new double[widest];
      blankRate = new double[widest];
    }

    private double[] offsetsAt(ControlGrid grid, double phi) {
      int n = grid.axes().get(0).size();
      double[] c = alongPhi(grid, n, ExtendedAxis.split(grid.axes().get(1), phi));
      double[] padded = Arrays.copyOf(c, n + 1);
      padded[n] = c[n - 1];
      return padded;
    }

    private double[] ratesAt(BinnedImageSeries.Bins bins, double[] values, double phi) {
      double f = bins.phi().fraction(phi);
      int base = bins.phi().base(f);
      double part = f - base;
      int plane = bins.iy().size() * bins.ix().size();
      int next = bins.phi().next(base);
      double[] out = new double[plane];
      for (int i = 0; i < plane; i++) {
        out[i] = values[base * plane + i] * (1 - part) + values[next * plane + i] * part;
      }
      return out;
    }

    @Override
    public void row(
        int p, int iy, int ix, int n, double[] scale, double[] expected, double[] multiplicity) {
      int at = iy * geometry.detector().panels().get(p).width() + ix;
      float[] w = worth[p];
      if (a[p] == null) {
        Arrays.fill(factor, 0, n, seconds);
      } else {
        a[p].row(aNodes[p], iy, ix, n, factor);
        for (int i = 0; i < n; i++) {
          factor[i] *= seconds;
        }
      }
      if (blank[p] == null) {
        Arrays.fill(blankRate, 0, n, 0);
      } else {
        blank[p].row(blankNodes[p], iy, ix, n, blankRate);
      }
      float[] m = cells[p];
      for (int i = 0; i < n; i++) {
        factor[i] *= w[at + i];
        scale[ix + i] = factor[i] * b;
        expected[ix + i] = blankRate[i] * seconds;
        multiplicity[ix + i] = m[at + i];
      }
      if (offsets != null) {
        float[] s = shell[p];
        for (int i = 0; i < n; i++) {
          float f = s[at + i];
          int base = (int) f;
          double c = offsets[base] + (f - base) * (offsets[base + 1] - offsets[base]);
          expected[ix + i] += c * factor[i];
        }
      }
    }
  }

  @Override
  public String toString() {
    return "ScaledPixels[" + model + ", " + worth.length + " panels]";
  }
}
