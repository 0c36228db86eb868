package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.bragg.internal.algebra.Covariance;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * A cell fitted to scattering angles. |q|² = hᵀG*h is linear in the reciprocal metric, and 2θ = 2
 * asin(λ|q|/2), so that a few weighted linear problems find it; errors of 2θ follow Student's t
 * with 4 degrees of freedom and a scale that is the median of their moduli.
 */
public final class TwoThetaFit {
  private static final double NU = 4;
  private static final double NORMAL = 1.4826;
  private static final int ROUNDS = 50;
  private static final double SETTLED = 1e-12;

  private final CrystalBlock block;
  private final double[] h; // h, k, l of each
  private final double[] seen; // 2θ of each, rad
  private final double[] wavelength;
  private final double[] p;
  private final int n;
  private double scale;
  private Covariance covariance;

  private TwoThetaFit(List<Geometry> geometries, Reflections r) {
    Crystal first = crystal(geometries, 0);
    for (int i = 1; i < geometries.size(); i++) {
      Crystal other = crystal(geometries, i);
      if (!other.spaceGroup().hall().equals(first.spaceGroup().hall())) {
        throw new IllegalArgumentException(
            "crystals of "
                + first.spaceGroup()
                + " and "
                + other.spaceGroup()
                + "; they have no cell in common");
      }
    }
    block = new CrystalBlock(first);
    p = new double[block.size()];
    int[] id = r.has(ReflectionKeys.ID) ? r.get(ReflectionKeys.ID) : new int[r.size()];
    int[] panel = r.has(ReflectionKeys.PANEL) ? r.get(ReflectionKeys.PANEL) : new int[r.size()];
    int[] index = r.get(ReflectionKeys.MILLER_INDEX);
    double[] px = r.get(ReflectionKeys.XYZOBS_PX);
    int[] rows = IntStream.range(0, r.size()).filter(i -> usable(r, i, id, index)).toArray();
    n = rows.length;
    if (n < 2 * (p.length - CrystalBlock.ROTATIONS)) {
      throw new IllegalArgumentException(
          n
              + " reflections for "
              + (p.length - CrystalBlock.ROTATIONS)
              + " parameters of the cell");
    }
    h = new double[3 * n];
    seen = new double[n];
    wavelength = new double[n];
    for (int k = 0; k < n; k++) {
      int i = rows[k];
      if (id[i] >= geometries.size()) {
        throw new IllegalArgumentException(
            "reflection "
                + i
                + " has the id "
                + id[i]
                + " of "
                + geometries.size()
                + " geometries");
      }
      Geometry g = geometries.get(id[i]);
      wavelength[k] = g.beam().wavelength();
      double q = g.scatteringVector(panel[i], px[3 * i], px[3 * i + 1]).norm();
      seen[k] = 2 * Math.asin(q * wavelength[k] / 2);
      for (int c = 0; c < 3; c++) {
        h[3 * k + c] = index[3 * i + c];
      }
    }
    run();
  }

  private static Crystal crystal(List<Geometry> geometries, int i) {
    return geometries
        .get(i)
        .crystal()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "geometry " + i + " has no crystal: index the sweep before refining it"));
  }

  private static boolean usable(Reflections r, int i, int[] id, int[] h) {
    boolean indexed = id[i] >= 0 && (h[3 * i] != 0 || h[3 * i + 1] != 0 || h[3 * i + 2] != 0);
    return indexed
        && !(r.has(ReflectionKeys.FLAGS)
            && (r.isSet(i, ReflectionFlag.OVERLOADED)
                || r.isSet(i, ReflectionFlag.CENTROID_OUTLIER)));
  }

  /**
   * Fits the cell.
   *
   * @param geometries with crystals of one space group
   * @param r indexed reflections
   * @return the fit
   * @throws IllegalArgumentException if there is no crystal, groups differ or reflections are few
   */
  public static TwoThetaFit of(List<Geometry> geometries, Reflections r) {
    return new TwoThetaFit(geometries, r);
  }

  private void run() {
    int from = CrystalBlock.ROTATIONS;
    int m = p.length - from;
    double[][] directions = new double[m][];
    for (int k = 0; k < m; k++) {
      directions[k] = block.metricDirection(k);
    }
    boolean moving = true;
    for (int round = 0; round < ROUNDS && moving; round++) {
      double[] residual = residuals();
      scale = scale(residual);
      ArrowMatrix normal = new ArrowMatrix(m);
      double[] right = new double[m];
      double[] slope = new double[m];
      for (int i = 0; i < n; i++) {
        slopes(i, directions, slope);
        double w = weight(residual[i]) / (scale * scale);
        for (int a = 0; a < m; a++) {
          right[a] += w * slope[a] * residual[i];
          for (int b = a; b < m; b++) {
            normal.add(a, b, w * slope[a] * slope[b]);
          }
        }
      }
      covariance = Covariance.of(normal);
      double[] step = covariance.times(right);
      moving = false;
      for (int a = 0; a < m; a++) {
        if (Double.isNaN(covariance.get(a, a))) {
          throw new IllegalArgumentException(
              "the " + n + " reflections do not determine the cell; index more of them");
        }
        p[from + a] += step[a];
        moving |= Math.abs(step[a]) > SETTLED;
      }
    }
    finish(directions);
  }

  /** The covariance of an estimate by ψ = wr: (JᵀJ)⁻¹·mean(ψ²)/mean(ψ′)²·N/(N − P). */
  private void finish(double[][] directions) {
    double[] residual = residuals();
    int m = directions.length;
    ArrowMatrix normal = new ArrowMatrix(m);
    double[] slope = new double[m];
    double squares = 0;
    double derivative = 0;
    for (int i = 0; i < n; i++) {
      slopes(i, directions, slope);
      double u = residual[i] / scale;
      double w = weight(residual[i]);
      squares += w * w * residual[i] * residual[i];
      derivative += w * (1 - 2 * u * u / (NU + u * u));
      for (int a = 0; a < m; a++) {
        for (int b = a; b < m; b++) {
          normal.add(a, b, slope[a] * slope[b]);
        }
      }
    }
    double mean = derivative / n;
    covariance = Covariance.of(normal).times(squares / n / (mean * mean) * n / (n - m));
  }

  private double weight(double residual) {
    double u = residual / scale;
    return (NU + 1) / (NU + u * u);
  }

  private double q2(int i, double[] g) {
    double sum = 0;
    for (int c = 0; c < CellSymmetry.SIX; c++) {
      double both = CellSymmetry.ROW[c] == CellSymmetry.COLUMN[c] ? 1 : 2;
      sum += both * g[c] * h[3 * i + CellSymmetry.ROW[c]] * h[3 * i + CellSymmetry.COLUMN[c]];
    }
    return sum;
  }

  /** ∂2θ = λ²/(2 sin 2θ) · ∂q². */
  private void slopes(int i, double[][] directions, double[] out) {
    double factor = wavelength[i] * wavelength[i] / (2 * Math.sin(seen[i]));
    for (int k = 0; k < out.length; k++) {
      out[k] = factor * q2(i, directions[k]);
    }
  }

  private double[] residuals() {
    double[] g = block.metric(p);
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      double sine = wavelength[i] * Math.sqrt(q2(i, g)) / 2;
      out[i] = seen[i] - 2 * Math.asin(Math.min(1, sine));
    }
    return out;
  }

  private static double scale(double[] residuals) {
    double[] moduli = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    return Math.max(NORMAL * moduli[moduli.length / 2], 1e-12);
  }

  /**
   * The cell.
   *
   * @return lengths and angles
   */
  public UnitCell cell() {
    return block.at(p, 0).cell();
  }

  /**
   * Its standard uncertainties.
   *
   * @return of a, b, c in Å, α, β, γ in degrees
   */
  public List<Double> sigmas() {
    double[][] d = block.meanCell(p, 0);
    Double[] out = new Double[6];
    for (int c = 0; c < 6; c++) {
      double sum = 0;
      for (int i = 0; i < p.length - CrystalBlock.ROTATIONS; i++) {
        for (int j = 0; j < p.length - CrystalBlock.ROTATIONS; j++) {
          sum +=
              d[CrystalBlock.ROTATIONS + i][c]
                  * covariance.get(i, j)
                  * d[CrystalBlock.ROTATIONS + j][c];
        }
      }
      out[c] = Math.sqrt(sum);
    }
    return List.of(out);
  }

  /**
   * Number of reflections.
   *
   * @return those that were used
   */
  public int used() {
    return n;
  }

  /**
   * Robust standard deviation of the residuals of 2θ.
   *
   * @return degrees
   */
  public double rmsd() {
    return Math.toDegrees(scale(residuals()));
  }
}
