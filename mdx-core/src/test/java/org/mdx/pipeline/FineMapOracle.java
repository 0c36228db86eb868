package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.math.GridAxis;
import org.mdx.math.Vec3;
import org.mdx.scale.ControlGrid;
import org.mdx.table.Subdivision;

/** A fine map by looking at one pixel after the other, with the formulas as they are written. */
final class FineMapOracle {

  /** What a voxel, or an observation of it, has collected. */
  static final class Sums {
    long pixels;
    long counts;
    double scale;
    double background;
    double multiplicity;
    double variance;
    int observations;
    boolean inverted;
    private double seconds;
    private double ix;
    private double iy;
    private double phi;
    private int panel;

    private void add(Sums o) {
      pixels += o.pixels;
      counts += o.counts;
      scale += o.scale;
      background += o.background;
      multiplicity += o.multiplicity;
      variance += o.variance;
      observations++;
    }

    double mean() {
      return (counts - background) / scale;
    }
  }

  private static final java.util.Comparator<List<Integer>> ORDER =
      (a, b) -> {
        for (int i = 0; i < a.size(); i++) {
          if (!a.get(i).equals(b.get(i))) {
            return Integer.compare(a.get(i), b.get(i));
          }
        }
        return 0;
      };

  private final Subdivision ndiv;
  private final double maxSpread;
  private final SpaceGroup group;

  /** Observations by (H, K, L) of the asymmetric unit, then by sweep, slab, H, K, L and panel. */
  private final TreeMap<List<Integer>, TreeMap<List<Integer>, Sums>> voxels = new TreeMap<>(ORDER);

  FineMapOracle(SpaceGroup group, Subdivision ndiv, double maxSpread) {
    this.group = group;
    this.ndiv = ndiv;
    this.maxSpread = maxSpread;
  }

  void add(int number, FineMaps.Input in, int[][][] frames) {
    ImageSeries images = in.sweep().images();
    Geometry g = images.geometry();
    Corrections corrections = Corrections.of(g);
    ReciprocalAsu asu = group.asu().subdivided(ndiv.h(), ndiv.k(), ndiv.l());
    LaueGroup laue = group.laueGroup();
    int slabFrames = (int) Math.max(1, Math.floor(maxSpread / Math.abs(g.scan().width()) + 1e-6));
    double cells = ndiv.h() * ndiv.k() * ndiv.l() / Math.abs(g.crystal().get().a().determinant());
    for (int f = 0; f < frames.length; f++) {
      double phi = g.scan().phi(f);
      double seconds = g.scan().exposure(f);
      int slab = f / slabFrames;
      int last = Math.min((slab + 1) * slabFrames, frames.length) - 1;
      for (int p = 0; p < frames[f].length; p++) {
        int width = images.source().width(p);
        int panel = p;
        for (int i = 0; i < frames[f][p].length; i++) {
          int ix = i % width;
          int iy = i / width;
          int v = frames[f][p][i];
          Vec3 hkl = g.millerIndex(p, phi, ix + 0.5, iy + 0.5);
          if (v < -3
              || v > 1000
              || images.mask(p).isMasked(ix, iy)
              || in.mask().isPresent() && in.mask().get().isMasked(hkl, v, group)) {
            continue;
          }
          double s = g.scatteringVector(p, ix + 0.5, iy + 0.5).norm();
          CorrectionFactors c = corrections.at(p, ix + 0.5, iy + 0.5);
          double omega = c.solidAngle() * c.attenuation() * c.efficiency() * c.polarization();
          double a =
              in.model().absorption().map(t -> at(t.grid(), q(panel, ix, iy, phi))).orElse(1.0);
          double b = in.model().scale().map(t -> at(t.grid(), q(0, phi))).orElse(1.0);
          double o = in.model().offset().map(t -> at(t.grid(), q(0, s, phi))).orElse(0.0);
          double d = in.model().detector().map(t -> at(t.grid(), q(panel, ix, iy))).orElse(1.0);
          double rate =
              in.background().isEmpty()
                  ? 0
                  : in.background().get().panels().get(p).rate(phi, iy, ix);
          double scale = seconds * omega * a * b * d;
          double expected = seconds * (rate + o * a * d * omega);
          if (!(scale > 0) || Double.isNaN(expected)) {
            continue;
          }
          int h = (int) Math.rint(hkl.x() * ndiv.h());
          int k = (int) Math.rint(hkl.y() * ndiv.k());
          int l = (int) Math.rint(hkl.z() * ndiv.l());
          ReciprocalAsu.Mapped m = asu.map(h, k, l);
          Sums sums =
              voxels
                  .computeIfAbsent(List.of(m.h(), m.k(), m.l()), x -> new TreeMap<>(ORDER))
                  .computeIfAbsent(List.of(number, slab, h, k, l, p), x -> new Sums());
          sums.pixels++;
          sums.counts += v;
          sums.scale += scale;
          sums.background += expected;
          sums.multiplicity += c.d3s() * cells;
          sums.seconds += seconds;
          sums.ix += ix;
          sums.iy += iy;
          sums.panel = p;
          sums.phi = (g.scan().phi(slab * slabFrames) + g.scan().phi(last)) / 2;
          sums.inverted = laue.determinant(m.op()) < 0;
        }
      }
    }
    for (TreeMap<List<Integer>, Sums> voxel : voxels.values()) {
      voxel.forEach(
          (key, o) -> {
            if (key.get(0) == number && in.background().isPresent()) {
              double rate =
                  in.background()
                      .get()
                      .panels()
                      .get(o.panel)
                      .variance(o.phi, o.iy / o.pixels, o.ix / o.pixels);
              o.variance = rate * o.seconds * o.seconds;
            }
          });
    }
  }

  private static double[] q(double panel, double... x) {
    double[] all = new double[x.length + 1];
    all[0] = panel;
    System.arraycopy(x, 0, all, 1, x.length);
    return all;
  }

  /** A grid at a point, the end values holding for one interval beyond the ends. */
  private static double at(ControlGrid grid, double[] point) {
    double[] x = new double[point.length - 1];
    for (int i = 0; i < x.length; i++) {
      GridAxis axis = grid.axes().get(i);
      double first = axis.get(0);
      double last = axis.get(axis.size() - 1);
      double value = point[i + 1];
      if (value < first - (axis.get(1) - first)
          || value > last + (last - axis.get(axis.size() - 2))) {
        return Double.NaN;
      }
      x[i] = Math.max(first, Math.min(last, value));
    }
    return switch (x.length) {
      case 1 -> grid.at(x[0]);
      case 2 -> grid.at((int) point[0], x[0], x[1]);
      default -> grid.at((int) point[0], x[0], x[1], x[2]);
    };
  }

  /**
   * The voxels: all observations, those without and those with an inversion.
   *
   * @param cutoff standard errors beyond which an observation is left out
   */
  TreeMap<List<Integer>, Sums[]> voxels(double cutoff) {
    TreeMap<List<Integer>, Sums[]> out = new TreeMap<>(ORDER);
    voxels.forEach(
        (key, observations) -> {
          Sums all = new Sums();
          observations.values().forEach(all::add);
          List<Sums> kept = new ArrayList<>();
          for (Sums o : observations.values()) {
            double mean = Math.max(all.counts - all.background, 1) / all.scale;
            // the root of the Poisson deviance, the background's variance counted like counts
            double expected = o.background + o.variance + o.scale * mean;
            double found = o.counts + o.variance;
            double ratio = found <= 0 ? 0 : found * Math.log(found / expected);
            if (Math.sqrt(2 * (ratio - found + expected)) <= cutoff) {
              kept.add(o);
            }
          }
          Sums[] sums = {new Sums(), new Sums(), new Sums()};
          for (Sums o : kept) {
            sums[0].add(o);
            sums[o.inverted ? 2 : 1].add(o);
          }
          if (!kept.isEmpty()) {
            out.put(key, sums);
          }
        });
    return out;
  }
}
