package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.algebra.Turns;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Six parameters for each group of panels that moves as one: distance along the normal and two
 * shifts along fast and slow in mm, and rotations about normal, fast and slow at the centre of the
 * group in mrad, in this order. Directions are those of the group's middle panel at the start.
 */
final class DetectorBlock {
  static final int SIZE = 6;

  private static final FitParameter[] KINDS = {
    FitParameter.DISTANCE,
    FitParameter.SHIFTS,
    FitParameter.SHIFTS,
    FitParameter.TAU_NORMAL,
    FitParameter.TILTS,
    FitParameter.TILTS
  };
  private static final String[] NAMES = {
    "distance", "shift fast", "shift slow", "tau normal", "tau fast", "tau slow"
  };

  private final Detector start;
  private final List<int[]> groups;

  private DetectorBlock(Detector start, List<int[]> groups) {
    this.start = start;
    this.groups = groups;
  }

  /** All panels move as one. */
  static DetectorBlock rigid(Detector start) {
    return new DetectorBlock(start, List.of(IntStream.range(0, start.panels().size()).toArray()));
  }

  /**
   * Panels of a group move as one.
   *
   * @param groups each panel in one; none if all move as one
   */
  static DetectorBlock of(Detector start, List<List<Integer>> groups) {
    if (groups.isEmpty()) {
      return rigid(start);
    }
    int n = start.panels().size();
    List<Integer> all = groups.stream().flatMap(List::stream).sorted().toList();
    if (!all.equals(IntStream.range(0, n).boxed().toList())) {
      throw new IllegalArgumentException(
          "groups of panels "
              + groups
              + ": each of the panels 0 to "
              + (n - 1)
              + " in one of them");
    }
    return new DetectorBlock(
        start, groups.stream().map(g -> g.stream().mapToInt(i -> i).toArray()).toList());
  }

  int size() {
    return SIZE * groups.size();
  }

  FitParameter kind(int i) {
    return KINDS[i % SIZE];
  }

  String name(int i) {
    return NAMES[i % SIZE] + (groups.size() == 1 ? "" : " of group " + i / SIZE);
  }

  /** The group that a panel moves with. */
  int group(int panel) {
    int g = 0;
    while (!contains(groups.get(g), panel)) {
      g++;
    }
    return g;
  }

  private static boolean contains(int[] group, int panel) {
    return IntStream.of(group).anyMatch(i -> i == panel);
  }

  private Panel panel(int i) {
    return start.panels().get(i);
  }

  /** Mean of the centres of the panels. */
  private Vec3 centre(int[] group) {
    Vec3 sum = Vec3.ZERO;
    for (int i : group) {
      Panel p = panel(i);
      sum =
          sum.plus(p.origin())
              .plus(p.fast().times(0.5 * p.width() * p.pixelWidth()))
              .plus(p.slow().times(0.5 * p.height() * p.pixelHeight()));
    }
    return sum.times(1.0 / group.length);
  }

  /** Normal away from the sample, fast and slow of the panel whose centre is nearest to it. */
  private Vec3[] axes(int[] group) {
    Vec3 centre = centre(group);
    Panel middle = panel(group[0]);
    for (int i : group) {
      double far = centre(new int[] {i}).minus(centre).norm();
      middle = far < centre(new int[] {index(middle)}).minus(centre).norm() ? panel(i) : middle;
    }
    Vec3 normal = middle.normal();
    return new Vec3[] {
      normal.dot(middle.origin()) < 0 ? normal.times(-1) : normal, middle.fast(), middle.slow()
    };
  }

  private int index(Panel p) {
    return start.panels().indexOf(p);
  }

  /** The detector at the parameters. */
  Detector at(double[] p, int from) {
    List<Panel> panels = new ArrayList<>(start.panels());
    for (int g = 0; g < groups.size(); g++) {
      int[] group = groups.get(g);
      int at = from + SIZE * g;
      Vec3 centre = centre(group);
      Vec3[] axes = axes(group);
      Mat3 turn = new Turns(axes, p, at + 3).product();
      Vec3 moved = centre;
      for (int i = 0; i < 3; i++) {
        moved = moved.plus(axes[i].times(p[at + i]));
      }
      for (int i : group) {
        Panel q = panel(i);
        panels.set(
            i,
            q.placed(
                moved.plus(turn.times(q.origin().minus(centre))),
                turn.times(q.fast()),
                turn.times(q.slow())));
      }
    }
    return new Detector(panels);
  }

  /** ∂(fast, slow, origin) as columns, by panel and parameter; null where it is zero. */
  Mat3[][] derivatives(double[] p, int from) {
    Mat3[][] out = new Mat3[start.panels().size()][size()];
    for (int g = 0; g < groups.size(); g++) {
      int[] group = groups.get(g);
      Vec3 centre = centre(group);
      Vec3[] axes = axes(group);
      Turns turns = new Turns(axes, p, from + SIZE * g + 3);
      for (int i : group) {
        Panel q = panel(i);
        Vec3 off = q.origin().minus(centre);
        for (int k = 0; k < 3; k++) {
          Mat3 d = turns.derivative(k);
          out[i][SIZE * g + k] = columns(Vec3.ZERO, Vec3.ZERO, axes[k]);
          out[i][SIZE * g + 3 + k] = columns(d.times(q.fast()), d.times(q.slow()), d.times(off));
        }
      }
    }
    return out;
  }

  static Mat3 columns(Vec3 a, Vec3 b, Vec3 c) {
    return Mat3.ofRows(a, b, c).transpose();
  }
}
