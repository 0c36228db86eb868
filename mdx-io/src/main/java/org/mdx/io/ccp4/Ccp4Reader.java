package org.mdx.io.ccp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.InputFile;
import org.mdx.io.NumberType;
import org.mdx.io.volume.AxisSteps;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapValues;
import org.mdx.io.volume.Sidecar;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/** Reads a map: header, labels or description, values with their axes put in order. */
final class Ccp4Reader {
  private static final int HEADER_BYTES = 1024;
  private static final Pattern NDIV = Pattern.compile("(?m)^ndiv (\\d+) (\\d+) (\\d+) *$");
  private static final Pattern CELL = Pattern.compile("(?m)^crystal cell ([0-9. ]+)$");
  private static final Pattern GROUP = Pattern.compile("(?m)^crystal space group Hall: (.*)$");
  private static final Pattern NAME = Pattern.compile("(?m)^mdx reciprocal-space map: (.*)$");
  private static final Pattern MISSING = Pattern.compile("(?m)^not measured: (\\S+) *$");

  private Ccp4Reader() {}

  static MapFile read(Path path, InputFile in) throws IOException {
    ByteBuffer h = in.bytes(0, HEADER_BYTES, "header");
    if (!isPlausible(h)) {
      h.order(ByteOrder.BIG_ENDIAN);
    }
    NumberType type =
        switch (h.getInt(12)) {
          case 0 -> NumberType.INT8;
          case 1 -> NumberType.INT16;
          case 2 -> NumberType.FLOAT32;
          case 6 -> NumberType.UINT16;
          default ->
              throw in.error(
                  "byte 12", "mode 0, 1, 2 or 6", "mode " + h.getInt(12), "write real numbers");
        };
    long[] shape = {h.getInt(0), h.getInt(4), h.getInt(8)};
    long from = HEADER_BYTES + (long) h.getInt(92);
    in.requireGrid(from, type, shape, "header");
    int[] place = places(in, h);
    int[] size = new int[3];
    int[] origin = new int[3];
    for (int i = 0; i < 3; i++) {
      size[place[i]] = (int) shape[i];
      origin[place[i]] = h.getInt(16 + 4 * i);
    }
    VoxelBox box =
        AxisSteps.build(
            path,
            "header",
            () -> new VoxelBox(origin[0], origin[1], origin[2], size[0], size[1], size[2]));
    float[] values = ordered(in, from, type, h.order(), shape, place, box);
    Optional<Sidecar> described = Sidecar.find(path);
    if (described.isPresent()) {
      return AxisSteps.build(path, "header", () -> described.get().toMap(values));
    }
    return AxisSteps.build(path, "labels", () -> labelled(labels(h), box, values));
  }

  /** Whether the byte order gives sensible numbers; machine stamps are not always true. */
  private static boolean isPlausible(ByteBuffer h) {
    boolean small = true;
    for (int at : new int[] {0, 4, 8}) {
      small &= h.getInt(at) >= 0 && h.getInt(at) < 1 << 24;
    }
    return small && h.getInt(12) >= 0 && h.getInt(12) < 128 && (h.getInt(64) & ~3) == 0;
  }

  /** Which of h, k, l are columns, rows and sections. */
  private static int[] places(InputFile in, ByteBuffer h) {
    int[] place = {h.getInt(64) - 1, h.getInt(68) - 1, h.getInt(72) - 1};
    if (Arrays.equals(place, new int[] {-1, -1, -1})) {
      return new int[] {0, 1, 2}; // old MRC files leave it out
    }
    int[] sorted = place.clone();
    Arrays.sort(sorted);
    if (!Arrays.equals(sorted, new int[] {0, 1, 2})) {
      throw in.error(
          "byte 64", "MAPC, MAPR, MAPS = 1, 2, 3 in some order", Arrays.toString(place), "");
    }
    return place;
  }

  private static float[] ordered(
      InputFile in,
      long from,
      NumberType type,
      ByteOrder order,
      long[] shape,
      int[] place,
      VoxelBox box)
      throws IOException {
    if (place[0] == 0 && place[1] == 1) {
      return in.hFastest(from, type, order, box);
    }
    float[] out = new float[(int) box.voxels()];
    int[] at = new int[3];
    in.floats(
        from,
        type,
        order,
        out.length,
        (index, values, count) -> {
          for (int i = 0; i < count; i++) {
            long v = index + i;
            at[place[0]] = (int) (v % shape[0]);
            at[place[1]] = (int) (v / shape[0] % shape[1]);
            at[place[2]] = (int) (v / (shape[0] * shape[1]));
            out[(at[0] * box.nk() + at[1]) * box.nl() + at[2]] = values[i];
          }
        });
    return out;
  }

  private static String labels(ByteBuffer h) {
    StringBuilder all = new StringBuilder();
    byte[] label = new byte[80];
    int n = Math.max(0, Math.min(10, h.getInt(220)));
    for (int i = 0; i < n; i++) {
      h.get(224 + 80 * i, label);
      all.append(new String(label, StandardCharsets.ISO_8859_1).strip()).append('\n');
    }
    return all.toString();
  }

  private static MapFile labelled(String labels, VoxelBox box, float[] values) {
    Matcher ndiv = NDIV.matcher(labels);
    Matcher name = NAME.matcher(labels);
    if (!ndiv.find() || !name.find()) {
      return new MapFile(
          ReciprocalMap.of("intensity", Subdivision.NONE, box, values), CrystalSymmetry.NONE);
    }
    Matcher missing = MISSING.matcher(labels);
    if (missing.find()) {
      MapValues.restore(values, Float.parseFloat(missing.group(1)));
    }
    Subdivision n =
        new Subdivision(
            Integer.parseInt(ndiv.group(1)),
            Integer.parseInt(ndiv.group(2)),
            Integer.parseInt(ndiv.group(3)));
    Matcher cell = CELL.matcher(labels);
    Matcher group = GROUP.matcher(labels);
    return new MapFile(
        ReciprocalMap.of(name.group(1).strip(), n, box, values),
        new CrystalSymmetry(
            cell.find() ? Optional.of(cell(cell.group(1))) : Optional.empty(),
            group.find() ? Optional.of(SpaceGroup.ofHall(group.group(1))) : Optional.empty()));
  }

  private static UnitCell cell(String numbers) {
    double[] c =
        Arrays.stream(numbers.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
    if (c.length != 6) {
      throw new IllegalArgumentException("a cell of " + c.length + " numbers");
    }
    return new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
  }
}
