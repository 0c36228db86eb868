package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mdx.bragg.internal.intensity.BackgroundCurvature;
import org.mdx.geometry.Geometry;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.reflection.ReflectionFlag;

/**
 * Profiles by region: 3 × 3 on the detector times blocks of the scan. A region takes the spots of
 * its block and the two next to it; where they are few, those of the whole detector stand in.
 */
final class ProfileBlocks {
  private static final int SIDE = 3;
  private static final int REGIONS = SIDE * SIDE;

  /** Spots that the whole detector, and the widths, are worth in a region. */
  private static final double PRIOR = 20;

  private static final double FIRST_PRIOR = 5;
  private static final int MOST_REFERENCES = 60;
  private static final int FIRST_ROUNDS = 5;
  private static final int ROUNDS = 2;

  /** Reflections that one thread fits at a time. */
  private static final int CHUNK = 64;

  /** I/σ of a reference spot. */
  private static final double STRONG = 8;

  private final SpotWidths widths;
  private final double degreesPerFrame;
  private final Parallel parallel;
  private final ProfileFitter fitter;
  private final Vec3 across;
  private final Vec3 up;
  private final double[] range = {
    Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
    Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };
  private final SpotShape start;
  private SpotShape[] latest = new SpotShape[REGIONS];
  private final List<ShapeSums[]> sums = new ArrayList<>();
  private final List<List<BackgroundCurvature>> curvatures = new ArrayList<>();
  private int references;

  ProfileBlocks(
      Target[] targets,
      SpotWidths widths,
      double degreesPerFrame,
      Geometry geometry,
      Parallel parallel) {
    this.widths = widths;
    this.degreesPerFrame = degreesPerFrame;
    this.parallel = parallel;
    fitter = new ProfileFitter(geometry.detector(), widths, degreesPerFrame);
    start = SpotShape.of(widths);
    Arrays.fill(latest, start);
    Vec3 beam = geometry.beam().s0().unit();
    Vec3 any = Math.abs(beam.x()) < 0.7 ? new Vec3(1, 0, 0) : new Vec3(0, 1, 0);
    across = beam.cross(any).unit();
    up = beam.cross(across);
    for (Target t : targets) {
      double u = t.frame.s1().dot(across);
      double v = t.frame.s1().dot(up);
      range[0] = Math.min(range[0], u);
      range[1] = Math.max(range[1], u);
      range[2] = Math.min(range[2], v);
      range[3] = Math.max(range[3], v);
    }
  }

  private int region(Target t) {
    int i = third(t.frame.s1().dot(across), range[0], range[1]);
    return i + SIDE * third(t.frame.s1().dot(up), range[2], range[3]);
  }

  private static int third(double x, double from, double to) {
    return to > from ? Math.max(0, Math.min(SIDE - 1, (int) (SIDE * (x - from) / (to - from)))) : 0;
  }

  /** Takes the spots of a block whose reflections are measured, in the order of their rows. */
  void add(List<Target> block) {
    int b = sums.size();
    curvatures.add(curvatures(block));
    double spread = spread(b - 2, b + 1);
    List<List<Target>> spots = new ArrayList<>();
    for (int r = 0; r < REGIONS; r++) {
      spots.add(new ArrayList<>());
    }
    for (Target t : block) {
      if (isCandidate(t)) {
        t.bend(spread);
      }
      if (isReference(t)) {
        spots.get(region(t)).add(t);
        t.measured.flags |= ReflectionFlag.REFERENCE_SPOT.mask();
        references++;
      }
    }
    int rounds = b == 0 ? FIRST_ROUNDS : ROUNDS;
    ShapeSums[] now = new ShapeSums[REGIONS];
    for (int round = 0; round < rounds; round++) {
      SpotShape[] shapes = latest;
      parallel.forEach(REGIONS, r -> now[r] = sums(spots.get(r), shapes[r].covariance()));
      List<ShapeSums[]> known = new ArrayList<>(sums.subList(Math.max(0, b - 2), b));
      known.add(now);
      latest = shapes(known);
    }
    sums.add(now);
  }

  /** Of the fainter half of the spots, whose wings do not reach far. */
  private static List<BackgroundCurvature> curvatures(List<Target> block) {
    List<Target> spots = new ArrayList<>(block);
    spots.removeIf(t -> !isCandidate(t) || t.curvature == null);
    spots.sort(
        Comparator.comparingDouble((Target t) -> t.measured.sum).thenComparingInt(t -> t.row));
    return spots.subList(0, (spots.size() + 1) / 2).stream().map(t -> t.curvature).toList();
  }

  private double spread(int from, int to) {
    return BackgroundCurvature.spread(
        curvatures.subList(Math.max(0, from), to).stream().flatMap(List::stream).toList());
  }

  /** Number of spots that made profiles. */
  int references() {
    return references;
  }

  /** Whether a reflection can be a reference spot. */
  static boolean isCandidate(Target t) {
    return t.strong && t.isFull();
  }

  private static boolean isReference(Target t) {
    Measured m = t.measured;
    return isCandidate(t)
        && ReflectionFlag.INTEGRATED_SUM.isSet(m.flags)
        && m.sum > STRONG * Math.sqrt(m.sumVariance);
  }

  private ShapeSums sums(List<Target> spots, double[] covariance) {
    ShapeSums s = new ShapeSums();
    SpotShape normal = SpotShape.normal(covariance);
    ShapeSums.Reference r = new ShapeSums.Reference(normal, widths, degreesPerFrame);
    List<Target> best = new ArrayList<>(spots);
    best.sort(
        Comparator.comparingDouble((Target t) -> -t.measured.sum).thenComparingInt(t -> t.row));
    for (Target t : best.subList(0, Math.min(best.size(), MOST_REFERENCES))) {
      double strength = t.measured.sum * t.measured.sum / t.measured.sumVariance;
      s.add(
          t,
          normal.profile(t, widths, degreesPerFrame),
          t.measured.sum,
          strength / (strength + 400),
          r);
    }
    return s;
  }

  /** The shape of each region. */
  private SpotShape[] shapes(List<ShapeSums[]> blocks) {
    ShapeSums all = new ShapeSums();
    ShapeSums[] each = new ShapeSums[REGIONS];
    for (int r = 0; r < REGIONS; r++) {
      each[r] = new ShapeSums();
      for (ShapeSums[] b : blocks) {
        each[r].add(b[r], 1);
      }
      all.add(each[r], 1);
    }
    SpotShape common = all.shape(start, FIRST_PRIOR);
    SpotShape[] shapes = new SpotShape[REGIONS];
    for (int r = 0; r < REGIONS; r++) {
      if (all.weight > 0) {
        each[r].add(all, Math.min(1, PRIOR / all.weight));
      }
      shapes[r] = each[r].shape(SpotShape.normal(common.covariance()), FIRST_PRIOR);
    }
    return shapes;
  }

  /**
   * Fits the reflections of a block and lets them go.
   *
   * @param b its number; it and the two next to it must have been added, if they exist
   */
  void fit(int b, List<Target> block) {
    int from = Math.max(0, b - 1);
    int to = Math.min(sums.size(), b + 2);
    SpotShape[] shapes = shapes(sums.subList(from, to));
    double spread = spread(from, to);
    parallel.forEach(
        (block.size() + CHUNK - 1) / CHUNK,
        c -> {
          ProfileFitter.Room room = new ProfileFitter.Room();
          for (Target t : block.subList(c * CHUNK, Math.min(block.size(), (c + 1) * CHUNK))) {
            t.bend(spread);
            Summation.centroid(t);
            fitter.fit(t, shapes[region(t)], room);
            t.release();
          }
        });
  }
}
