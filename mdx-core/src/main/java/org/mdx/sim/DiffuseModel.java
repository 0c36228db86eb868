package org.mdx.sim;

import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.internal.kernel.Hash;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.table.Subdivision;

/**
 * The truth behind simulated sweeps: the intensity of a crystal at any (h, k, l), as a function.
 * Intensities are counts per second and steradian, which is what a reduction calls intensity.
 *
 * <p>Four terms. <em>Bragg</em> peaks are Gaussians in reciprocal space whose heights follow
 * Wilson's acentric distribution. Their <em>halos</em> are Lorentzian at the core and end at a
 * radius. The <em>cloudy</em> signal is the sum of smooth bumps (1 − r²/R²)³ on all points of the
 * reciprocal lattice with exponentially distributed heights. The <em>isotropic</em> part depends on
 * s alone. Heights belong to lattice points and come from a hash of the point's symmetry class, and
 * bumps are round in reciprocal space, so the sum has the Laue symmetry of the space group exactly.
 * Everything but Bragg peaks is <em>diffuse</em>. Immutable; the same seed is the same model.
 */
public final class DiffuseModel {
  private static final long REFLECTION = 1;
  private static final long CLOUD = 2;

  private final UnitCell cell;
  private final SpaceGroup spaceGroup;
  private final ModelParameters parameters;
  private final long seed;
  private final LatticeSymmetry symmetry;
  private final Mat3 b;
  private final long reflectionSeed;
  private final long cloudSeed;
  private final double cloudHeight;
  private NodeField field;

  /**
   * A model.
   *
   * @param cell the unit cell
   * @param spaceGroup the space group
   * @param parameters what the model is like
   * @param seed another seed is another structure
   * @throws IllegalArgumentException if the cell does not have the symmetry of the group
   */
  public DiffuseModel(UnitCell cell, SpaceGroup spaceGroup, ModelParameters parameters, long seed) {
    this.cell = cell;
    this.spaceGroup = spaceGroup;
    this.parameters = parameters;
    this.seed = seed;
    this.symmetry = new LatticeSymmetry(spaceGroup, cell);
    this.b = cell.reciprocal();
    this.reflectionSeed = Hash.key(seed, REFLECTION);
    this.cloudSeed = Hash.key(seed, CLOUD);
    // ∫(1 − r²/R²)³ over the ball is 4πR³·16/315; divided by the reciprocal cell it is the mean sum
    double r = parameters.cloudRadius();
    this.cloudHeight =
        parameters.cloudLevel() / (4 * Math.PI * r * r * r * 16 / 315 * cell.volume());
  }

  /**
   * The unit cell.
   *
   * @return the cell
   */
  public UnitCell cell() {
    return cell;
  }

  /**
   * The space group.
   *
   * @return the group
   */
  public SpaceGroup spaceGroup() {
    return spaceGroup;
  }

  /**
   * What the model is like.
   *
   * @return its parameters
   */
  public ModelParameters parameters() {
    return parameters;
  }

  /**
   * Whether a reflection is systematically absent.
   *
   * @param h Miller index
   * @param k Miller index
   * @param l Miller index
   * @return true if so
   */
  public boolean isAbsent(int h, int k, int l) {
    return spaceGroup.isAbsent(h, k, l);
  }

  /**
   * Length of the scattering vector.
   *
   * @param h fractional Miller index
   * @param k fractional Miller index
   * @param l fractional Miller index
   * @return s in Å⁻¹
   */
  public double s(double h, double k, double l) {
    return b.times(new Vec3(h, k, l)).norm();
  }

  /**
   * Height of a Bragg peak: an exponential deviate times exp(−B s²/2).
   *
   * @param h Miller index
   * @param k Miller index
   * @param l Miller index
   * @return counts per second and steradian; 0 for absent reflections and 0 0 0
   */
  public double peakHeight(int h, int k, int l) {
    return parameters.unit() * relativePeak(h, k, l);
  }

  /**
   * Integrated intensity of a reflection over reciprocal space: (2π)^(3/2) σ³ times the height.
   *
   * @param h Miller index
   * @param k Miller index
   * @param l Miller index
   * @return counts per second and steradian, times Å⁻³
   */
  public double integrated(int h, int k, int l) {
    return peakHeight(h, k, l) * Math.pow(2 * Math.PI, 1.5) * Math.pow(parameters.peakSigma(), 3);
  }

  /**
   * The Bragg peaks at a point: those of all reflections within 7 σ.
   *
   * @param h fractional Miller index
   * @param k fractional Miller index
   * @param l fractional Miller index
   * @return counts per second and steradian
   */
  public double bragg(double h, double k, double l) {
    double sigma = parameters.peakSigma();
    double[] sum = {0};
    forNodes(
        h,
        k,
        l,
        7 * sigma,
        (h2, k2, l2, r2) ->
            sum[0] += relativePeak(h2, k2, l2) * Math.exp(-0.5 * r2 / (sigma * sigma)));
    return parameters.unit() * sum[0];
  }

  /**
   * The halos at a point.
   *
   * @param h fractional Miller index
   * @param k fractional Miller index
   * @param l fractional Miller index
   * @return counts per second and steradian
   */
  public double halo(double h, double k, double l) {
    double w2 = parameters.haloWidth() * parameters.haloWidth();
    double radius = parameters.haloRadius();
    double[] sum = {0};
    forNodes(
        h,
        k,
        l,
        radius,
        (h2, k2, l2, r2) -> {
          double t = 1 - r2 / (radius * radius);
          sum[0] += haloHeight(h2, k2, l2) * t * t / (1 + r2 / w2);
        });
    return parameters.unit() * sum[0];
  }

  /**
   * The cloudy signal at a point.
   *
   * @param h fractional Miller index
   * @param k fractional Miller index
   * @param l fractional Miller index
   * @return counts per second and steradian
   */
  public double cloud(double h, double k, double l) {
    double radius = parameters.cloudRadius();
    double[] sum = {0};
    forNodes(
        h,
        k,
        l,
        radius,
        (h2, k2, l2, r2) -> {
          double t = 1 - r2 / (radius * radius);
          sum[0] += cloudHeight(h2, k2, l2) * t * t * t;
        });
    return parameters.unit() * envelope(s(h, k, l)) * sum[0];
  }

  /**
   * The isotropic part: a Gaussian ring of disordered water at 0.3 Å⁻¹ on a slope that falls with
   * s.
   *
   * @param s length of the scattering vector in Å⁻¹
   * @return counts per second and steradian
   */
  public double isotropic(double s) {
    double x = (s - 0.3) / 0.06;
    return parameters.unit()
        * parameters.isotropicLevel()
        * (Math.exp(-0.5 * x * x) + 0.5 * Math.exp(-s * s / 0.16));
  }

  /**
   * Everything but the Bragg peaks at a point: halo, cloud and isotropic part.
   *
   * @param h fractional Miller index
   * @param k fractional Miller index
   * @param l fractional Miller index
   * @return counts per second and steradian
   */
  public double diffuse(double h, double k, double l) {
    return halo(h, k, l) + cloud(h, k, l) + isotropic(s(h, k, l));
  }

  /**
   * Mean of the diffuse intensity over a voxel, on a grid of n × n × n points, without those close
   * to a reflection: what a reduction that masks the Bragg peaks should find there.
   *
   * @param h H of the voxel, that is h·ndiv
   * @param k K of the voxel
   * @param l L of the voxel
   * @param ndiv voxels per Miller index
   * @param excluded points within this distance (Å⁻¹) of a reflection that is not absent are left
   *     out; 0 to take all
   * @param n points along each edge, 1 or more; 5 gives 1 %
   * @return counts per second and steradian; NaN if the whole voxel is left out
   * @throws IllegalArgumentException if n is below 1
   */
  public double voxel(int h, int k, int l, Subdivision ndiv, double excluded, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("n=" + n + " points along a voxel, must be 1 or more");
    }
    double edge = s(1.0 / ndiv.h(), 0, 0) + s(0, 1.0 / ndiv.k(), 0) + s(0, 0, 1.0 / ndiv.l());
    double middle = s(h / (double) ndiv.h(), k / (double) ndiv.k(), l / (double) ndiv.l());
    NodeField nodes = field(middle + edge);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      double x = (h + (i + 0.5) / n - 0.5) / ndiv.h();
      for (int j = 0; j < n; j++) {
        double y = (k + (j + 0.5) / n - 0.5) / ndiv.k();
        for (int m = 0; m < n; m++) {
          double z = (l + (m + 0.5) / n - 0.5) / ndiv.l();
          if (excluded > 0 && isNearReflection(x, y, z, excluded)) {
            continue;
          }
          double s = s(x, y, z);
          double relative = envelope(s) * nodes.cloud(x, y, z) + nodes.halo(x, y, z);
          sum += parameters.unit() * relative + isotropic(s);
          count++;
        }
      }
    }
    return sum / count;
  }

  private boolean isNearReflection(double h, double k, double l, double radius) {
    boolean[] near = {false};
    forNodes(h, k, l, radius, (h2, k2, l2, r2) -> near[0] |= !isAbsent(h2, k2, l2));
    return near[0];
  }

  /** Relative height of a Bragg peak. */
  double relativePeak(int h, int k, int l) {
    if ((h == 0 && k == 0 && l == 0) || spaceGroup.isAbsent(h, k, l)) {
      return 0;
    }
    double s = s(h, k, l);
    return parameters.braggPeak()
        * Math.exp(-0.5 * parameters.wilsonB() * s * s)
        * -Math.log(Hash.uniform(symmetry.hash(reflectionSeed, h, k, l)));
  }

  /** Relative height of a halo. */
  double haloHeight(int h, int k, int l) {
    return parameters.haloLevel() * relativePeak(h, k, l);
  }

  /** Relative height of a bump of the cloudy signal, before the envelope. */
  double cloudHeight(int h, int k, int l) {
    return cloudHeight * -Math.log(Hash.uniform(symmetry.hash(cloudSeed, h, k, l)));
  }

  /** Envelope of the cloudy signal, one at its peak. */
  double envelope(double s) {
    double x = s / parameters.cloudPeak();
    x *= x;
    return x * Math.exp(1 - x);
  }

  /** Halo and cloud from tables that reach to sMax at least; kept for the next call. */
  synchronized NodeField field(double sMax) {
    if (field == null || field.sMax() < sMax) {
      field = new NodeField(this, field == null ? sMax : Math.max(sMax, 1.2 * field.sMax()));
    }
    return field;
  }

  private interface NodeVisitor {
    void visit(int h, int k, int l, double distanceSquared);
  }

  /** Visits the lattice points closer than a radius: |Δh| cannot exceed radius·a. */
  private void forNodes(double h, double k, double l, double radius, NodeVisitor visitor) {
    for (int h2 = first(h, radius * cell.a()); h2 <= h + radius * cell.a(); h2++) {
      for (int k2 = first(k, radius * cell.b()); k2 <= k + radius * cell.b(); k2++) {
        for (int l2 = first(l, radius * cell.c()); l2 <= l + radius * cell.c(); l2++) {
          double r = s(h - h2, k - k2, l - l2);
          if (r < radius) {
            visitor.visit(h2, k2, l2, r * r);
          }
        }
      }
    }
  }

  private static int first(double x, double reach) {
    return (int) Math.ceil(x - reach);
  }

  @Override
  public String toString() {
    return "DiffuseModel[" + cell + ", " + spaceGroup + ", seed " + seed + "]";
  }
}
