package org.mdx.bragg.internal.lattice;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.CrystalSystem;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.MetricSubgroups;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** What is known of the crystal beforehand, and how a lattice agrees with it. */
public final class KnownCell {
  private static final double LENGTH = 0.1;
  private static final double ANGLE = 5;
  private static final int REACH = 3;

  private final UnitCell cell;
  private final SpaceGroup group;
  private final ChangeOfBasis toPrimitive;
  private final LaueGroup primitiveLaue;
  private final NiggliCell niggli;

  /**
   * @param cell the cell, or null
   * @param group the space group in the cell's setting; P 1 if nothing is known
   */
  public KnownCell(UnitCell cell, SpaceGroup group) {
    this.cell = cell;
    this.group = group;
    this.toPrimitive = group.toPrimitive();
    this.primitiveLaue = group.transformed(toPrimitive).laueGroup();
    this.niggli = cell == null ? null : NiggliCell.of(primitive(cell));
  }

  private UnitCell primitive(UnitCell conventional) {
    Mat3 rows = conventional.orthogonalization().transpose();
    return UnitCell.ofAxes(changed(rows, toPrimitive));
  }

  /** Axes (rows) after a change of basis: (a', b', c') = (a, b, c)·P⁻¹. */
  public static Mat3 changed(Mat3 rows, ChangeOfBasis change) {
    return matrix(change.inverse()).transpose().times(rows);
  }

  private static Mat3 matrix(ChangeOfBasis c) {
    double[] m = new double[9];
    for (int i = 0; i < 9; i++) {
      m[i] = c.element(i / 3, i % 3);
    }
    return Mat3.ofRowMajor(m);
  }

  /** Whether nothing is known. */
  public boolean nothing() {
    return cell == null && group.number() == 1;
  }

  public boolean cellKnown() {
    return cell != null;
  }

  /** The reduced primitive cell. */
  public UnitCell primitive() {
    return niggli.cell();
  }

  public SpaceGroup group() {
    return group;
  }

  /** Symmetry of the metric in primitive axes, null where it has none. */
  public LaueGroup laue() {
    return group.number() == 1 ? null : primitiveLaue;
  }

  /** Whether a change of the primitive axes leaves the symmetry of the metric in its axes. */
  boolean keeps(ChangeOfBasis change) {
    SpaceGroup primitive = group.transformed(toPrimitive);
    return primitive.transformed(change).laueGroup().equals(primitiveLaue);
  }

  /** The setting matrix in the conventional axes of the space group, right-handed. */
  public Mat3 conventional(Mat3 primitive) {
    Mat3 a = changed(primitive.inverse(), toPrimitive.inverse()).inverse();
    return a.determinant() < 0 ? a.times(-1) : a;
  }

  /**
   * The settings of a lattice that agree with what is known.
   *
   * @param a setting matrix of a reduced primitive cell
   * @return matrices in the primitive axes of the space group, with its symmetry; none if the
   *     lattice is another
   */
  public List<Mat3> settings(Mat3 a) {
    if (nothing()) {
      return List.of(a);
    }
    return cell == null ? byGroup(a) : byCell(a);
  }

  private List<Mat3> byGroup(Mat3 a) {
    Mat3 axes = a.inverse();
    String type = MetricSubgroups.bravais(SpaceGroup.ofNumber(group.number()));
    List<Mat3> found = new ArrayList<>();
    for (MetricSubgroups.Setting s : MetricSubgroups.of(UnitCell.ofAxes(axes), ANGLE)) {
      if (s.bravais().equals(type)) {
        ChangeOfBasis change =
            group.toReference().inverse().times(s.group().toReference()).times(s.change());
        Mat3 setting = changed(axes, toPrimitive.times(change));
        found.add(Symmetrised.of(setting.inverse(), primitiveLaue));
        if (group.crystalSystem() != CrystalSystem.MONOCLINIC
            && group.crystalSystem() != CrystalSystem.ORTHORHOMBIC) {
          return found;
        }
      }
    }
    return found;
  }

  /** Lattice vectors of the right lengths and angles that span the lattice. */
  private List<Mat3> byCell(Mat3 a) {
    Mat3 axes = a.inverse();
    Mat3 wanted = niggli.cell().orthogonalization().transpose();
    Mat3 best = null;
    double least = Double.POSITIVE_INFINITY;
    List<List<Vec3>> edges = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      edges.add(ofLength(axes, wanted.row(k).norm()));
    }
    for (Vec3 u : edges.get(0)) {
      for (Vec3 v : edges.get(1)) {
        if (Math.abs(angle(u, v) - niggli.cell().gamma()) > ANGLE) {
          continue;
        }
        for (Vec3 w : edges.get(2)) {
          Mat3 trial = Mat3.ofRows(u, v, w);
          double ratio = trial.determinant() / axes.determinant();
          double misfit = misfit(trial, wanted);
          if (ratio > 0.9 && ratio < 1.1 && misfit < least - 1e-9) {
            least = misfit;
            best = trial;
          }
        }
      }
    }
    if (best == null) {
      return List.of();
    }
    Mat3 setting = changed(best, niggli.change().inverse());
    Mat3 inverse = setting.inverse();
    return List.of(laue() == null ? inverse : Symmetrised.of(inverse, primitiveLaue));
  }

  private static List<Vec3> ofLength(Mat3 axes, double length) {
    List<Vec3> found = new ArrayList<>();
    int n = 2 * REACH + 1;
    for (int i = 0; i < n * n * n; i++) {
      Vec3 v =
          axes.row(0)
              .times(i / n / n - REACH)
              .plus(axes.row(1).times(i / n % n - REACH))
              .plus(axes.row(2).times(i % n - REACH));
      if (Math.abs(v.norm() - length) <= LENGTH * length) {
        found.add(v);
      }
    }
    return found;
  }

  private static double angle(Vec3 u, Vec3 v) {
    return Math.toDegrees(Math.acos(u.dot(v) / (u.norm() * v.norm())));
  }

  /** Sum of squares over the tolerances, infinite if one is exceeded. */
  private static double misfit(Mat3 trial, Mat3 wanted) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      int l = (k + 1) % 3;
      double edge = trial.row(k).norm() / wanted.row(k).norm() - 1;
      double angle = angle(trial.row(k), trial.row(l)) - angle(wanted.row(k), wanted.row(l));
      if (!(Math.abs(edge) <= LENGTH && Math.abs(angle) <= ANGLE)) {
        return Double.POSITIVE_INFINITY;
      }
      sum += edge * edge / (LENGTH * LENGTH) + angle * angle / (ANGLE * ANGLE);
    }
    return sum;
  }
}
