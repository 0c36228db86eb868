package org.mdx.io.nexus;

import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.CorrectionGrid.Quantity;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.math.Mat3;

/** The objects {@code crystal}, {@code symmetry}, {@code corrections}, {@code miller_index}. */
final class GeometryFormat {
  private static final String MODULE = "mdx2.geometry";

  private GeometryFormat() {}

  /** Lengths of one cell differ by no more than this part. */
  private static final double SAME_LENGTH = 0.01;

  static NexusRoot write(MdxGeometryFile g) {
    NexusRoot root =
        new NexusRoot()
            .add("crystal", MODULE, "Crystal", crystal(g))
            .add("symmetry", MODULE, "Symmetry", SymmetryFormat.write(g.spaceGroup()));
    g.corrections().ifPresent(c -> root.add("corrections", MODULE, "Corrections", corrections(c)));
    g.millerIndex().ifPresent(m -> root.add("miller_index", MODULE, "MillerIndex", millerIndex(m)));
    return root;
  }

  private static Hdf5Group crystal(MdxGeometryFile g) {
    UnitCell c = g.cell();
    double[] cell = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
    return new Hdf5Group()
        .attribute("NX_class", "NXsample")
        .add("space_group", Hdf5Dataset.text(g.spaceGroup().hermannMauguin()))
        .add("unit_cell", Hdf5Dataset.row(Elements.of(cell)))
        .add("orientation_matrix", matrix(g.orientation()))
        .add("ub_matrix", matrix(g.ub()));
  }

  private static Hdf5Dataset matrix(Mat3 m) {
    return Hdf5Dataset.of(Elements.of(m.toRowMajor()), 3, 3);
  }

  private static Hdf5Group corrections(CorrectionGrid c) {
    Hdf5Group group = new Hdf5Group();
    for (Quantity q : Quantity.values()) {
      group.add(
          name(q),
          NexusRoot.data(
              Elements.of(c.values(q)),
              new NexusRoot.AxisValues("iy", c.iy().toArray()),
              new NexusRoot.AxisValues("ix", c.ix().toArray())));
    }
    return group;
  }

  private static Hdf5Group millerIndex(MillerIndexGrid m) {
    return new Hdf5Group()
        .add("h", index(m, m.h()))
        .add("k", index(m, m.k()))
        .add("l", index(m, m.l()));
  }

  private static Hdf5Group index(MillerIndexGrid m, double[] values) {
    return NexusRoot.data(
        Elements.of(values),
        new NexusRoot.AxisValues("phi", m.phi().toArray(), "degree"),
        new NexusRoot.AxisValues("iy", m.iy().toArray()),
        new NexusRoot.AxisValues("ix", m.ix().toArray()));
  }

  private static String name(Quantity q) {
    return q.name().toLowerCase(Locale.ROOT);
  }

  static MdxGeometryFile read(NexusReader in) {
    String crystal = in.object("crystal", "give the file that import-geometry wrote");
    double[] c = in.doubles(crystal + "/unit_cell", 6);
    UnitCell cell =
        in.build(crystal + "/unit_cell", () -> new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]));
    Mat3 orientation = Mat3.ofRowMajor(in.doubles(crystal + "/orientation_matrix", 3, 3));
    Mat3 ub = Mat3.ofRowMajor(in.doubles(crystal + "/ub_matrix", 3, 3));
    in.build(crystal + "/ub_matrix", ub::inverse);
    SpaceGroup group;
    if (in.has("symmetry")) {
      group = SymmetryFormat.read(in, "/entry/symmetry");
    } else {
      String symbol = in.file().text(crystal + "/space_group");
      group = in.build(crystal + "/space_group", () -> SpaceGroup.parse(symbol));
    }
    requireOneCrystal(in, crystal, cell, ub, group);
    return new MdxGeometryFile(
        cell,
        group,
        orientation,
        ub,
        in.has("corrections") ? Optional.of(readCorrections(in)) : Optional.empty(),
        in.has("miller_index") ? Optional.of(readMillerIndex(in)) : Optional.empty());
  }

  /** The cell is that of the matrix, and has the symmetry of the group. */
  private static void requireOneCrystal(
      NexusReader in, String place, UnitCell cell, Mat3 ub, SpaceGroup group) {
    UnitCell found =
        in.build(place + "/ub_matrix", () -> Crystal.ofRealSpaceAxes(ub.inverse(), group).cell());
    double a = Math.abs(found.a() / cell.a() - 1);
    double b = Math.abs(found.b() / cell.b() - 1);
    double c = Math.abs(found.c() / cell.c() - 1);
    if (!(Math.max(a, Math.max(b, c)) <= SAME_LENGTH)) {
      throw in.file()
          .error(
              place + "/ub_matrix",
              "a matrix of the cell " + cell,
              "one of the cell " + found,
              "import the geometry again");
    }
  }

  private static CorrectionGrid readCorrections(NexusReader in) {
    String place = "/entry/corrections";
    double[][] axes = null;
    double[][] v = new double[Quantity.values().length][];
    for (Quantity q : Quantity.values()) {
      NexusReader.Grid g = in.grid(place + "/" + name(q), "iy", "ix");
      axes = in.sameAxes(place + "/" + name(q), axes, g.axes());
      v[q.ordinal()] = in.file().doubles(g.signal(), in.parallel());
    }
    double[] iy = axes[0];
    double[] ix = axes[1];
    return in.build(place, () -> CorrectionGrid.of(iy, ix, v[0], v[1], v[2], v[3], v[4], v[5]));
  }

  private static MillerIndexGrid readMillerIndex(NexusReader in) {
    String place = "/entry/miller_index";
    double[][] axes = null;
    double[][] v = new double[3][];
    for (int i = 0; i < 3; i++) {
      String one = place + "/" + "hkl".charAt(i);
      NexusReader.Grid g = in.grid(one, "phi", "iy", "ix");
      axes = in.sameAxes(one, axes, g.axes());
      v[i] = in.file().doubles(g.signal(), in.parallel());
    }
    double[][] x = axes;
    return in.build(place, () -> MillerIndexGrid.of(x[0], x[1], x[2], v[0], v[1], v[2]));
  }
}
