package org.mdx.io.lunus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import org.mdx.crystal.UnitCell;
import org.mdx.io.InputFile;
import org.mdx.io.NumberType;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.AxisSteps;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapValues;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/**
 * Reads and writes Lunus lattices ({@code .lat}): three numbers of voxels (uint32), least and
 * largest coordinate of each axis (float), then the values with h fastest; −32768 is not measured.
 * Coordinates are h/a, k/b and l/c in Å⁻¹, which for a cell without right angles are labels rather
 * than lengths, as in Lunus itself. The file has no magic number, no cell and no symmetry.
 *
 * <p>Source: Lunus, {@code lwritelt.c}, {@code lreadlt.c} and {@code lreadvtk.c}.
 */
public final class LunusLattice {
  /** Stands for what was not measured. */
  public static final float MASK_TAG = -32768;

  private static final int HEADER_BYTES = 36;

  /** Older lattices have numbers of voxels of 64 bits. */
  private static final int OLD_HEADER_BYTES = 48;

  private LunusLattice() {}

  /** Where things are in a file. */
  private record Layout(long[] shape, double[] min, double[] max, int from) {}

  /**
   * Whether a file looks like a lattice: its length is what its header says.
   *
   * @param path the file
   * @return true if so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    try (InputFile in = InputFile.open(path)) {
      return layout(in) != null;
    }
  }

  /**
   * Writes a map.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map; its cell must be known
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if there is no cell
   */
  public static void write(Path path, MapFile file) throws IOException {
    UnitCell c = file.symmetry().requireCell("a Lunus lattice");
    ReciprocalMap map = file.map();
    VoxelBox b = map.box();
    Subdivision n = map.ndiv();
    ByteBuffer h = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    h.putInt(b.nh()).putInt(b.nk()).putInt(b.nl());
    bounds(h, b.h0(), b.nh(), n.h() * c.a());
    bounds(h, b.k0(), b.nk(), n.k() * c.b());
    bounds(h, b.l0(), b.nl(), n.l() * c.c());
    AtomicFile.write(
        path,
        out -> {
          out.write(h.array());
          MapValues.of(map, MASK_TAG).hFastest(MapValues.littleEndian(out));
        });
  }

  /** First and last coordinate; a single layer has a step all the same. */
  private static void bounds(ByteBuffer h, int origin, int count, double perUnit) {
    h.putFloat((float) (origin / perUnit));
    h.putFloat((float) ((origin + Math.max(1, count - 1.0)) / perUnit));
  }

  /**
   * Reads a lattice.
   *
   * @param path the file
   * @param cell of the crystal, which the file does not tell
   * @return the map
   * @throws IOException if the file does not exist or cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged or does not fit the cell
   */
  public static MapFile read(Path path, UnitCell cell) throws IOException {
    try (InputFile in = InputFile.open(path)) {
      Layout l = layout(in);
      if (l == null) {
        throw in.error(
            "header",
            "numbers of voxels and as many floats behind them",
            in.size() + " bytes that do not agree with it",
            "the file is truncated, or no lattice of Lunus");
      }
      double[] edges = {cell.a(), cell.b(), cell.c()};
      AxisSteps[] axes = new AxisSteps[3];
      for (int i = 0; i < 3; i++) {
        axes[i] = axis(path, l, i, edges[i]);
      }
      in.requireGrid(l.from, NumberType.FLOAT32, l.shape, "header");
      VoxelBox box =
          AxisSteps.build(
              path,
              "header",
              () ->
                  new VoxelBox(
                      axes[0].origin(),
                      axes[1].origin(),
                      axes[2].origin(),
                      (int) l.shape[0],
                      (int) l.shape[1],
                      (int) l.shape[2]));
      float[] values = in.hFastest(l.from, NumberType.FLOAT32, ByteOrder.LITTLE_ENDIAN, box);
      MapValues.restore(values, MASK_TAG);
      ReciprocalMap map =
          AxisSteps.build(path, "header", () -> AxisSteps.map("intensity", axes, l.shape, values));
      return new MapFile(map, new CrystalSymmetry(Optional.of(cell), Optional.empty()));
    }
  }

  /** Lunus writes the coordinate of the last voxel, some of its programs the one behind it. */
  private static AxisSteps axis(Path path, Layout l, int i, double edge) {
    double range = (l.max[i] - l.min[i]) * edge;
    double first = l.min[i] * edge;
    long n = l.shape[i];
    double step = range / Math.max(1, n - 1);
    double divisions = Math.rint(1 / step);
    if (!(Math.abs(step * divisions - 1) * n <= 0.5)) {
      step = range / n;
      divisions = Math.rint(1 / step);
    }
    boolean near = Math.abs(step * divisions - 1) * n <= 0.5;
    return AxisSteps.of(
        path, "bounds of " + "hkl".charAt(i), first, near ? 1 / divisions : step, n);
  }

  private static Layout layout(InputFile in) throws IOException {
    if (in.size() < OLD_HEADER_BYTES) {
      return in.size() < HEADER_BYTES ? null : layout(in.bytes(0, HEADER_BYTES, ""), in, 4);
    }
    ByteBuffer h = in.bytes(0, OLD_HEADER_BYTES, "header");
    Layout l = layout(h, in, 4);
    return l == null ? layout(h, in, 8) : l;
  }

  private static Layout layout(ByteBuffer h, InputFile in, int bytes) {
    long[] shape = new long[3];
    long n = 1;
    for (int i = 0; i < 3; i++) {
      shape[i] = bytes == 4 ? h.getInt(4 * i) & 0xFFFFFFFFL : h.getLong(8 * i);
      if (shape[i] < 1 || n > in.size() / shape[i]) {
        return null;
      }
      n *= shape[i];
    }
    int from = 3 * bytes + 24;
    double[] min = new double[3];
    double[] max = new double[3];
    for (int i = 0; i < 3; i++) {
      min[i] = h.getFloat(3 * bytes + 8 * i);
      max[i] = h.getFloat(3 * bytes + 8 * i + 4);
    }
    return in.size() == from + 4 * n ? new Layout(shape, min, max, from) : null;
  }
}
