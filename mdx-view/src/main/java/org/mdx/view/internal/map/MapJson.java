package org.mdx.view.internal.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.map.VoxelBox;
import org.mdx.math.Mat3;
import org.mdx.table.Subdivision;

/** What the page has to know of a map, as JSON. */
public final class MapJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MapJson() {}

  /** The whole of it: cell, symmetry, region, columns. */
  public static ObjectNode describe(String id, String name, MapData map) {
    ObjectNode out = JSON.objectNode();
    out.put("id", id);
    out.put("name", name);
    UnitCell c = map.cell();
    ArrayNode cell = out.putArray("cell");
    for (double x : new double[] {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()}) {
      cell.add(x);
    }
    ArrayNode b = out.putArray("reciprocal");
    Mat3 matrix = c.reciprocal();
    for (double x : matrix.toRowMajor()) {
      b.add(x);
    }
    Subdivision n = map.voxels().ndiv();
    out.putArray("ndiv").add(n.h()).add(n.k()).add(n.l());
    VoxelBox box = map.voxels().box();
    out.putArray("origin").add(box.h0()).add(box.k0()).add(box.l0());
    out.putArray("shape").add(box.nh()).add(box.nk()).add(box.nl());
    out.put("rows", map.voxels().rows());
    out.put("symmetric", map.voxels().isSymmetric());
    out.set("group", group(map.group().orElse(null)));
    ArrayNode columns = out.putArray("columns");
    for (MapColumn column : map.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("label", column.label())
          .put("signed", column.kind() == MapColumn.Kind.SIGNED);
    }
    return out;
  }

  private static ObjectNode group(SpaceGroup g) {
    ObjectNode out = JSON.objectNode();
    out.put("name", g == null ? "no symmetry known" : g.hermannMauguin());
    out.put("laue", g == null ? "" : g.laueGroup().symbol());
    // x' = R·x + t, so that h' = h·R; a reflection with h·R = h and h·t not whole is absent
    ArrayNode operators = out.putArray("operators");
    if (g != null) {
      for (SymmetryOperator op : g.operators()) {
        ArrayNode o = operators.addArray();
        for (int i = 0; i < 9; i++) {
          o.add(op.rotation(i / 3, i % 3));
        }
        for (int i = 0; i < 3; i++) {
          o.add(op.translation(i));
        }
      }
    }
    return out;
  }

  /** Everything that is known of a point. */
  public static ObjectNode point(MapData map, double h, double k, double l) {
    ObjectNode out = JSON.objectNode();
    int[] v = map.voxel(h, k, l);
    Subdivision n = map.voxels().ndiv();
    double[] centre = {(double) v[0] / n.h(), (double) v[1] / n.k(), (double) v[2] / n.l()};
    out.putArray("voxel").add(v[0]).add(v[1]).add(v[2]);
    out.putArray("hkl").add(centre[0]).add(centre[1]).add(centre[2]);
    double s = map.length(centre[0], centre[1], centre[2]);
    out.put("s", s);
    number(out, "d", 1 / s);
    int[] nearest = {
      (int) Math.rint(centre[0]), (int) Math.rint(centre[1]), (int) Math.rint(centre[2])
    };
    out.putArray("nearest").add(nearest[0]).add(nearest[1]).add(nearest[2]);
    boolean integral = v[0] % n.h() == 0 && v[1] % n.k() == 0 && v[2] % n.l() == 0;
    boolean absent =
        map.group().map(g -> g.isAbsent(nearest[0], nearest[1], nearest[2])).orElse(false);
    out.put("absent", absent);
    out.put("kind", integral && !absent ? "halo" : "rest");
    int row = map.voxels().row(v[0], v[1], v[2]);
    out.put("measured", row >= 0);
    ObjectNode values = out.putObject("values");
    if (row >= 0) {
      map.columns().forEach(c -> number(values, c.name(), c.values().applyAsDouble(row)));
    } else {
      out.put("outside", map.outside(v[0], v[1], v[2]));
    }
    equivalents(out.putArray("equivalents"), map, centre);
    return out;
  }

  private static void equivalents(ArrayNode out, MapData map, double... hkl) {
    if (map.group().isEmpty()) {
      return;
    }
    Set<String> seen = new LinkedHashSet<>();
    var laue = map.group().get().laueGroup();
    for (int o = 0; o < laue.order(); o++) {
      int[] r = laue.operator(o);
      ArrayNode e = JSON.arrayNode();
      for (int j = 0; j < 3; j++) {
        e.add(hkl[0] * r[j] + hkl[1] * r[3 + j] + hkl[2] * r[6 + j] + 0.0);
      }
      if (seen.add(e.toString())) {
        out.add(e);
      }
    }
  }

  /** Writes a number, null where it is none. */
  public static void number(ObjectNode out, String name, double value) {
    if (Double.isFinite(value)) {
      out.put(name, value);
    } else {
      out.putNull(name);
    }
  }

  /** The distribution of a column. */
  public static ObjectNode distribution(MapData map, String column) {
    MapData.Distribution d = map.distribution(column);
    ObjectNode out = JSON.objectNode();
    out.put("count", d.count());
    ArrayNode q = out.putArray("quantiles");
    for (float x : d.quantiles()) {
      q.add(x);
    }
    return out;
  }
}
