package org.mdx.io.nxdata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.Hdf5Writer;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.hdf5.element.MapElements;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.AxisSteps;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.parallel.Parallel;
import org.mdx.table.Subdivision;

/**
 * Reads and writes maps as NXdata: {@code /entry/data} with the signal over axes {@code h}, {@code
 * k}, {@code l} at voxel centres, and {@code /entry/sample} with cell and space group.
 *
 * <p>Source: NeXus definitions NXroot, NXentry, NXdata, NXsample; attributes {@code default},
 * {@code signal} and {@code axes} as of 2014.
 */
public final class NxData {
  private NxData() {}

  /**
   * Whether an HDF5 file has an NXdata of three axes that is found by the attributes {@code
   * default}, or is the only one of the first entry.
   *
   * @param path an HDF5 file
   * @return true if so
   * @throws IOException if it cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged
   */
  public static boolean recognizes(Path path) throws IOException {
    try (Hdf5File file = Hdf5File.open(path)) {
      return find(file) != null;
    }
  }

  /**
   * Writes a map.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, MapFile file) throws IOException {
    ReciprocalMap map = file.map();
    VoxelBox b = map.box();
    Subdivision n = map.ndiv();
    String signal = map.name().replaceAll("[^A-Za-z0-9_]", "_");
    Hdf5Group data =
        new Hdf5Group()
            .attribute("NX_class", "NXdata")
            .attribute("signal", signal)
            .attribute("axes", List.of("h", "k", "l"))
            .attribute("title", map.name() + " of reciprocal space")
            .add(
                signal,
                Hdf5Dataset.of(MapElements.of(map, v -> v), b.nh(), b.nk(), b.nl())
                    .attribute("long_name", map.name()));
    for (Axis axis : Axis.values()) {
      String name = axis.name().toLowerCase(Locale.ROOT);
      data.add(
          name,
          Hdf5Dataset.row(Elements.of(map.coordinates(axis)))
              .attribute("units", "1")
              .attribute("long_name", name + " (reciprocal lattice units)"));
    }
    Hdf5Group entry =
        new Hdf5Group()
            .attribute("NX_class", "NXentry")
            .attribute("default", "data")
            .add("title", Hdf5Dataset.text("mdx reciprocal-space map"))
            .add("data", data)
            .add("sample", sample(file.symmetry(), n));
    Hdf5Group root =
        new Hdf5Group()
            .attribute("NX_class", "NXroot")
            .attribute("default", "entry")
            .attribute("creator", "mdx")
            .add("entry", entry);
    AtomicFile.writePath(
        path,
        temporary -> {
          try (FileChannel out =
              FileChannel.open(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Hdf5Writer.write(root, out, Parallel.available());
          }
        });
  }

  private static Hdf5Group sample(CrystalSymmetry symmetry, Subdivision n) {
    Hdf5Group sample = new Hdf5Group().attribute("NX_class", "NXsample");
    sample.add("ndiv", Hdf5Dataset.row(Elements.of((long) n.h(), n.k(), n.l())));
    symmetry
        .cell()
        .ifPresent(
            c -> {
              double[] lengths = {c.a(), c.b(), c.c()};
              double[] angles = {c.alpha(), c.beta(), c.gamma()};
              double[] all = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
              sample
                  .add(
                      "unit_cell_abc",
                      Hdf5Dataset.row(Elements.of(lengths)).attribute("units", "angstrom"))
                  .add(
                      "unit_cell_alphabetagamma",
                      Hdf5Dataset.row(Elements.of(angles)).attribute("units", "degree"))
                  .add("unit_cell", Hdf5Dataset.of(Elements.of(all), 1, 6));
            });
    symmetry
        .spaceGroup()
        .ifPresent(
            g ->
                sample
                    .add("space_group", Hdf5Dataset.text(g.hermannMauguin()))
                    .add("space_group_hall", Hdf5Dataset.text(g.hall())));
    return sample;
  }

  /**
   * Reads the default NXdata of a file; its three axes, whatever they are called, are h, k and l in
   * reciprocal lattice units.
   *
   * @param path the file
   * @return the map
   * @throws IOException if the file does not exist or cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged or has no such data
   */
  public static MapFile read(Path path) throws IOException {
    try (Hdf5File file = Hdf5File.open(path)) {
      String place = find(file);
      if (place == null) {
        throw file.error(
            "/", "an NXdata with a signal over three axes", "members " + file.members("/"), "");
      }
      String name = file.attribute(place, "signal").get(0);
      String signal = place + "/" + name;
      List<String> names = file.attribute(place, "axes");
      int[] shape = file.shape(signal);
      AxisSteps[] axes = new AxisSteps[3];
      long[] n = new long[3];
      for (int i = 0; i < 3; i++) {
        axes[i] = axis(path, file, place + "/" + names.get(i), shape.length == 3 ? shape[i] : -1);
        n[i] = shape[i];
      }
      CrystalSymmetry symmetry = symmetry(path, file, place.substring(0, place.lastIndexOf('/')));
      float[] values = file.floats(signal, Parallel.available());
      return AxisSteps.build(
          path, place, () -> new MapFile(AxisSteps.map(name, axes, n, values), symmetry));
    }
  }

  private static AxisSteps axis(Path path, Hdf5File file, String place, int count) {
    if (!file.has(place) || file.shape(place).length != 1 || file.shape(place)[0] != count) {
      throw file.error(place, "the coordinates of " + count + " voxels", "others", "");
    }
    double[] x = file.doubles(place, Parallel.available());
    double step = count > 1 ? (x[count - 1] - x[0]) / (count - 1) : 1;
    for (int i = 0; i < count; i++) {
      if (!(Math.abs(x[i] - x[0] - i * step) <= 1e-2 * Math.abs(step))) {
        throw file.error(place, "equal steps of " + step, x[i] + " at " + i, "");
      }
    }
    return AxisSteps.of(path, place, count == 0 ? 0 : x[0], step, count);
  }

  private static CrystalSymmetry symmetry(Path path, Hdf5File file, String entry) {
    String sample = entry + "/sample/";
    Optional<UnitCell> cell = Optional.empty();
    if (file.has(sample + "unit_cell") && file.size(sample + "unit_cell") == 6) {
      double[] c = file.doubles(sample + "unit_cell", Parallel.available());
      cell =
          Optional.of(
              AxisSteps.build(
                  path,
                  sample + "unit_cell",
                  () -> new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5])));
    }
    Optional<SpaceGroup> group = Optional.empty();
    if (file.has(sample + "space_group_hall")) {
      String hall = file.text(sample + "space_group_hall");
      group = Optional.of(AxisSteps.build(path, sample, () -> SpaceGroup.ofHall(hall)));
    }
    return new CrystalSymmetry(cell, group);
  }

  /** The place of the default data; null if there is none of three axes. */
  private static String find(Hdf5File file) {
    String entry = file.attribute("/", "default").stream().findFirst().orElse("entry");
    if (!file.hasGroup("/" + entry)) {
      return null;
    }
    List<String> data = file.attribute("/" + entry, "default");
    List<String> candidates = data.isEmpty() ? file.members("/" + entry) : data;
    String found = null;
    for (String name : candidates) {
      String place = "/" + entry + "/" + name;
      if (file.hasGroup(place) && isMap(file, place)) {
        if (found != null) {
          return null;
        }
        found = place;
      }
    }
    return found;
  }

  private static boolean isMap(Hdf5File file, String place) {
    List<String> signal = file.attribute(place, "signal");
    return signal.size() == 1
        && file.attribute(place, "axes").size() == 3
        && file.has(place + "/" + signal.get(0));
  }
}
