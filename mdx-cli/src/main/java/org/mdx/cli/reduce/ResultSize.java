package org.mdx.cli.reduce;

import java.util.List;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.math.Vec3;
import org.mdx.pipeline.Sweep;
import org.mdx.table.Subdivision;

/** Bounds the room on a disk that the results of a reduction need, before it begins. */
final class ResultSize {
  /** A row of a merged table with its half-sets, and of a corrected and an integrated one. */
  private static final double MERGED = 60;

  private static final double KEPT = 100;

  private ResultSize() {}

  /**
   * Bytes of the results, uncompressed.
   *
   * @param sweeps to reduce
   * @param ndiv voxels per unit of each index
   * @param keep whether the tables of the sweeps are written too
   */
  static double of(List<Sweep> sweeps, Subdivision ndiv, boolean keep) {
    double s = 0;
    double observed = 0;
    UnitCell cell = sweeps.get(0).crystal().cell();
    double density = cell.volume() * ndiv.h() * ndiv.k() * ndiv.l();
    for (Sweep sweep : sweeps) {
      double reach = reach(sweep.geometry());
      s = Math.max(s, reach);
      double sphere = 4 * Math.PI / 3 * Math.pow(reach, 3) * density;
      observed += Math.min(sphere, pixels(sweep.images()));
    }
    double voxels = 4 * Math.PI / 3 * Math.pow(s, 3) * density;
    int order = sweeps.get(0).crystal().spaceGroup().laueGroup().order();
    // the map fills the box around the sphere
    double map = 8 * Math.pow(s, 3) * density * Float.BYTES;
    double largest = 0.2 * Runtime.getRuntime().maxMemory();
    return Math.min(map, largest) + MERGED * voxels / order + (keep ? KEPT * observed : 0);
  }

  private static double pixels(ImageSeries images) {
    double pixels = 0;
    for (int p = 0; p < images.source().panels(); p++) {
      pixels += (double) images.source().width(p) * images.source().height(p);
    }
    return pixels * images.frames();
  }

  /** The longest scattering vector of a corner of the detector, 1/Å. */
  private static double reach(Geometry geometry) {
    Vec3 s0 = geometry.beam().s0();
    double longest = 0;
    for (Panel panel : geometry.detector().panels()) {
      for (int corner = 0; corner < 4; corner++) {
        Vec3 at = panel.position((corner & 1) * panel.width(), (corner >> 1) * panel.height());
        Vec3 s1 = at.times(s0.norm() / at.norm());
        longest = Math.max(longest, s1.minus(s0).norm());
      }
    }
    return longest;
  }
}
