package org.mdx.io.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import java.util.Arrays;
import java.util.Locale;
import org.mdx.parallel.Parallel;

/** A file's groups, datasets and attributes as text, in the manner of nexusformat's trees. */
final class Hdf5Tree {
  private static final int MAXIMUM_DEPTH = 32;
  private static final int MAXIMUM_LINES = 100_000;
  private static final int SHOWN_ELEMENTS = 9;
  private static final int SHOWN_CHARACTERS = 120;

  private final Hdf5File file;
  private final StringBuilder out = new StringBuilder();
  private int lines;

  private Hdf5Tree(Hdf5File file) {
    this.file = file;
  }

  static String of(Hdf5File file, Group root) {
    Hdf5Tree t = new Hdf5Tree(file);
    t.line(0, "root:NXroot");
    t.attributes(root, 1);
    t.members(root, "", 1);
    return t.out.toString().stripTrailing();
  }

  private void members(Group group, String place, int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw file.error(place, "at most " + MAXIMUM_DEPTH + " levels of groups", "more", "");
    }
    for (Node node : group.getChildren().values()) {
      String name = node.getName();
      String at = place + "/" + name;
      if (node instanceof Link link) {
        line(depth, name + " -> " + link.getTargetPath());
      } else if (node instanceof Group g) {
        line(depth, name + ":" + className(at));
        attributes(g, depth + 1);
        members(g, at, depth + 1);
      } else if (node instanceof Dataset d) {
        line(depth, name + " = " + content(at, d));
        attributes(d, depth + 1);
      }
    }
  }

  private String className(String place) {
    return file.attribute(place, "NX_class").stream().findFirst().orElse("NXgroup");
  }

  private String content(String place, Dataset d) {
    StoredType type = file.type(place);
    if (type.kind() == StoredType.Kind.TEXT && d.getSize() == 1) {
      return quoted(file.text(place));
    }
    if (type.isNumber() && d.getSize() <= SHOWN_ELEMENTS && d.getSize() > 0) {
      double[] v = file.doubles(place, Parallel.of(1));
      String values =
          type.isInteger()
              ? Arrays.toString(Arrays.stream(v).mapToLong(x -> (long) x).toArray())
              : Arrays.toString(v);
      return file.shape(place).length == 0 ? values.substring(1, values.length() - 1) : values;
    }
    String shape = Arrays.toString(d.getDimensionsAsLong());
    return type + "(" + shape.substring(1, shape.length() - 1).replace(", ", "x") + ")";
  }

  private void attributes(Node node, int depth) {
    for (Attribute a : node.getAttributes().values()) {
      if (!a.getName().equals("NX_class")) {
        line(depth, "@" + a.getName() + " = " + value(a));
      }
    }
  }

  private static String value(Attribute a) {
    StoredType type = StoredType.of(a.getDataType());
    if (a.getSize() > SHOWN_ELEMENTS || type.kind() == StoredType.Kind.OTHER) {
      return type + " of " + a.getSize() + " elements";
    }
    Object data = a.getData();
    if (data instanceof String s) {
      return quoted(s);
    }
    if (data instanceof Object[] many) {
      return shortened(Arrays.deepToString(many));
    }
    return shortened(String.format(Locale.ROOT, "%s", text(data)));
  }

  private static String text(Object data) {
    if (data == null || !data.getClass().isArray()) {
      return String.valueOf(data);
    }
    String s = Arrays.deepToString(new Object[] {data});
    return s.substring(1, s.length() - 1);
  }

  private static String quoted(String s) {
    return "'" + shortened(s) + "'";
  }

  /** One line of printable characters. */
  private static String shortened(String s) {
    String line = s.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private void line(int depth, String text) {
    if (++lines > MAXIMUM_LINES) {
      throw file.error("/", "at most " + MAXIMUM_LINES + " objects and attributes", "more", "");
    }
    out.append("  ".repeat(depth)).append(text).append('\n');
  }
}
