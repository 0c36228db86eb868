package org.mdx.sim;

import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The sums over lattice points of a {@link DiffuseModel}, halo and cloud, from tables: heights on a
 * dense grid of lattice points, and for each of 8 × 8 × 8 parts of a reciprocal cell the points
 * that can reach into it. Immutable.
 */
final class NodeField {
  private static final int PARTS = 8;

  private final double sMax;
  private final int hMax;
  private final int kMax;
  private final int lMax;
  private final int strideK;
  private final int strideH;

  /** Cloud and halo height of each lattice point, in turns. */
  private final float[] heights;

  /** For each part where its neighbours begin; one more entry for the end. */
  private final int[] start;

  /** Offset of a neighbour in {@link #heights} from the cell's corner. */
  private final int[] offset;

  /** Cartesian x, y, z of a neighbour from the cell's corner, in cloud radii. */
  private final double[] place;

  /** B in cloud radii. */
  private final Mat3 b;

  private final double haloRadius2;
  private final double haloWidth2;

  private NodeField(DiffuseModel model, double sMax) {
    ModelParameters p = model.parameters();
    this.sMax = sMax;
    double radius = Math.max(p.cloudRadius(), p.haloRadius());
    int[] reach = {
      reach(radius * model.cell().a()),
      reach(radius * model.cell().b()),
      reach(radius * model.cell().c())
    };
    hMax = (int) Math.ceil(sMax * model.cell().a()) + reach[0];
    kMax = (int) Math.ceil(sMax * model.cell().b()) + reach[1];
    lMax = (int) Math.ceil(sMax * model.cell().c()) + reach[2];
    strideK = 2 * (2 * lMax + 1);
    strideH = strideK * (2 * kMax + 1);
    long size = (long) strideH / 2 * (2 * hMax + 1);
    if (size > 200_000_000) {
      throw new IllegalArgumentException(
          "the model needs "
              + size
              + " lattice points up to s = "
              + sMax
              + " Å⁻¹, more than 200000000; choose a smaller cell or a lower resolution");
    }
    heights = heights(model, (int) size, sMax + radius);
    b = model.cell().reciprocal().times(1 / p.cloudRadius());
    double scale = 1 / p.cloudRadius();
    haloRadius2 = p.haloRadius() * scale * p.haloRadius() * scale;
    haloWidth2 = p.haloWidth() * scale * p.haloWidth() * scale;
    Neighbours n = new Neighbours(b, radius * scale, reach);
    start = n.start;
    place = n.place;
    offset = new int[n.index.length / 3];
    for (int i = 0; i < offset.length; i++) {
      offset[i] = n.index[3 * i] * strideH + n.index[3 * i + 1] * strideK + 2 * n.index[3 * i + 2];
    }
  }

  private static int reach(double indices) {
    return (int) Math.ceil(indices) + 1;
  }

  /** Tables for points with |s| up to sMax. */
  static NodeField of(DiffuseModel model, double sMax) {
    return new NodeField(model, sMax);
  }

  private float[] heights(DiffuseModel model, int size, double sLimit) {
    float[] f = new float[2 * size];
    int i = 0;
    for (int h = -hMax; h <= hMax; h++) {
      for (int k = -kMax; k <= kMax; k++) {
        for (int l = -lMax; l <= lMax; l++, i += 2) {
          if (model.s(h, k, l) <= sLimit) {
            f[i] = (float) model.cloudHeight(h, k, l);
            f[i + 1] = (float) model.haloHeight(h, k, l);
          }
        }
      }
    }
    return f;
  }

  /** Largest |s| that may be asked for. */
  double sMax() {
    return sMax;
  }

  /**
   * The sums at a point; does not check.
   *
   * @param sums receives the cloud without its envelope, and the halo
   */
  void evaluate(double h, double k, double l, double[] sums) {
    double h0 = Math.floor(h);
    double k0 = Math.floor(k);
    double l0 = Math.floor(l);
    double fh = h - h0;
    double fk = k - k0;
    double fl = l - l0;
    int part = ((int) (fh * PARTS) * PARTS + (int) (fk * PARTS)) * PARTS + (int) (fl * PARTS);
    int corner = ((int) h0 + hMax) * strideH + ((int) k0 + kMax) * strideK + 2 * ((int) l0 + lMax);
    double x = b.m00() * fh;
    double y = b.m10() * fh + b.m11() * fk;
    double z = b.m20() * fh + b.m21() * fk + b.m22() * fl;
    double cloud = 0;
    double halo = 0;
    for (int i = start[part], end = start[part + 1]; i < end; i++) {
      double dx = x - place[3 * i];
      double dy = y - place[3 * i + 1];
      double dz = z - place[3 * i + 2];
      double r2 = dx * dx + dy * dy + dz * dz;
      int at = corner + offset[i];
      if (r2 < 1) {
        double t = 1 - r2;
        cloud += heights[at] * t * t * t;
      }
      if (r2 < haloRadius2) {
        double t = 1 - r2 / haloRadius2;
        halo += heights[at + 1] * t * t / (1 + r2 / haloWidth2);
      }
    }
    sums[0] = cloud;
    sums[1] = halo;
  }

  /** For each part of a reciprocal cell the lattice points that can be within a radius. */
  private static final class Neighbours {
    final int[] start = new int[PARTS * PARTS * PARTS + 1];
    final int[] index;
    final double[] place;

    Neighbours(Mat3 b, double radius, int[] reach) {
      // half the longest diagonal of a part
      double half = 0;
      for (int corner = 0; corner < 4; corner++) {
        Vec3 d = new Vec3(1, (corner & 1) == 0 ? 1 : -1, (corner & 2) == 0 ? 1 : -1);
        half = Math.max(half, b.times(d).norm() / (2 * PARTS));
      }
      it.unimi.dsi.fastutil.ints.IntArrayList found = new it.unimi.dsi.fastutil.ints.IntArrayList();
      for (int part = 0; part < PARTS * PARTS * PARTS; part++) {
        start[part] = found.size() / 3;
        Vec3 middle =
            new Vec3(
                (part / (PARTS * PARTS) + 0.5) / PARTS,
                (part / PARTS % PARTS + 0.5) / PARTS,
                (part % PARTS + 0.5) / PARTS);
        for (int h = -reach[0]; h <= reach[0]; h++) {
          for (int k = -reach[1]; k <= reach[1]; k++) {
            for (int l = -reach[2]; l <= reach[2]; l++) {
              if (b.times(middle.minus(new Vec3(h, k, l))).norm() < radius + half) {
                found.add(h);
                found.add(k);
                found.add(l);
              }
            }
          }
        }
      }
      start[PARTS * PARTS * PARTS] = found.size() / 3;
      index = found.toIntArray();
      place = new double[index.length];
      for (int i = 0; i < index.length; i += 3) {
        Vec3 p = b.times(new Vec3(index[i], index[i + 1], index[i + 2]));
        place[i] = p.x();
        place[i + 1] = p.y();
        place[i + 2] = p.z();
      }
    }
  }
}
