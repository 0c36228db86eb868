package org.mdx.sim;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Bragg peaks on the detector: for each reflection that a frame touches, the mean of its Gaussian
 * over pixel and frame. Over the frame the reflection moves on a straight line, along which the
 * mean is an error function; over the pixel it is taken at 2 × 2 Gauss points. Immutable.
 */
final class SpotPainter {
  /** Peaks end here, in standard deviations: 1.5·10⁻⁵ of the intensity is beyond. */
  private static final double CUTOFF = 5;

  private static final double GAUSS = 0.5 / Math.sqrt(3);

  private final Geometry geometry;
  private final PixelTable[] tables;
  private final double sigma;
  private final double deltaPhi;

  /** h, k, l of every reflection. */
  private final int[] hkl;

  /** Peak height, s²/2, and s0·s = A + B cosφ + C sinφ. */
  private final double[] data;

  SpotPainter(DiffuseModel model, Geometry geometry, PixelTable[] tables) {
    this.geometry = geometry;
    this.tables = tables;
    this.sigma = model.parameters().peakSigma();
    this.deltaPhi = Math.abs(Math.toRadians(geometry.scan().width()));
    double sMax = 0;
    for (PixelTable t : tables) {
      sMax = Math.max(sMax, t.sMax);
    }
    sMax += CUTOFF * sigma;
    IntArrayList indices = new IntArrayList();
    DoubleArrayList values = new DoubleArrayList();
    Mat3 fa = geometry.goniometer().fixedRotation().times(geometry.crystal().orElseThrow().a());
    Vec3 axis = geometry.goniometer().axis();
    Vec3 q = geometry.goniometer().settingRotation().transpose().times(geometry.beam().s0());
    int hMax = (int) (sMax * model.cell().a());
    int kMax = (int) (sMax * model.cell().b());
    int lMax = (int) (sMax * model.cell().c());
    for (int h = -hMax; h <= hMax; h++) {
      for (int k = -kMax; k <= kMax; k++) {
        for (int l = -lMax; l <= lMax; l++) {
          Vec3 v = fa.times(new Vec3(h, k, l));
          double height = v.norm() > sMax ? 0 : model.relativePeak(h, k, l);
          if (height > 0) {
            indices.add(h);
            indices.add(k);
            indices.add(l);
            double a = q.dot(axis) * axis.dot(v);
            values.add(height);
            values.add(v.dot(v) / 2);
            values.add(a);
            values.add(q.dot(v) - a);
            values.add(q.dot(axis.cross(v)));
          }
        }
      }
    }
    hkl = indices.toIntArray();
    data = values.toDoubleArray();
  }

  /**
   * Adds the Bragg peaks of a frame to images in relative intensity; does not check.
   *
   * @param into one image for each panel
   */
  void paint(int frame, float[][] into) {
    double phi = geometry.scan().phi(frame);
    double cos = Math.cos(Math.toRadians(phi));
    double sin = Math.sin(Math.toRadians(phi));
    double wavelength = geometry.beam().wavelength();
    Mat3 ub = geometry.ub(phi);
    for (int i = 0, j = 0; i < hkl.length; i += 3, j += 5) {
      double b = data[j + 3];
      double c = data[j + 4];
      // distance of the reflection from the Ewald sphere, and how far it can move within the frame
      double excess = wavelength * (data[j + 2] + b * cos + c * sin + data[j + 1]);
      double moved = wavelength * Math.hypot(b, c) * deltaPhi / 2;
      if (Math.abs(excess) < CUTOFF * sigma + moved + 1e-4) {
        Vec3 s = ub.times(new Vec3(hkl[i], hkl[i + 1], hkl[i + 2]));
        for (int p = 0; p < tables.length; p++) {
          paint(p, s, data[j], into[p]);
        }
      }
    }
  }

  private void paint(int p, Vec3 s, double height, float[] image) {
    Panel panel = geometry.detector().panels().get(p);
    Vec3 ray = s.plus(geometry.beam().s0()).unit();
    Vec3 normal = panel.normal();
    double cos = ray.dot(normal);
    double distance = panel.origin().dot(normal) / cos;
    if (!(distance > 0) || Math.abs(cos) < 0.05) {
      return;
    }
    Vec3 x = ray.times(distance).minus(panel.origin());
    double reach =
        (CUTOFF * sigma + s.norm() * deltaPhi / 2)
            * geometry.beam().wavelength()
            * distance
            / Math.abs(cos);
    double px = x.dot(panel.fast()) / panel.pixelWidth();
    double py = x.dot(panel.slow()) / panel.pixelHeight();
    // 1.5 pixels more for parallax and the pixel's own size
    double rx = reach / panel.pixelWidth() + 1.5;
    double ry = reach / panel.pixelHeight() + 1.5;
    int x0 = (int) Math.max(0, Math.floor(px - rx));
    int x1 = (int) Math.min(panel.width() - 1.0, Math.floor(px + rx));
    int y0 = (int) Math.max(0, Math.floor(py - ry));
    int y1 = (int) Math.min(panel.height() - 1.0, Math.floor(py + ry));
    if (x0 > x1 || y0 > y1) {
      return;
    }
    Rocking rocking = new Rocking(geometry.goniometer().laboratoryAxis().cross(s), sigma, deltaPhi);
    PixelTable t = tables[p];
    for (int iy = y0; iy <= y1; iy++) {
      for (int ix = x0; ix <= x1; ix++) {
        image[iy * t.width + ix] += (float) (height * mean(t, ix, iy, s, rocking));
      }
    }
  }

  /** Mean over a pixel, with the scattering vector linear across it. */
  private static double mean(PixelTable t, int ix, int iy, Vec3 s, Rocking rocking) {
    int i = iy * t.width + ix;
    int left = ix == 0 ? i : i - 1;
    int right = ix == t.width - 1 ? i : i + 1;
    int up = iy == 0 ? i : i - t.width;
    int down = iy == t.height - 1 ? i : i + t.width;
    double fx = right == left ? 0 : GAUSS / (right - left);
    double fy = down == up ? 0 : GAUSS * t.width / (down - up);
    double x = t.sx[i] - s.x();
    double y = t.sy[i] - s.y();
    double z = t.sz[i] - s.z();
    double dxx = (t.sx[right] - t.sx[left]) * fx;
    double dxy = (t.sy[right] - t.sy[left]) * fx;
    double dxz = (t.sz[right] - t.sz[left]) * fx;
    double dyx = (t.sx[down] - t.sx[up]) * fy;
    double dyy = (t.sy[down] - t.sy[up]) * fy;
    double dyz = (t.sz[down] - t.sz[up]) * fy;
    return (rocking.mean(x - dxx - dyx, y - dxy - dyy, z - dxz - dyz)
            + rocking.mean(x + dxx - dyx, y + dxy - dyy, z + dxz - dyz)
            + rocking.mean(x - dxx + dyx, y - dxy + dyy, z - dxz + dyz)
            + rocking.mean(x + dxx + dyx, y + dxy + dyy, z + dxz + dyz))
        / 4;
  }
}
