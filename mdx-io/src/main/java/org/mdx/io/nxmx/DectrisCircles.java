package org.mdx.io.nxmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The circles of a Dectris file: an angle for each frame, in degrees. */
final class DectrisCircles {
  /** From the base to the sample; omega is taken for the scan if none turns. */
  private static final List<String> NAMES = List.of("omega", "chi", "kappa", "phi");

  /** Angles are the commanded ones, or measured to some thousandths of a degree. */
  private static final double TURNS = 1e-6;

  private static final double ZERO = 1e-3;

  private final Map<String, double[]> angles = new LinkedHashMap<>();
  private final Map<String, double[]> ends = new LinkedHashMap<>();
  private final Map<String, Double> widths = new LinkedHashMap<>();

  private DectrisCircles() {}

  static DectrisCircles read(NxmxEntry entry, String group) {
    DectrisCircles c = new DectrisCircles();
    for (String name : NAMES) {
      String at = group + "/" + name;
      c.angles.put(name, entry.numbers(at));
      c.ends.put(name, entry.numbers(at + "_end"));
      double width = entry.number(at + "_range_average");
      c.widths.put(name, Double.isNaN(width) ? entry.number(at + "_increment") : width);
    }
    return c;
  }

  /** The circle that turns: first the one that the file says does, then one whose angles vary. */
  String scanned() {
    for (String name : NAMES) {
      double width = widths.get(name);
      double[] a = angles.get(name);
      double[] e = ends.get(name);
      boolean during = e.length > 0 && a.length > 0 && Math.abs(e[0] - a[0]) > TURNS;
      if (Math.abs(width) > TURNS || during) {
        return name;
      }
    }
    for (String name : NAMES) {
      for (double v : angles.get(name)) {
        if (Math.abs(v - angles.get(name)[0]) > TURNS) {
          return name;
        }
      }
    }
    return NAMES.get(0);
  }

  double[] angles(String name) {
    return angles.get(name);
  }

  double[] ends(String name) {
    return ends.get(name);
  }

  /** Rotation for a frame; NaN if the file does not tell it. */
  double width(String name) {
    return widths.get(name);
  }

  /** The other circles that the file has angles of. */
  List<String> others(String name) {
    List<String> others = new ArrayList<>();
    for (String n : NAMES) {
      if (!n.equals(name) && angles.get(n).length > 0) {
        others.add(n);
      }
    }
    return others;
  }

  /** Whether the circles between omega and phi are at 0, so that phi turns about omega's axis. */
  boolean betweenIsZero() {
    for (String n : new String[] {"chi", "kappa"}) {
      for (double v : angles.get(n)) {
        if (Math.abs(Math.IEEEremainder(v, 360)) > ZERO) {
          return false;
        }
      }
    }
    return true;
  }
}
