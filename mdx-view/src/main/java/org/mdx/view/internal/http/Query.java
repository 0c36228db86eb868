package org.mdx.view.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of a request, each a number or a word and each checked as it is taken. */
public final class Query {
  private static final int LONGEST = 400;
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.,+-]*");

  private final Map<String, String> values = new LinkedHashMap<>();

  private Query() {}

  /** Reads what stands behind the question mark; null for nothing. */
  public static Query of(String raw, String... known) {
    Query q = new Query();
    if (raw == null || raw.isEmpty()) {
      return q;
    }
    if (raw.length() > LONGEST) {
      throw bad("the query has " + raw.length() + " characters, at most " + LONGEST + " are read");
    }
    Set<String> names = Set.of(known);
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1).replace("%2C", ",");
      if (!names.contains(name)) {
        throw bad("a parameter that is not known; there are " + String.join(", ", known));
      }
      if (!VALUE.matcher(value).matches()) {
        throw bad("parameter " + name + " holds other than letters, digits and signs");
      }
      if (q.values.put(name, value) != null) {
        throw bad("parameter " + name + " is given twice");
      }
    }
    return q;
  }

  private static Refusal bad(String message) {
    return new Refusal(Refusal.BAD_REQUEST, message);
  }

  private String required(String name) {
    String v = values.get(name);
    if (v == null) {
      throw bad("parameter " + name + " is missing");
    }
    return v;
  }

  /** A word, or the default. */
  public String word(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  public String word(String name) {
    return required(name);
  }

  /** A whole number within limits. */
  public int integer(String name, int min, int max) {
    return integer(name, required(name), min, max);
  }

  /** A whole number within limits, or the default. */
  public int integer(String name, int min, int max, int otherwise) {
    return values.containsKey(name) ? integer(name, min, max) : otherwise;
  }

  private static int integer(String name, String text, int min, int max) {
    int v;
    try {
      v = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw bad(name + " must be a whole number");
    }
    if (v < min || v > max) {
      throw bad(name + "=" + v + ", must be " + min + " to " + max);
    }
    return v;
  }

  /** A finite number. */
  public double number(String name) {
    return number(name, required(name));
  }

  private static double number(String name, String text) {
    double v;
    try {
      v = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw bad(name + " must be a number");
    }
    if (!(Math.abs(v) <= 1e6)) {
      throw bad(name + "=" + v + ", must be within ±1000000");
    }
    return v;
  }

  /** Three finite numbers with commas between them. */
  public double[] triple(String name) {
    String[] parts = required(name).split(",", -1);
    if (parts.length != 3) {
      throw bad(name + " must be three numbers with commas between them");
    }
    double[] v = new double[3];
    for (int i = 0; i < 3; i++) {
      v[i] = number(name, parts[i]);
    }
    return v;
  }
}
