package org.mdx.microed.trials.bragg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.microed.process.engine.StepRun;

/**
 * The words of a step: files, and parameters {@code key=value} by the names that the DIALS program
 * has. As there, a key may be any end of the whole name: {@code gain} for {@code
 * spotfinder.threshold.dispersion.gain}.
 */
final class StepWords {
  private final String task;
  private final List<String> files = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();

  private StepWords(String task) {
    this.task = task;
  }

  /**
   * Sorts the words of a run.
   *
   * @param known whole names of the parameters that the step takes
   * @throws IllegalArgumentException if a word is another parameter
   */
  static StepWords of(StepRun run, String... known) {
    StepWords words = new StepWords(run.task());
    for (String word : run.arguments()) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        words.files.add(word);
      } else {
        words.values.put(
            words.name(word.substring(0, equals), word, known), word.substring(equals + 1));
      }
    }
    return words;
  }

  private String name(String key, String word, String... known) {
    for (String name : known) {
      if (name.equals(key) || name.endsWith("." + key)) {
        return name;
      }
    }
    throw new IllegalArgumentException(
        task
            + ": the native engine does not know '"
            + word
            + "'; it takes "
            + String.join(", ", known)
            + ". Leave it out, or give --engine dials");
  }

  /** Words that are no parameters. */
  List<String> files() {
    return List.copyOf(files);
  }

  /** The one file of an ending. */
  Path file(String ending) {
    List<String> all = files.stream().filter(f -> f.endsWith(ending)).toList();
    if (all.size() != 1) {
      throw new IllegalArgumentException(
          task + " needs one file *" + ending + ", it was given " + all.size());
    }
    return Path.of(all.get(0));
  }

  /** The text of a parameter. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The text of a parameter, or another one. */
  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The number of a parameter. */
  Optional<Double> number(String name) {
    return text(name).map(t -> numbers(name, 1)[0]);
  }

  /** The whole number of a parameter. */
  Optional<Integer> integer(String name) {
    return number(name)
        .map(
            v -> {
              if (v != Math.rint(v) || Math.abs(v) > Integer.MAX_VALUE) {
                throw wrong(name, "a whole number");
              }
              return (int) Math.rint(v);
            });
  }

  /** The yes or no of a parameter. */
  Optional<Boolean> flag(String name) {
    return text(name)
        .map(
            t ->
                switch (t.toLowerCase(java.util.Locale.ROOT)) {
                  case "true", "yes", "1" -> true;
                  case "false", "no", "0" -> false;
                  default -> throw wrong(name, "True or False");
                });
  }

  /** So many numbers with commas between them. */
  double[] numbers(String name, int count) {
    String[] parts = values.get(name).strip().split("[,\\s]+");
    double[] v = new double[parts.length];
    try {
      for (int i = 0; i < v.length; i++) {
        v[i] = Double.parseDouble(parts[i]);
      }
    } catch (NumberFormatException e) {
      throw wrong(name, count == 1 ? "a number" : count + " numbers");
    }
    if (v.length != count) {
      throw wrong(name, count == 1 ? "a number" : count + " numbers");
    }
    return v;
  }

  IllegalArgumentException wrong(String name, String expected) {
    return new IllegalArgumentException(
        task + ": " + name + "=" + values.get(name) + ", must be " + expected);
  }
}
