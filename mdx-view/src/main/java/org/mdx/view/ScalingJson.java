package org.mdx.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.ScalingModel;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/** Control points of a scaling model and how many observations are near each. */
final class ScalingJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ScalingJson() {}

  static ObjectNode of(ViewedScaling scaling) {
    ScalingModel m = scaling.model();
    ObjectNode out = JSON.objectNode();
    out.put("name", scaling.name());
    ObjectNode terms = out.putObject("terms");
    HKLTable data = scaling.observations().orElse(null);
    m.scale().ifPresent(t -> add(terms, "b", t.grid(), data, ColumnNames.PHI));
    m.offset().ifPresent(t -> add(terms, "c", t.grid(), data, ColumnNames.S, ColumnNames.PHI));
    m.absorption()
        .ifPresent(
            t -> add(terms, "a", t.grid(), data, ColumnNames.IX, ColumnNames.IY, ColumnNames.PHI));
    m.detector().ifPresent(t -> add(terms, "d", t.grid(), data, ColumnNames.IX, ColumnNames.IY));
    m.mark().ifPresent(k -> out.putArray("data_phi").add(k.phiMin()).add(k.phiMax()));
    ArrayNode curves = out.putArray("curves");
    for (ScalingCurve c : scaling.curves()) {
      ObjectNode o = curves.addObject();
      o.put("chart", c.chart().name().toLowerCase(Locale.ROOT));
      o.put("label", c.label());
      numbers(o.putArray("phi"), c.phi());
      numbers(o.putArray("value"), c.value());
    }
    return out;
  }

  private static void add(
      ObjectNode terms, String name, ControlGrid grid, HKLTable data, String... columns) {
    ObjectNode out = terms.putObject(name);
    out.put("panels", grid.panels());
    ArrayNode axes = out.putArray("axes");
    for (int i = 0; i < columns.length; i++) {
      ObjectNode axis = axes.addObject();
      axis.put("name", columns[i]);
      numbers(axis.putArray("points"), grid.axes().get(i).toArray());
    }
    numbers(out.putArray("values"), grid.values());
    if (data != null && List.of(columns).stream().allMatch(data::has)) {
      ArrayNode counts = out.putArray("counts");
      for (int n : counts(grid, data, columns)) {
        counts.add(n);
      }
    }
  }

  /** Observations by nearest control point. */
  private static int[] counts(ControlGrid grid, HKLTable data, String... names) {
    int[] counts = new int[grid.size()];
    Column panel = data.has(ColumnNames.PANEL) ? data.column(ColumnNames.PANEL) : null;
    for (int row = 0; row < data.rows(); row++) {
      int at = grid.panels() > 1 && panel != null ? (int) panel.get(row) : 0;
      boolean inside = at >= 0 && at < grid.panels();
      for (int i = 0; i < names.length && inside; i++) {
        GridAxis axis = grid.axes().get(i);
        int nearest = nearest(axis, data.column(names[i]).get(row));
        inside = nearest >= 0;
        at = at * axis.size() + nearest;
      }
      if (inside) {
        counts[at]++;
      }
    }
    return counts;
  }

  private static int nearest(GridAxis axis, double x) {
    if (!(x >= axis.get(0) && x <= axis.get(axis.size() - 1))) {
      return -1;
    }
    int low = 0;
    int high = axis.size() - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (axis.get(middle) <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return x - axis.get(low) <= axis.get(high) - x ? low : high;
  }

  private static void numbers(ArrayNode out, double... values) {
    for (double v : values) {
      out.add(v);
    }
  }
}
