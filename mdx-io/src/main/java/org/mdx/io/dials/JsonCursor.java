package org.mdx.io.dials;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.mdx.io.MdxFormatException;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A value in a JSON file that knows where it is, so that whatever is wrong with it is reported with
 * its JSON pointer.
 *
 * @param file for messages
 * @param pointer JSON pointer of the value
 * @param node the value
 */
record JsonCursor(Path file, String pointer, JsonNode node) {
  private static final String CURE = "the file is damaged or no DIALS experiment list";

  MdxFormatException failure(String expected, String found, String cure) {
    return new MdxFormatException(file, pointer.isEmpty() ? "/" : pointer, expected, found, cure);
  }

  private MdxFormatException wrong(String expected) {
    String text = node.toString();
    return failure(expected, text.length() > 60 ? text.substring(0, 60) + "…" : text, CURE);
  }

  /** Builds a value whose constructor checks its arguments. */
  <T> T build(String what, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw new MdxFormatException(
          file, pointer.isEmpty() ? "/" : pointer, what, String.valueOf(e.getMessage()), CURE, e);
    }
  }

  /** The member of an object, or null if it is absent or null. */
  JsonCursor optional(String key) {
    if (!node.isObject()) {
      throw wrong("an object");
    }
    JsonNode member = node.get(key);
    return member == null || member.isNull()
        ? null
        : new JsonCursor(file, pointer + "/" + key, member);
  }

  /** The member of an object, which must be there. */
  JsonCursor get(String key) {
    JsonCursor member = optional(key);
    if (member == null) {
      throw new MdxFormatException(file, pointer + "/" + key, "a value", "none", CURE);
    }
    return member;
  }

  /** Number of elements of a list. */
  int size() {
    if (!node.isArray()) {
      throw wrong("a list");
    }
    return node.size();
  }

  /** Number of elements of a list, which must be as given. */
  void requireSize(int n) {
    if (size() != n) {
      throw failure("a list of " + n, "a list of " + node.size(), CURE);
    }
  }

  /** An element of a list. */
  JsonCursor at(int i) {
    if (i < 0 || i >= size()) {
      throw failure("an index below " + size(), String.valueOf(i), CURE);
    }
    return new JsonCursor(file, pointer + "/" + i, node.get(i));
  }

  double number() {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong("a finite number");
    }
    return node.doubleValue();
  }

  double number(String key, double otherwise) {
    JsonCursor member = optional(key);
    return member == null ? otherwise : member.number();
  }

  int integer() {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw wrong("an integer");
    }
    return node.intValue();
  }

  String text() {
    if (!node.isTextual()) {
      throw wrong("a text");
    }
    return node.textValue();
  }

  String text(String key, String otherwise) {
    JsonCursor member = optional(key);
    return member == null ? otherwise : member.text();
  }

  double[] numbers() {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(i).number();
    }
    return values;
  }

  double[] numbers(int n) {
    requireSize(n);
    return numbers();
  }

  Vec3 vector() {
    double[] v = numbers(3);
    return new Vec3(v[0], v[1], v[2]);
  }

  Vec3 vector(String key, Vec3 otherwise) {
    JsonCursor member = optional(key);
    return member == null ? otherwise : member.vector();
  }

  Mat3 matrix() {
    return Mat3.ofRowMajor(numbers(9));
  }

  Mat3 matrix(String key, Mat3 otherwise) {
    JsonCursor member = optional(key);
    return member == null ? otherwise : member.matrix();
  }
}
