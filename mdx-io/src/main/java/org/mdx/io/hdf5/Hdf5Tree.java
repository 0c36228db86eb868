package org.mdx.io.hdf5;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.internal.hdf5.read.AttributeValue;
import org.mdx.io.internal.hdf5.read.DatasetReader;
import org.mdx.io.internal.hdf5.read.Hdf5Object;
import org.mdx.io.internal.hdf5.read.Links;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.parallel.Parallel;

/** A file's groups, datasets and attributes as text, in the manner of nexusformat's trees. */
final class Hdf5Tree {
  private static final int MAXIMUM_DEPTH = 32;
  private static final int MAXIMUM_LINES = 100_000;
  private static final int SHOWN_ELEMENTS = 9;
  private static final int SHOWN_CHARACTERS = 120;

  private final Hdf5File file;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Hdf5Object> above = new ArrayDeque<>();
  private int lines;

  private Hdf5Tree(Hdf5File file) {
    this.file = file;
  }

  static String of(Hdf5File file) {
    Hdf5Tree t = new Hdf5Tree(file);
    Hdf5Object root = file.file().find("/");
    t.line(0, "root:NXroot");
    t.attributes(root, 1);
    t.members(root, "", 1);
    return t.out.toString().stripTrailing();
  }

  private void members(Hdf5Object group, String place, int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw file.error(place, "at most " + MAXIMUM_DEPTH + " levels of groups", "more", "");
    }
    above.push(group);
    for (Map.Entry<String, Links.Link> member : group.links().entrySet()) {
      String name = member.getKey();
      Links.Link link = member.getValue();
      String at = place + "/" + name;
      if (!link.isHard()) {
        line(depth, name + " -> " + (link.file() == null ? "" : link.file() + ":") + link.path());
        continue;
      }
      Hdf5Object node = file.file().object(link.address());
      if (above.contains(node)) {
        line(depth, name + " -> a group that it is in");
      } else if (node.isGroup()) {
        line(depth, name + ":" + className(node));
        attributes(node, depth + 1);
        members(node, at, depth + 1);
      } else if (node.reader(at) != null) {
        line(depth, name + " = " + content(at, node.reader(at)));
        attributes(node, depth + 1);
      }
    }
    above.pop();
  }

  private static String className(Hdf5Object group) {
    AttributeValue a = group.attributes().get("NX_class");
    return a == null || !a.type.isText() || a.size() != 1 ? "NXgroup" : a.texts().get(0);
  }

  private String content(String place, DatasetReader d) {
    StoredType type = d.info().type;
    long[] shape = d.info().shape;
    long size = Dataspace.size(shape);
    if (type.isText() && size == 1) {
      return quoted(file.text(place));
    }
    if (type.isNumber() && size <= SHOWN_ELEMENTS && size > 0) {
      return numbers(type, file.doubles(place, Parallel.of(1)), shape);
    }
    String lengths = Arrays.toString(shape);
    return type + "(" + lengths.substring(1, lengths.length() - 1).replace(", ", "x") + ")";
  }

  private static String numbers(StoredType type, double[] v, long[] shape) {
    String values =
        type.isInteger()
            ? Arrays.toString(Arrays.stream(v).mapToLong(x -> (long) x).toArray())
            : Arrays.toString(v);
    return shape.length == 0 ? values.substring(1, values.length() - 1) : values;
  }

  private void attributes(Hdf5Object node, int depth) {
    for (AttributeValue a : node.attributes().values()) {
      if (!a.name.equals("NX_class")) {
        line(depth, "@" + a.name + " = " + value(a));
      }
    }
  }

  private static String value(AttributeValue a) {
    if (a.size() > SHOWN_ELEMENTS || !a.type.isNumber() && !a.type.isText()) {
      return a.type + " of " + a.size() + " elements";
    }
    if (a.type.isText()) {
      return a.shape.length == 0 ? quoted(a.texts().get(0)) : shortened(a.texts().toString());
    }
    return shortened(numbers(a.type, a.numbers(), a.shape));
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
