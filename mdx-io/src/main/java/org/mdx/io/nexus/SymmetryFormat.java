package org.mdx.io.nexus;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;

/**
 * The object {@code symmetry}. mdx2 takes all of it from the file; we take the operators and derive
 * the rest.
 */
final class SymmetryFormat {

  /** Translations of every setting are multiples of 1/24. */
  private static final int TRANSLATION_DENOMINATOR = 24;

  private SymmetryFormat() {}

  static Hdf5Group write(SpaceGroup g) {
    LaueGroup laue = g.laueGroup();
    return new Hdf5Group()
        .add("space_group_number", number(g.number()))
        .add("space_group_symbol", Hdf5Dataset.text(g.hermannMauguin()))
        .add("crystal_system", Hdf5Dataset.text(g.crystalSystem().toString()))
        .add("space_group_operators", operators(g.operators()))
        .add("laue_group_number", number(laue.number()))
        .add("laue_group_symbol", Hdf5Dataset.text(laue.symbol()))
        .add("laue_group_operators", rotations(laue))
        .add("reciprocal_space_asu", Hdf5Dataset.text(g.asu().expression()))
        .add("reflection_conditions", Hdf5Dataset.text(g.centringExpression()));
  }

  private static Hdf5Dataset number(int n) {
    return Hdf5Dataset.of(Elements.of((long) n));
  }

  private static Hdf5Dataset operators(List<SymmetryOperator> ops) {
    double[] v = new double[12 * ops.size()];
    int at = 0;
    for (SymmetryOperator op : ops) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          v[at++] = op.rotation(i, j);
        }
        v[at++] = op.translation(i);
      }
    }
    return Hdf5Dataset.of(Elements.of(v), ops.size(), 3, 4);
  }

  private static Hdf5Dataset rotations(LaueGroup g) {
    double[] v = new double[9 * g.order()];
    for (int n = 0; n < g.order(); n++) {
      int[] r = g.operator(n);
      for (int i = 0; i < 9; i++) {
        v[9 * n + i] = r[i];
      }
    }
    return Hdf5Dataset.of(Elements.of(v), g.order(), 3, 3);
  }

  /** The space group that the operators generate. */
  static SpaceGroup read(NexusReader in, String place) {
    String at = place + "/space_group_operators";
    double[] v = in.doubles(at, -1, 3, 4);
    return in.build(
        at,
        () -> {
          List<SymmetryOperator> ops = new ArrayList<>();
          for (int i = 0; i < v.length; i += 12) {
            ops.add(SymmetryOperator.of(coordinates(v, i)));
          }
          return SpaceGroup.ofOperators(ops);
        });
  }

  /** An operator as in {@code -y,x-y,z+8/24}. */
  private static String coordinates(double[] v, int from) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      s.append(i == 0 ? "" : ",");
      for (int j = 0; j < 3; j++) {
        long e = whole(v[from + 4 * i + j]);
        if (e != 0) {
          s.append(e > 0 ? "+" : "-").append(Math.abs(e) == 1 ? "" : Math.abs(e) + "*");
          s.append("xyz".charAt(j));
        }
      }
      long t = whole(v[from + 4 * i + 3] * TRANSLATION_DENOMINATOR);
      s.append(t == 0 ? "" : (t > 0 ? "+" : "") + t + "/" + TRANSLATION_DENOMINATOR);
    }
    return s.toString();
  }

  private static long whole(double x) {
    if (!(Math.abs(x - Math.rint(x)) < 1e-6 && Math.abs(x) < 1000)) {
      throw new IllegalArgumentException(x + " in a symmetry operator");
    }
    return (long) Math.rint(x);
  }
}
