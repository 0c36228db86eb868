package org.mdx.io.nxmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.parallel.Parallel;

/** The entry of a file, and ways to ask for what may or may not be in it. */
final class NxmxEntry {
  private static final Parallel ONE = Parallel.of(1);
  private static final long MOST_NUMBERS = 1 << 24;

  private final Hdf5File file;
  private final String place;

  private NxmxEntry(Hdf5File file, String place) {
    this.file = file;
    this.place = place;
  }

  /** The first entry that is defined as NXmx, or one with a detector and frames; or null. */
  static NxmxEntry find(Hdf5File file) {
    NxmxEntry second = null;
    for (String name : file.members("/")) {
      NxmxEntry e = new NxmxEntry(file, "/" + name);
      if (!file.hasGroup(e.place) || !e.isClass("", "NXentry") && !name.equals("entry")) {
        continue;
      }
      if (e.text("definition").equals("NXmx")) {
        return e;
      }
      boolean detector = file.hasGroup(e.place + "/instrument/detector");
      second = second == null && detector && file.hasGroup(e.place + "/data") ? e : second;
    }
    return second;
  }

  static NxmxEntry require(Hdf5File file) {
    NxmxEntry e = find(file);
    if (e == null) {
      throw file.error(
          "/", "an entry with a detector and data", "members " + file.members("/"), "");
    }
    return e;
  }

  Hdf5File file() {
    return file;
  }

  /** The place of something in this entry. */
  String at(String path) {
    return path.isEmpty() ? place : path.startsWith("/") ? path : place + "/" + path;
  }

  boolean has(String path) {
    return file.has(at(path));
  }

  boolean hasGroup(String path) {
    return file.hasGroup(at(path));
  }

  /** Whether the definition is NXmx and not only Dectris' own. */
  boolean isDefined() {
    return text("definition").equals("NXmx");
  }

  boolean isClass(String path, String nexusClass) {
    return file.attribute(at(path), "NX_class").equals(List.of(nexusClass));
  }

  /** The first group of a class in a group, or its usual name if there is one; or null. */
  String group(String parent, String nexusClass, String usual) {
    String prefix = parent.isEmpty() ? "" : parent + "/";
    if (!hasGroup(parent)) {
      return null;
    }
    if (hasGroup(prefix + usual)) {
      return prefix + usual;
    }
    List<String> all = groups(parent, nexusClass);
    return all.isEmpty() ? null : all.get(0);
  }

  /** All groups of a class in a group. */
  List<String> groups(String parent, String nexusClass) {
    List<String> found = new ArrayList<>();
    String prefix = parent.isEmpty() ? "" : parent + "/";
    for (String name : hasGroup(parent) ? file.members(at(parent)) : List.<String>of()) {
      String path = prefix + name;
      if (isPresentGroup(path) && isClass(path, nexusClass)) {
        found.add(path);
      }
    }
    return found;
  }

  /** Whether there is a group; a link to a missing file is not one. */
  private boolean isPresentGroup(String path) {
    try {
      return hasGroup(path);
    } catch (MdxFormatException e) {
      return false;
    }
  }

  /** A dataset of text, empty if there is none. */
  String text(String path) {
    return has(path) && !hasGroup(path) && file.type(at(path)).isText() ? file.text(at(path)) : "";
  }

  /** The numbers of a dataset, none if there is no such dataset of numbers. */
  double[] numbers(String path) {
    boolean present = has(path) && !hasGroup(path) && file.type(at(path)).isNumber();
    if (!present) {
      return new double[0];
    }
    int n = file.size(at(path));
    if (n > MOST_NUMBERS) {
      throw file.error(at(path), "at most " + MOST_NUMBERS + " numbers", n + " numbers", "");
    }
    return file.doubles(at(path), ONE);
  }

  /** The first number of a dataset, NaN if there is none. */
  double number(String path) {
    double[] v = numbers(path);
    return v.length == 0 ? Double.NaN : v[0];
  }

  /** The first number of a dataset in mm, s, Å or degrees, by its units. */
  double quantity(String path, String otherwise) {
    double v = number(path);
    return Double.isNaN(v) ? v : v * factor(at(path), "units", otherwise);
  }

  /** What turns the numbers of an object into mm, s, Å, degrees or pixels. */
  double factor(String at, String attribute, String otherwise) {
    List<String> units = file.attribute(at, attribute);
    String unit = units.isEmpty() || units.get(0).isBlank() ? otherwise : units.get(0).strip();
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "m", "metre", "meter", "metres", "meters" -> 1e3;
      case "cm" -> 10;
      case "um", "µm", "μm", "micron", "microns", "micrometer", "micrometre" -> 1e-3;
      case "nm" -> otherwise.equals("angstrom") ? 10 : 1e-6;
      case "pm" -> 0.01;
      case "ms" -> 1e-3;
      case "us", "µs", "μs" -> 1e-6;
      case "ns" -> 1e-9;
      case "min", "minute", "minutes" -> 60;
      case "rad", "radian", "radians" -> Math.toDegrees(1);
      case "kev" -> 1e3;
      case "mm",
          "s",
          "sec",
          "second",
          "seconds",
          "angstrom",
          "a",
          "å",
          "deg",
          "degree",
          "degrees",
          "ev",
          "pixel",
          "pixels",
          "" ->
          1;
      default -> throw file.error(at + "@" + attribute, "a unit such as " + otherwise, unit, "");
    };
  }

  /** The path that a name in an attribute or dataset stands for, from the group that it is in. */
  static String resolve(String group, String name) {
    return name.startsWith("/") ? name : group + "/" + name;
  }
}
