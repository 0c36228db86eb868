package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.internal.kernel.RealTransform;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.parallel.Parallel;

/**
 * Periods of the points by a Fourier transform in three dimensions: each maximum is a vector of the
 * direct lattice (G. Bricogne, Proc. EEC Cooperative Workshop, 1986; J. W. Campbell, J. Appl.
 * Cryst. 31, 407, 1998).
 */
public final class TransformVectors {
  private static final int LARGEST = 256;
  private static final int SMALLEST = 64;

  /** Points within the resolution that the smaller cube allows, which are enough. */
  private static final int ENOUGH = 400;

  /** Resolution over the longest vector for a cube of one point: it fits with a margin of 10 %. */
  private static final double REACH = 4.4;

  private static final int MOST = 150;
  private static final double LEAST = 0.1;

  private final double resolution;
  private final double longest;
  private final RealTransform transform;

  /**
   * @param p the points
   * @param longest longest vector in Å
   */
  public TransformVectors(Points p, double longest) {
    this(p, longest, LARGEST);
  }

  public TransformVectors(Points p, double longest, int most) {
    double finest = 0;
    for (int i = 0; i < p.size(); i++) {
      finest = Math.max(finest, p.length(i));
    }
    double d = 1 / finest;
    int size = Math.min(SMALLEST, most);
    while (size < most && inside(p, REACH * longest / size) < Math.min(ENOUGH, p.size() / 2)) {
      size *= 2;
    }
    this.longest = longest;
    this.resolution = Math.max(d, REACH * longest / size);
    this.transform = new RealTransform(size);
  }

  private static int inside(Points p, double resolution) {
    int count = 0;
    for (int i = 0; i < p.size(); i++) {
      count += p.length(i) * resolution <= 1 ? 1 : 0;
    }
    return count;
  }

  /** The resolution used, in Å: vectors are known to a quarter of it. */
  public double resolution() {
    return resolution;
  }

  /** The highest maxima, best first; the score is the height over that of the origin. */
  public List<BasisVector> find(Points p, double shortest, Parallel parallel) {
    int n = transform.size();
    SliceGrid.run(transform, p, n * resolution / 2, resolution, parallel);
    double origin = transform.real()[0];
    GridMaxima maxima = new GridMaxima(transform.real(), n, resolution / 2, LEAST * origin, origin);
    List<List<BasisVector>> planes = new ArrayList<>();
    for (int z = 0; z < n; z++) {
      planes.add(new ArrayList<>());
    }
    parallel.forEach(n, z -> maxima.collect(z, shortest, longest, planes.get(z)));
    List<BasisVector> all = new ArrayList<>();
    planes.forEach(all::addAll);
    all.sort(BasisVector.RANK);
    return all.subList(0, Math.min(MOST, all.size()));
  }
}
