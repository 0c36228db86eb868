package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.mdx.crystal.SpaceGroup;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Panel;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.geometry.PanelSize;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.image.BinnedImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.pipeline.Sweep;

/** What sweeps lose to the Bragg mask, and what their background counts. */
public final class SweepFigures {
  /** Pixels that are looked at; the share in a bin is known to about 0.01. */
  private static final int SAMPLES = 300_000;

  private static final int FRAMES = 60;
  private static final int BINS = 60;
  private static final int FEWEST = 30;

  private SweepFigures() {}

  /**
   * The share of pixels that the Bragg mask leaves out, by s. Where it comes near 1, voxels on
   * reflections are lost and those between them are few: the mask is too wide for the cell.
   *
   * @param names of the sweeps
   * @param sweeps as many, with crystals
   * @param masks as many
   * @param maps index of each pixel of each sweep
   * @return one panel; the pixels are a sample, drawn at random with a fixed seed
   * @throws IllegalArgumentException if the numbers differ
   */
  public static Figure maskShare(
      List<String> names, List<Sweep> sweeps, List<BraggMask> masks, List<PixelMillerIndex> maps) {
    if (names.isEmpty()
        || names.size() != sweeps.size()
        || names.size() != masks.size()
        || names.size() != maps.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d names, %d masks and %d maps for %d sweeps",
              names.size(),
              masks.size(),
              maps.size(),
              sweeps.size()));
    }
    List<Series> series = new ArrayList<>();
    List<String> shares = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Share share = new Share(sweeps.get(i), masks.get(i), maps.get(i));
      series.add(share.series(names.get(i)));
      shares.add(String.format(Locale.ROOT, "%s %.4f", names.get(i), share.overall()));
    }
    return Figure.of(
            "Share of pixels that the Bragg mask leaves out",
            new LineChart(
                "",
                ShellFigures.S,
                ChartAxis.of("share of pixels", "").range(0, Double.NaN),
                series,
                List.of()))
        .note(
            String.format(
                Locale.ROOT,
                "of %d pixels a sweep, drawn at random, without those around the primary beam; by"
                    + " their place alone, not by their counts; of all: %s",
                SAMPLES,
                String.join(", ", shares)));
  }

  /** Masked and all pixels of a sample in bins of s. */
  private static final class Share {
    private final long[] all = new long[BINS];
    private final long[] masked = new long[BINS];
    private final double most;

    Share(Sweep sweep, BraggMask mask, PixelMillerIndex map) {
      Mat3 b = sweep.crystal().cell().reciprocal();
      SpaceGroup group = sweep.crystal().spaceGroup();
      List<PanelSize> panels = sweep.geometry().detector().sizes();
      SplittableRandom random = new SplittableRandom(1);
      int frames = sweep.images().frames();
      int looked = Math.min(FRAMES, frames);
      double[] s = new double[looked * (SAMPLES / looked)];
      boolean[] in = new boolean[s.length];
      int n = 0;
      for (int f = 0; f < looked; f++) {
        PixelMillerIndex.Frame frame = map.frame((int) ((f + 0.5) * frames / looked));
        for (int i = 0; i < SAMPLES / looked; i++) {
          int panel = panels.size() == 1 ? 0 : random.nextInt(panels.size());
          PanelSize size = panels.get(panel);
          Vec3 hkl = frame.at(panel, random.nextInt(size.height()), random.nextInt(size.width()));
          if (Math.rint(hkl.x()) != 0 || Math.rint(hkl.y()) != 0 || Math.rint(hkl.z()) != 0) {
            s[n] = b.times(hkl).norm();
            in[n++] = mask.isMasked(hkl, 0, group);
          }
        }
      }
      double largest = 0;
      for (double v : s) {
        largest = Math.max(largest, v);
      }
      most = largest;
      for (int i = 0; i < n; i++) {
        int bin = (int) Math.min(BINS - 1, s[i] / most * BINS);
        all[bin]++;
        masked[bin] += in[i] ? 1 : 0;
      }
    }

    Series series(String name) {
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < BINS; i++) {
        if (all[i] >= FEWEST) {
          points.add(new double[] {(i + 0.5) * most / BINS, (double) masked[i] / all[i]});
        }
      }
      return Series.of(
          name,
          points.stream().mapToDouble(p -> p[0]).toArray(),
          points.stream().mapToDouble(p -> p[1]).toArray());
    }

    double overall() {
      long a = 0;
      long m = 0;
      for (int i = 0; i < BINS; i++) {
        a += all[i];
        m += masked[i];
      }
      return (double) m / a;
    }
  }

  /**
   * The mean count rate of a background by rotation angle: bins of frames, averaged over the
   * detector without bins that hold no count rate. It is flat unless the beam or the camera's
   * surroundings changed.
   *
   * @param background binned frames without a crystal
   * @return one panel, a line for each panel of the detector, eight at the most
   */
  public static Figure background(BinnedImageSeries background) {
    List<BinnedImageSeries.Bins> panels = background.panels();
    List<Series> series = new ArrayList<>();
    long missing = 0;
    for (int p = 0; p < panels.size(); p++) {
      BinnedImageSeries.Bins bins = panels.get(p);
      missing += bins.missing();
      if (p < 8) {
        series.add(rate(panels.size() == 1 ? "background" : "panel " + p, bins));
      }
    }
    Panel chart =
        new LineChart(
            "",
            ChartAxis.of("φ", "°"),
            ChartAxis.of("mean count rate", "counts per second and pixel"),
            series,
            List.of());
    Figure figure =
        Figure.of("Background by angle", chart)
            .note(
                "means over the detector; bars: standard deviations by counting"
                    + (missing > 0 ? "; " + missing + " bins without a rate are left out" : ""));
    return panels.size() > 8 ? figure.note("8 of " + panels.size() + " panels are drawn") : figure;
  }

  private static Series rate(String name, BinnedImageSeries.Bins bins) {
    double[] phi = bins.phi().toArray();
    double[] rate = bins.rate();
    double[] variance = bins.variance().orElse(null);
    int each = rate.length / phi.length;
    double[] y = new double[phi.length];
    double[] sigma = new double[phi.length];
    for (int m = 0; m < phi.length; m++) {
      double sum = 0;
      double squares = 0;
      int n = 0;
      for (int i = m * each; i < (m + 1) * each; i++) {
        if (!Double.isNaN(rate[i])) {
          sum += rate[i];
          squares += variance == null || Double.isNaN(variance[i]) ? 0 : variance[i];
          n++;
        }
      }
      y[m] = n == 0 ? Double.NaN : sum / n;
      sigma[m] = n == 0 || variance == null ? Double.NaN : Math.sqrt(squares) / n;
    }
    Series line = Series.of(name, phi, y);
    line = phi.length == 1 ? line.style(Series.Style.POINTS) : line;
    return variance == null ? line : line.errors(sigma);
  }
}
