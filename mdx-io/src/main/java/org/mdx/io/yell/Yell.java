package org.mdx.io.yell;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;
import org.mdx.table.Subdivision;

/**
 * Reads and writes format "Yell 1.0": {@code data} over (h, k, l) in C order, {@code lower_limits},
 * {@code step_sizes}, {@code unit_cell}, {@code is_direct}. meerkat writes the same with {@code
 * space_group_nr} and {@code metric_tensor} and NaN where nothing was measured; Yell refines
 * against every voxel and takes a second file with weights.
 *
 * <p>Source: Yell's reference manual, "Yell data format for arrays"; meerkat's {@code
 * reconstruct_data}; the files of Density Viewer.
 */
public final class Yell {
  private static final String FORMAT = "Yell 1.0";

  /** meerkat's sums that are not divided yet. */
  private static final String SUMS = "Yell 0.9";

  private Yell() {}

  /**
   * Whether an HDF5 file is of this kind.
   *
   * @param path an HDF5 file
   * @return true if its dataset {@code format} or attribute {@code filetype} says so
   * @throws IOException if it cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged
   */
  public static boolean recognizes(Path path) throws IOException {
    try (Hdf5File file = Hdf5File.open(path)) {
      return isYell(file);
    }
  }

  private static boolean isYell(Hdf5File file) {
    return file.has("/lower_limits") && (file.has("/data") || file.has("/rebinned_data"))
        || file.attribute("/", "filetype").contains(FORMAT);
  }

  /**
   * Where the weights of a file are.
   *
   * @param data the file
   * @return {@code experiment.weights.h5} beside {@code experiment.h5}
   */
  public static Path weights(Path data) {
    String name = data.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return data.resolveSibling((dot < 1 ? name : name.substring(0, dot)) + ".weights.h5");
  }

  /**
   * Writes a map for Yell: 0 where nothing was measured, and beside it the weights, 1 and 0.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map; its cell must be known
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if there is no cell
   */
  public static void write(Path path, MapFile file) throws IOException {
    ReciprocalMap map = file.map();
    UnitCell cell = file.symmetry().requireCell("Yell");
    write(weights(path), root(map, cell, MapElements.of(map, v -> v == v ? 1 : 0)));
    write(path, root(map, cell, MapElements.of(map, v -> v == v ? v : 0)));
  }

  /**
   * Writes a map as meerkat does.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map; its cell must be known
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if there is no cell
   */
  public static void writeMeerkat(Path path, MapFile file) throws IOException {
    UnitCell cell = file.symmetry().requireCell("meerkat");
    Hdf5Group root = root(file.map(), cell, MapElements.of(file.map(), v -> v));
    int number = file.symmetry().spaceGroup().map(SpaceGroup::number).orElse(1);
    root.add("space_group_nr", Hdf5Dataset.row(Elements.of((double) number)));
    Mat3 o = cell.orthogonalization();
    double[] metric = o.transpose().times(o).toRowMajor();
    root.add("metric_tensor", Hdf5Dataset.of(Elements.of(metric), 3, 3));
    write(path, root);
  }

  private static void write(Path path, Hdf5Group root) throws IOException {
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

  private static Hdf5Group root(ReciprocalMap map, UnitCell c, Elements values) {
    VoxelBox b = map.box();
    Subdivision n = map.ndiv();
    double[] lower = {(double) b.h0() / n.h(), (double) b.k0() / n.k(), (double) b.l0() / n.l()};
    double[] steps = {1.0 / n.h(), 1.0 / n.k(), 1.0 / n.l()};
    double[] cell = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
    return new Hdf5Group()
        .attribute("filetype", FORMAT)
        .attribute("creator", "mdx")
        .attribute("quantity", map.name())
        .add("format", Hdf5Dataset.text(FORMAT))
        .add("data", Hdf5Dataset.of(values, b.nh(), b.nk(), b.nl()))
        .add("lower_limits", Hdf5Dataset.row(Elements.of(lower)))
        .add("step_sizes", Hdf5Dataset.row(Elements.of(steps)))
        .add("unit_cell", Hdf5Dataset.row(Elements.of(cell)))
        .add("is_direct", Hdf5Dataset.of(Elements.of(0)));
  }

  /**
   * Reads a map of reciprocal space. With a file of weights beside it, voxels of weight 0 are not
   * measured. meerkat's sums ("Yell 0.9") are divided by their numbers of pixels.
   *
   * @param path the file
   * @return the map, with the space group only if it is P 1: a number alone does not tell the
   *     setting
   * @throws IOException if the file does not exist or cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged, of another kind, or of direct space
   */
  public static MapFile read(Path path) throws IOException {
    try (Hdf5File file = Hdf5File.open(path)) {
      if (!isYell(file)) {
        throw file.error("/", "the format " + FORMAT + " or " + SUMS, "" + file.members("/"), "");
      }
      if (file.has("/is_direct") && numbers(file, "/is_direct", 1)[0] != 0) {
        throw file.error("/is_direct", "reciprocal space, 0", "direct space", "");
      }
      String data = file.has("/data") ? "/data" : "/rebinned_data";
      int[] shape = file.shape(data);
      if (shape.length != 3) {
        throw file.error(data, "three axes", shape.length + " of them", "");
      }
      double[] lower = numbers(file, "/lower_limits", 3);
      double[] steps = numbers(file, "/step_sizes", 3);
      AxisSteps[] axes = new AxisSteps[3];
      for (int i = 0; i < 3; i++) {
        axes[i] = AxisSteps.of(path, "axis " + "hkl".charAt(i), lower[i], steps[i], shape[i]);
      }
      float[] values = file.floats(data, Parallel.available());
      if (data.equals("/rebinned_data")) {
        divide(file, values, "/number_of_pixels_rebinned");
      }
      mask(weights(path), values);
      long[] n = {shape[0], shape[1], shape[2]};
      String name = file.attribute("/", "quantity").stream().findFirst().orElse("intensity");
      ReciprocalMap map = AxisSteps.build(path, "/", () -> AxisSteps.map(name, axes, n, values));
      return new MapFile(map, symmetry(path, file));
    }
  }

  private static double[] numbers(Hdf5File file, String place, int count) {
    if (!file.has(place) || file.size(place) != count) {
      throw file.error(
          place,
          count + " numbers",
          file.has(place) ? file.size(place) + " of them" : "nothing",
          "");
    }
    return file.doubles(place, Parallel.available());
  }

  private static void divide(Hdf5File file, float[] values, String place) {
    float[] pixels = file.has(place) ? file.floats(place, Parallel.available()) : new float[0];
    if (pixels.length != values.length) {
      throw file.error(place, values.length + " numbers", pixels.length + " of them", "");
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] == 0 ? Float.NaN : values[i] / pixels[i];
    }
  }

  private static void mask(Path weights, float[] values) throws IOException {
    if (!Files.isRegularFile(weights)) {
      return;
    }
    try (Hdf5File file = Hdf5File.open(weights)) {
      float[] w = file.floats("/data", Parallel.available());
      if (w.length != values.length) {
        throw file.error("/data", values.length + " weights", w.length + " of them", "");
      }
      for (int i = 0; i < w.length; i++) {
        values[i] = w[i] == 0 ? Float.NaN : values[i];
      }
    }
  }

  private static CrystalSymmetry symmetry(Path path, Hdf5File file) {
    if (!file.has("/unit_cell")) {
      return CrystalSymmetry.NONE;
    }
    double[] c = numbers(file, "/unit_cell", 6);
    UnitCell cell =
        AxisSteps.build(path, "/unit_cell", () -> new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]));
    return new CrystalSymmetry(Optional.of(cell), Optional.empty());
  }
}
