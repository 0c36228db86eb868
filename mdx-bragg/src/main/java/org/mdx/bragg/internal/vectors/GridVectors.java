package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.internal.kernel.CosineSum;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * The edges of a known cell turned into all directions (R. J. Gildea et al., Acta Cryst. D70, 2652,
 * 2014).
 */
public final class GridVectors {
  private static final double STEP = 0.02;
  private static final int MOST_POINTS = 500;
  private static final int MOST = 30;

  private GridVectors() {}

  /** The best distinct vectors of each edge, not yet polished. */
  public static List<BasisVector> find(Points p, UnitCell primitive, Parallel parallel) {
    Points sample = p.sample(MOST_POINTS);
    double[] w = new double[sample.size()];
    java.util.Arrays.fill(w, 1);
    List<Vec3> directions = ProjectionVectors.hemisphere(STEP);
    List<BasisVector> found = new ArrayList<>();
    for (double edge : new double[] {primitive.a(), primitive.b(), primitive.c()}) {
      BasisVector[] all = new BasisVector[directions.size()];
      parallel.forEach(
          all.length,
          i -> {
            Vec3 v = directions.get(i).times(edge);
            double sum = CosineSum.value(sample.r, w, v.x(), v.y(), v.z());
            all[i] = new BasisVector(v, sum / w.length);
          });
      found.addAll(BasisVector.distinct(List.of(all), MOST));
    }
    return found;
  }
}
