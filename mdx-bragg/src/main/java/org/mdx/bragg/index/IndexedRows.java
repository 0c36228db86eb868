package org.mdx.bragg.index;

import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.LatticeScore;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Which spot belongs to which lattice, by the nearest lattice point in errors of the lattice. Where
 * a stretch of images is not of a lattice, its spots have no index.
 *
 * @param lattice lattice of each point, or −1
 * @param hkl its index in conventional axes, three numbers each, 0 without a lattice
 */
record IndexedRows(int[] lattice, int[] hkl) {

  static IndexedRows of(List<LatticeModel> models, KnownCell known, ScanShares shares) {
    Points points = models.get(0).points();
    int n = points.size();
    int[] owner = new int[n];
    int[] hkl = new int[3 * n];
    double[] nearest = new double[n];
    Arrays.fill(owner, -1);
    for (int l = 0; l < models.size(); l++) {
      LatticeModel m = models.get(l);
      double[] x = LatticeScore.residuals(points, m.a(), m.assigned().rest());
      Mat3 toConventional = known.conventional(m.a()).inverse().times(m.a());
      for (int i : m.assigned().which()) {
        double u = x[3 * i] / m.score().across();
        double v = x[3 * i + 1] / m.score().across();
        double w = x[3 * i + 2] / m.score().along();
        double d = u * u + v * v + w * w;
        if (shares.has(l, points, i) && (owner[i] < 0 || d < nearest[i])) {
          owner[i] = l;
          nearest[i] = d;
          int[] h = m.assigned().hkl();
          Vec3 c = toConventional.times(new Vec3(h[3 * i], h[3 * i + 1], h[3 * i + 2]));
          hkl[3 * i] = (int) Math.rint(c.x());
          hkl[3 * i + 1] = (int) Math.rint(c.y());
          hkl[3 * i + 2] = (int) Math.rint(c.z());
        }
      }
    }
    for (int l = 0; l < models.size(); l++) {
      leaveOutStrange(points, l, owner, hkl);
    }
    return new IndexedRows(owner, hkl);
  }

  /** Takes the indices off spots of images that are not of this lattice. */
  private static void leaveOutStrange(Points points, int of, int[] owner, int[] hkl) {
    for (int s = 0; s < points.geometries.size(); s++) {
      int frames = points.geometries.get(s).scan().frames();
      int[] spots = new int[frames];
      int[] indexed = new int[frames];
      for (int i = 0; i < owner.length; i++) {
        if (points.sweep[i] == s && (owner[i] < 0 || owner[i] == of)) {
          int f = ScanShares.frame(points, i, frames);
          spots[f]++;
          indexed[f] += owner[i] == of ? 1 : 0;
        }
      }
      for (int[] stretch : StrangeImages.of(spots, indexed)) {
        for (int i = 0; i < owner.length; i++) {
          int f = ScanShares.frame(points, i, frames);
          if (points.sweep[i] == s && owner[i] == of && f >= stretch[0] && f < stretch[1]) {
            owner[i] = -1;
            Arrays.fill(hkl, 3 * i, 3 * i + 3, 0);
          }
        }
      }
    }
  }

  /** Number of spots of a lattice. */
  int count(int of) {
    return (int) Arrays.stream(lattice).filter(l -> l == of).count();
  }

  /** Lattices and indices in one array. */
  int[] all() {
    int[] both = Arrays.copyOf(lattice, lattice.length + hkl.length);
    System.arraycopy(hkl, 0, both, lattice.length, hkl.length);
    return both;
  }
}
