package org.mdx.io.instrument;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.mdx.geometry.Probe;
import org.mdx.math.Vec3;

/**
 * The type of a setting, and its form in TOML.
 *
 * @param <T> type of the values
 */
abstract class Kind<T> {
  /** What is expected, for messages. */
  final String rule;

  private Kind(String rule) {
    this.rule = rule;
  }

  /** The value of a node, or null if it is something else. */
  abstract T read(JsonNode node, Path folder);

  /** As it is written in a file of a folder. */
  abstract String toml(T value, Path folder);

  /** Whether a value is allowed. */
  abstract boolean allows(T value);

  static Kind<String> text() {
    return new Kind<>("a text in quotes") {
      @Override
      String read(JsonNode node, Path folder) {
        return node.isTextual() ? node.textValue() : null;
      }

      @Override
      String toml(String value, Path folder) {
        return quoted(value);
      }

      @Override
      boolean allows(String value) {
        return !value.isBlank();
      }
    };
  }

  static Kind<Path> path() {
    return new Kind<>("the path of a file, in quotes") {
      @Override
      Path read(JsonNode node, Path folder) {
        try {
          return node.isTextual() && !node.textValue().isBlank()
              ? folder.resolve(node.textValue()).normalize()
              : null;
        } catch (InvalidPathException e) {
          return null;
        }
      }

      /** Relative where that is possible, so that a folder can be moved. */
      @Override
      String toml(Path value, Path folder) {
        Path absolute = value.toAbsolutePath().normalize();
        Path from = folder.toAbsolutePath().normalize();
        boolean sameRoot = absolute.getRoot().equals(from.getRoot());
        Path shown = sameRoot ? from.relativize(absolute) : absolute;
        return quoted(shown.toString().replace('\\', '/'));
      }

      @Override
      boolean allows(Path value) {
        return !value.toString().isEmpty();
      }
    };
  }

  static Kind<Probe> probe() {
    return new Kind<>("\"x-ray\", \"electron\" or \"neutron\"") {
      @Override
      Probe read(JsonNode node, Path folder) {
        for (Probe p : Probe.values()) {
          if (node.isTextual() && node.textValue().equals(name(p))) {
            return p;
          }
        }
        return null;
      }

      @Override
      String toml(Probe value, Path folder) {
        return quoted(name(value));
      }

      private static String name(Probe p) {
        return p.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }

      @Override
      boolean allows(Probe value) {
        return true;
      }
    };
  }

  static Kind<Double> number(String rule, DoublePredicate allowed) {
    return new Kind<>(rule) {
      @Override
      Double read(JsonNode node, Path folder) {
        return node.isNumber() ? node.doubleValue() : null;
      }

      @Override
      String toml(Double value, Path folder) {
        return shortest(value);
      }

      @Override
      boolean allows(Double value) {
        return Double.isFinite(value) && allowed.test(value);
      }
    };
  }

  /** Two numbers; where one may stand for both, it does. */
  static Kind<Pair> pair(String rule, boolean oneForBoth, DoublePredicate each, boolean rising) {
    return new Kind<>(rule) {
      @Override
      Pair read(JsonNode node, Path folder) {
        if (oneForBoth && node.isNumber()) {
          return new Pair(node.doubleValue(), node.doubleValue());
        }
        double[] v = numbers(node, 2);
        return v == null ? null : new Pair(v[0], v[1]);
      }

      @Override
      String toml(Pair value, Path folder) {
        boolean one = oneForBoth && value.first() == value.second();
        return one ? shortest(value.first()) : list(value.first(), value.second());
      }

      @Override
      boolean allows(Pair v) {
        return Double.isFinite(v.first())
            && Double.isFinite(v.second())
            && each.test(v.first())
            && each.test(v.second())
            && (!rising || v.first() < v.second());
      }
    };
  }

  static Kind<Vec3> direction() {
    return new Kind<>("three numbers in brackets, not all 0") {
      @Override
      Vec3 read(JsonNode node, Path folder) {
        double[] v = numbers(node, 3);
        return v == null ? null : new Vec3(v[0], v[1], v[2]);
      }

      @Override
      String toml(Vec3 value, Path folder) {
        return list(value.x(), value.y(), value.z());
      }

      @Override
      boolean allows(Vec3 value) {
        return value.norm() > 0 && Double.isFinite(value.norm());
      }
    };
  }

  static Kind<List<CameraLength>> cameraLengths() {
    return new Kind<>("pairs of lengths above 0, as in [[800, 1032.5], [1000, 1291]]") {
      @Override
      List<CameraLength> read(JsonNode node, Path folder) {
        List<CameraLength> rows = new ArrayList<>();
        for (JsonNode row : node) {
          double[] v = numbers(row, 2);
          if (v == null || !(v[0] > 0 && v[1] > 0) || Double.isInfinite(v[0] + v[1])) {
            return null;
          }
          rows.add(new CameraLength(v[0], v[1]));
        }
        return rows;
      }

      @Override
      String toml(List<CameraLength> value, Path folder) {
        return value.stream()
            .map(c -> list(c.nominal(), c.calibrated()))
            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
      }

      @Override
      boolean allows(List<CameraLength> value) {
        return !value.isEmpty();
      }
    };
  }

  private static double[] numbers(JsonNode node, int n) {
    if (!node.isArray() || node.size() != n) {
      return null;
    }
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      if (!node.get(i).isNumber()) {
        return null;
      }
      v[i] = node.get(i).doubleValue();
    }
    return v;
  }

  private static String list(double... values) {
    StringBuilder s = new StringBuilder("[");
    for (double v : values) {
      s.append(s.length() == 1 ? "" : ", ").append(shortest(v));
    }
    return s.append(']').toString();
  }

  private static String shortest(double v) {
    return v == Math.rint(v) && Math.abs(v) < 1e15 ? String.valueOf((long) v) : Double.toString(v);
  }

  private static String quoted(String text) {
    StringBuilder s = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        s.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        s.append(String.format("\\u%04x", (int) c));
      } else {
        s.append(c);
      }
    }
    return s.append('"').toString();
  }
}
