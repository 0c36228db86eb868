package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.kernel.RealTransform;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Placed;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.bragg.internal.vectors.BasisVector;
import org.mdx.bragg.internal.vectors.GridMaxima;
import org.mdx.bragg.internal.vectors.LongestCell;
import org.mdx.bragg.internal.vectors.SliceGrid;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * The rotation axis of a goniometer whose axis lies across the beam, as in an electron microscope.
 * Turned back about the right axis, the spots are a lattice and the power of their transform is
 * concentrated in few periods; the cylindrical projections of U. Kolb et al. (Ultramicroscopy 107,
 * 507, 2007) look for the same sharpness. The opposite axis gives the mirror image, which a flat
 * Ewald sphere hardly tells apart: there the better indexing decides.
 */
public final class AxisFinder {
  private static final int EDGE = 64;
  private static final double COARSE = 2;
  private static final double FINE = 0.25;
  private static final double[] STEPS = {1, 0.5, 0.2, 0.1};
  private static final double FARTHEST = 8;
  private static final int PERIODS = 6;
  private static final int FINALISTS = 3;

  private final List<SweepSpots> sweeps;
  private final Parallel parallel;
  private final Vec3 first;
  private final Vec3 second;
  private final double longest;
  private final RealTransform transform = new RealTransform(EDGE);

  private AxisFinder(List<SweepSpots> sweeps, double longest, Parallel parallel) {
    this.sweeps = sweeps;
    this.parallel = parallel;
    this.longest = longest;
    Vec3 beam = sweeps.get(0).geometry().beam().direction();
    Vec3 x = new Vec3(1, 0, 0);
    first = x.minus(beam.times(x.dot(beam))).unit();
    second = beam.cross(first);
  }

  /**
   * What was found.
   *
   * @param axis unit vector across the beam, laboratory frame
   * @param azimuth its angle from x towards beam × x in degrees, −180 to 180
   * @param sharpness part of the power in the strongest periods, of this axis
   * @param median the same, of all axes
   * @param indexed spots indexed with this axis
   * @param opposite spots indexed with the opposite axis
   * @param geometries geometry of each sweep with this axis, without a crystal
   */
  public record Found(
      Vec3 axis,
      double azimuth,
      double sharpness,
      double median,
      int indexed,
      int opposite,
      List<Geometry> geometries) {
    public Found {
      geometries = List.copyOf(geometries);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "rotation axis (%.4f, %.4f, %.4f), azimuth %.2f°",
          axis.x(),
          axis.y(),
          axis.z(),
          azimuth);
    }
  }

  private record Trial(double azimuth, double sharpness) {}

  /**
   * Finds the axis.
   *
   * @param sweeps sweeps that turn about one axis; the axis of their geometry is ignored
   * @param options longest cell edge; a known cell and group help to tell the two senses apart
   * @param parallel threads
   * @return the axis
   * @throws IndexingFailure if there are too few spots, or no rotation
   */
  public static Found find(List<SweepSpots> sweeps, IndexOptions options, Parallel parallel) {
    Points all = SweepSpots.points(sweeps);
    if (all.size() < 20 || sweeps.stream().noneMatch(s -> s.range() > 5)) {
      throw new IndexingFailure(
          "the rotation axis needs at least 20 spots of a scan of more than 5°, here are "
              + all.size()
              + " spots",
          List.of(),
          Advice.of(all, options));
    }
    double longest = options.maxCell() > 0 ? options.maxCell() : Math.max(10, within(all));
    return new AxisFinder(sweeps, longest, parallel).run(options);
  }

  /** Longest cell edge from neighbours on one frame, for which the axis does not matter. */
  private static double within(Points all) {
    double estimate = LongestCell.of(all);
    return estimate > 0 ? Math.min(estimate, 60) : 40;
  }

  private Found run(IndexOptions options) {
    List<Trial> coarse = new ArrayList<>();
    for (double a = -180; a < 180; a += COARSE) {
      coarse.add(new Trial(a, sharpness(a)));
    }
    double median =
        coarse.stream().mapToDouble(Trial::sharpness).sorted().toArray()[coarse.size() / 2];
    coarse.sort(Comparator.comparingDouble((Trial t) -> -t.sharpness()));
    List<Trial> apart = new ArrayList<>();
    for (Trial t : coarse) {
      if (apart.size() < FINALISTS
          && apart.stream().noneMatch(o -> difference(o.azimuth(), t.azimuth()) < 5)) {
        apart.add(t);
      }
    }
    List<Trial> fine = new ArrayList<>();
    for (Trial t : apart) {
      fine.add(refined(t));
      fine.add(refined(new Trial(t.azimuth() > 0 ? t.azimuth() - 180 : t.azimuth() + 180, 0)));
    }
    return decided(fine, median, options.withoutTurns());
  }

  private static double difference(double a, double b) {
    double d = Math.abs(a - b) % 180;
    return Math.min(d, 180 - d);
  }

  private Trial refined(Trial t) {
    Trial best = new Trial(t.azimuth(), sharpness(t.azimuth()));
    for (double d = -COARSE; d <= COARSE; d += FINE) {
      double value = sharpness(t.azimuth() + d);
      if (value > best.sharpness()) {
        best = new Trial(t.azimuth() + d, value);
      }
    }
    return best;
  }

  private Vec3 axis(double azimuth) {
    double a = Math.toRadians(azimuth);
    return first.times(Math.cos(a)).plus(second.times(Math.sin(a)));
  }

  private List<SweepSpots> turning(double azimuth) {
    return sweeps.stream()
        .map(s -> new SweepSpots(Placed.turning(s.geometry(), axis(azimuth)), s.spots()))
        .toList();
  }

  /** Mean height of the strongest periods over that of the origin. */
  private double sharpness(double azimuth) {
    Points p = SweepSpots.points(turning(azimuth));
    double resolution = 4.4 * longest / EDGE;
    SliceGrid.run(transform, p, EDGE * resolution / 2, resolution, parallel);
    float[] re = transform.real();
    float[] im = transform.imaginary();
    float[] power = new float[re.length];
    for (int i = 0; i < power.length; i++) {
      power[i] = re[i] * re[i] + im[i] * im[i];
    }
    List<BasisVector> found = new ArrayList<>();
    GridMaxima maxima = new GridMaxima(power, EDGE, resolution / 2, 0, Math.max(power[0], 1e-9));
    for (int z = 0; z < EDGE; z++) {
      maxima.collect(z, 3, longest, found);
    }
    return BasisVector.distinct(found, PERIODS).stream()
        .mapToDouble(BasisVector::score)
        .average()
        .orElse(0);
  }

  private Found decided(List<Trial> trials, double median, IndexOptions options) {
    List<Indexed> all = new ArrayList<>();
    IndexOptions quick = options.beamSearch(IndexOptions.BeamSearch.NEVER);
    trials.forEach(t -> all.add(indexed(t, quick)));
    int at = likelier(all, IntStream.range(0, all.size()).toArray());
    Indexed found = all.get(at);
    if (found == null || 2 * found.indexed() < found.spots()) {
      // wrong axes are never good, so that each would be worth a search; only this one is
      all.set(at, indexed(trials.get(at), options));
      all.set(at ^ 1, indexed(trials.get(at ^ 1), options));
      at = likelier(all, at, at ^ 1);
    }
    Trial best = trials.get(at);
    Indexed bestIndexed = all.get(at);
    Indexed opposite = all.get(at ^ 1);
    if (bestIndexed != null) {
      best = new Trial(climbed(best.azimuth(), bestIndexed), best.sharpness());
      bestIndexed = indexedOr(best.azimuth(), options, bestIndexed);
    }
    Vec3 axis = axis(best.azimuth());
    List<Geometry> geometries =
        bestIndexed == null
            ? turning(best.azimuth()).stream().map(SweepSpots::geometry).toList()
            : bestIndexed.lattices().get(0).geometries().stream()
                .map(g -> g.withCrystal(null))
                .toList();
    return new Found(
        axis,
        best.azimuth() - 360 * Math.rint(best.azimuth() / 360),
        best.sharpness(),
        median,
        bestIndexed == null ? 0 : bestIndexed.indexed(),
        opposite == null ? 0 : opposite.indexed(),
        geometries);
  }

  private Indexed indexedOr(double azimuth, IndexOptions options, Indexed before) {
    try {
      return Indexer.index(turning(azimuth), options, parallel, Progress.NONE);
    } catch (IndexingFailure e) {
      return before;
    }
  }

  /** The azimuth at which the lattice that was found is most likely, by ever smaller steps. */
  private double climbed(double azimuth, Indexed found) {
    double best = azimuth;
    LatticeModel model = at(azimuth, found.lattices().get(0).crystal().a());
    for (double step : STEPS) {
      boolean better = true;
      while (better && difference(best, azimuth) < FARTHEST) {
        LatticeModel up = at(best + step, model.a());
        LatticeModel down = at(best - step, model.a());
        boolean rising = up.score().logOdds() > down.score().logOdds();
        LatticeModel next = rising ? up : down;
        better = next.score().logOdds() > model.score().logOdds();
        best += !better ? 0 : rising ? step : -step;
        model = better ? next : model;
      }
    }
    return best;
  }

  private LatticeModel at(double azimuth, Mat3 a) {
    LatticeModel.Way way = new LatticeModel.Way(0, null, LatticeFit.Free.ACROSS);
    return LatticeModel.of(SweepSpots.points(turning(azimuth)), a, way).refined(way, 0.5, 1, 1);
  }

  /** What is indexed about an axis; null if nothing can be, so that it loses to any other. */
  private Indexed indexed(Trial t, IndexOptions options) {
    try {
      return Indexer.index(turning(t.azimuth()), options, parallel, Progress.NONE);
    } catch (IndexingFailure e) {
      return null;
    }
  }

  private static int likelier(List<Indexed> all, int... among) {
    int best = among[0];
    for (int i : among) {
      best = odds(all.get(i)) > odds(all.get(best)) ? i : best;
    }
    return best;
  }

  private static double odds(Indexed i) {
    return i == null ? -1 : i.lattices().get(0).logOdds();
  }
}
