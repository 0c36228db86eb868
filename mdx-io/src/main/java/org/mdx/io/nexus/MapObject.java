package org.mdx.io.nexus;

import java.util.List;
import java.util.Optional;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.hdf5.element.MapElements;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/**
 * A map: a grid over (h, k, l), named after the column that it shows. The subdivision is an
 * addition; where it is missing it follows from the steps of the axes. So are cell and space group,
 * which stand in an NXsample beside the map, where mdx2 does not look.
 */
final class MapObject {
  private static final List<String> AXES = List.of("h", "k", "l");
  private static final int FINEST = 1000;
  private static final double TOLERANCE = 1e-3;

  private static final String SAMPLE = "sample";

  private MapObject() {}

  static NexusRoot write(ReciprocalMap map, CrystalSymmetry symmetry) {
    Subdivision n = map.ndiv();
    Hdf5Group g =
        NexusRoot.data(
            MapElements.of(map, v -> v),
            new NexusRoot.AxisValues("h", map.coordinates(Axis.H)),
            new NexusRoot.AxisValues("k", map.coordinates(Axis.K)),
            new NexusRoot.AxisValues("l", map.coordinates(Axis.L)));
    g.add("ndiv", Hdf5Dataset.row(Elements.of((long) n.h(), n.k(), n.l())));
    NexusRoot root = new NexusRoot().add(map.name(), "mdx2.geometry", "GridData", g);
    if (!symmetry.equals(CrystalSymmetry.NONE) && !map.name().equals(SAMPLE)) {
      root.addPlain(SAMPLE, sample(symmetry));
    }
    return root;
  }

  private static Hdf5Group sample(CrystalSymmetry symmetry) {
    Hdf5Group g = new Hdf5Group().attribute("NX_class", "NXsample");
    symmetry
        .cell()
        .map(c -> new double[] {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()})
        .ifPresent(c -> g.add("unit_cell", Hdf5Dataset.row(Elements.of(c))));
    symmetry
        .spaceGroup()
        .ifPresent(
            s ->
                g.add("space_group", Hdf5Dataset.text(s.hermannMauguin()))
                    .add("space_group_hall", Hdf5Dataset.text(s.hall())));
    return g;
  }

  /** Cell and space group of a map, as far as the file tells them. */
  static CrystalSymmetry symmetry(NexusReader in) {
    String place = "/entry/" + SAMPLE;
    String cell = place + "/unit_cell";
    String hall = place + "/space_group_hall";
    Optional<UnitCell> unitCell = Optional.empty();
    if (in.file().has(cell)) {
      double[] c = in.doubles(cell, 6);
      unitCell =
          Optional.of(in.build(cell, () -> new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5])));
    }
    Optional<SpaceGroup> group = Optional.empty();
    if (in.file().has(hall)) {
      String symbol = in.file().text(hall);
      group = Optional.of(in.build(hall, () -> SpaceGroup.ofHall(symbol)));
    }
    return new CrystalSymmetry(unitCell, group);
  }

  static ReciprocalMap read(NexusReader in) {
    String entry = "/entry";
    List<String> maps =
        in.file().hasGroup(entry)
            ? in.file().members(entry).stream().filter(m -> isMap(in, m)).toList()
            : List.of();
    if (maps.size() != 1) {
      throw in.file()
          .error(
              entry,
              "one map, a grid over h, k, l",
              maps.isEmpty() ? "none" : "maps " + maps,
              "give the file that map wrote");
    }
    String name = maps.get(0);
    String place = entry + "/" + name;
    NexusReader.Grid g = in.grid(place, "h", "k", "l");
    float[] values = in.file().floats(g.signal(), in.parallel());
    String given = place + "/ndiv";
    Subdivision ndiv =
        in.file().has(given)
            ? TableObject.ndiv(in, given)
            : new Subdivision(
                divisions(in, place + "/h", g.axes()[0]),
                divisions(in, place + "/k", g.axes()[1]),
                divisions(in, place + "/l", g.axes()[2]));
    int h0 = origin(in, place + "/h", g.axes()[0], ndiv.h());
    int k0 = origin(in, place + "/k", g.axes()[1], ndiv.k());
    int l0 = origin(in, place + "/l", g.axes()[2], ndiv.l());
    return in.build(
        place,
        () ->
            ReciprocalMap.of(
                name,
                ndiv,
                new VoxelBox(
                    h0, k0, l0, g.axes()[0].length, g.axes()[1].length, g.axes()[2].length),
                values));
  }

  private static boolean isMap(NexusReader in, String member) {
    return in.has(member) && in.file().attribute("/entry/" + member, "axes").equals(AXES);
  }

  /** The smallest number of voxels per index with which all points are whole. */
  private static int divisions(NexusReader in, String place, double[] axis) {
    for (int n = 1; n <= FINEST; n++) {
      boolean whole = true;
      for (int i = 0; whole && i < axis.length; i++) {
        whole = Math.abs(axis[i] * n - Math.rint(axis[i] * n)) <= TOLERANCE;
      }
      if (whole) {
        return n;
      }
    }
    throw in.file().error(place, "multiples of 1/n, n up to " + FINEST, "other coordinates", "");
  }

  /** The first voxel of an axis, the others following one by one. */
  private static int origin(NexusReader in, String place, double[] axis, int n) {
    double first = axis.length == 0 ? 0 : Math.rint(axis[0] * n);
    for (int i = 0; i < axis.length; i++) {
      double v = axis[i] * n;
      if (!(Math.abs(v - first - i) <= TOLERANCE && Math.abs(v) < 1 << 30)) {
        throw in.file()
            .error(place, "steps of 1/" + n, axis[i] + " at " + i + ", first " + axis[0], "");
      }
    }
    return (int) first;
  }
}
