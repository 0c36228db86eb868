package org.mdx.microed.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that {@code {name}} stands for in arguments. A value may have several words, as the images
 * do. Immutable.
 */
public final class Values {
  /** Threads that one program may use: does not change a result. */
  static final String THREADS = "nproc";

  /** Names that arguments may have whether or not a value is set. */
  private static final List<String> KNOWN =
      List.of(
          "images",
          "image_range",
          "profile",
          "mask",
          "pedestal",
          "gain",
          "distance",
          "beam_centre",
          "pixel_size",
          "trusted_range",
          "axis",
          "oscillation",
          "wavelength",
          "probe",
          "spot_gain",
          "max_separation",
          "hkl_tolerance",
          "space_group",
          "unit_cell",
          "d_min",
          "first_d_min",
          "check_d_min",
          "scale_d_min",
          "min_spots",
          "beam_drift",
          "nbins",
          THREADS,
          "crystal",
          "trial");

  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9_]+)(!?)\\}");

  private final Map<String, List<String>> values;

  private Values(Map<String, List<String>> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * No values.
   *
   * @return nothing set
   */
  public static Values none() {
    return new Values(Map.of());
  }

  /**
   * Sets a value.
   *
   * @param name letters, digits and underscores
   * @param words one or more; none takes the value away
   * @return new values
   * @throws IllegalArgumentException if the name has other characters
   */
  public Values with(String name, List<String> words) {
    if (!name.matches("[A-Za-z0-9_]+")) {
      throw new IllegalArgumentException(
          "value '" + name + "'; its name has letters, digits and underscores");
    }
    Map<String, List<String>> all = new LinkedHashMap<>(values);
    if (words.isEmpty()) {
      all.remove(name);
    } else {
      all.put(name, List.copyOf(words));
    }
    return new Values(all);
  }

  /**
   * Sets a value of one word.
   *
   * @param name letters, digits and underscores
   * @param word its text; null takes the value away
   * @return new values
   */
  public Values with(String name, String word) {
    return with(name, word == null ? List.of() : List.of(word));
  }

  /**
   * Sets all values of a map.
   *
   * @param others by name
   * @return new values; those here that the map does not have stay
   */
  public Values withAll(Map<String, String> others) {
    Values all = this;
    for (Map.Entry<String, String> e : others.entrySet()) {
      all = all.with(e.getKey(), e.getValue());
    }
    return all;
  }

  /** Other values, and these where others are not set. */
  Values overriddenBy(Values others) {
    Map<String, List<String>> all = new LinkedHashMap<>(values);
    all.putAll(others.values);
    return new Values(all);
  }

  /**
   * A value.
   *
   * @param name its name
   * @return its words joined by commas; empty if it is not set
   */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).map(w -> String.join(",", w));
  }

  /**
   * Arguments without placeholders; a word that has one without a value is left out, or refused if
   * it is written {@code {name!}}.
   */
  List<String> fill(String step, List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (String a : arguments) {
      Matcher whole = PLACE.matcher(a);
      if (whole.matches()) {
        requireKnown(step, a, whole.group(1));
        words.addAll(values.getOrDefault(whole.group(1), List.of()));
      } else {
        word(step, a).ifPresent(words::add);
      }
    }
    return words;
  }

  private Optional<String> word(String step, String argument) {
    Matcher m = PLACE.matcher(argument);
    StringBuilder out = new StringBuilder();
    while (m.find()) {
      requireKnown(step, argument, m.group(1));
      Optional<String> value = get(m.group(1));
      if (value.isEmpty() && !m.group(2).isEmpty()) {
        throw new IllegalArgumentException(
            "step "
                + step
                + " needs a value for "
                + m.group(1)
                + ": give --set "
                + m.group(1)
                + "=… or the option of that name");
      } else if (value.isEmpty()) {
        return Optional.empty();
      }
      m.appendReplacement(out, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(m.appendTail(out).toString());
  }

  private void requireKnown(String step, String argument, String name) {
    if (!KNOWN.contains(name) && !values.containsKey(name)) {
      TreeSet<String> all = new TreeSet<>(KNOWN);
      all.addAll(values.keySet());
      throw new IllegalArgumentException(
          "step "
              + step
              + ", argument "
              + argument
              + ": no value is called "
              + name
              + "; there are "
              + String.join(", ", all)
              + ", and those that [values] sets");
    }
  }
}
