package org.mdx.bench.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The speed of each kernel over that of its twin, for each feature release of the JDK that it was
 * measured with. Kept in a properties file, {@code 17.cbf-decode=3.25}. Immutable.
 */
final class Baseline {

  /** A ratio may fall to this part of its baseline. */
  static final double LEAST = 0.7;

  private final NavigableMap<Integer, Map<String, Double>> ratios;

  private Baseline(NavigableMap<Integer, Map<String, Double>> ratios) {
    this.ratios = ratios;
  }

  /**
   * Reads a file.
   *
   * @param file which need not exist
   * @return empty if it does not
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line is not of the form above
   */
  static Baseline read(Path file) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        properties.load(in);
      }
    }
    NavigableMap<Integer, Map<String, Double>> ratios = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key).trim();
      String[] parts = key.split("\\.", 2);
      if (parts.length < 2 || !parts[0].matches("\\d{1,3}") || !value.matches("\\d+(\\.\\d+)?")) {
        throw new IllegalArgumentException(
            file + ": " + key + "=" + value + ", must be like 17.cbf-decode=3.25; run --update");
      }
      ratios
          .computeIfAbsent(Integer.valueOf(parts[0]), jdk -> new TreeMap<>())
          .put(parts[1], Double.valueOf(value));
    }
    return new Baseline(ratios);
  }

  /**
   * This baseline with the ratios of one JDK replaced.
   *
   * @param jdk feature release
   * @param measured ratio of each kernel
   * @return a new baseline
   */
  Baseline with(int jdk, Map<String, Double> measured) {
    NavigableMap<Integer, Map<String, Double>> all = new TreeMap<>(ratios);
    all.put(jdk, new TreeMap<>(measured));
    return new Baseline(all);
  }

  /**
   * The JDK whose ratios hold for another: itself, or the newest before, or the oldest.
   *
   * @param jdk feature release
   * @return feature release of which there are ratios; empty if there are none
   */
  Optional<Integer> nearest(int jdk) {
    Integer before = ratios.floorKey(jdk);
    return ratios.isEmpty() ? Optional.empty() : Optional.of(before == null ? first() : before);
  }

  private Integer first() {
    return ratios.firstKey();
  }

  /**
   * Whether a kernel can be compared.
   *
   * @param jdk feature release that it is measured with
   * @param kernel name of the kernel
   * @return false if there is no ratio of it
   */
  boolean has(int jdk, String kernel) {
    return nearest(jdk).map(ratios::get).map(all -> all.get(kernel)).isPresent();
  }

  /**
   * Compares a ratio with the baseline, which must have the kernel.
   *
   * @param jdk feature release that it was measured with
   * @param kernel name of the kernel
   * @param ratio how many times faster than its twin
   * @return what is wrong if it has fallen by more than 30 %, or empty
   */
  Optional<String> complaint(int jdk, String kernel, double ratio) {
    int release = nearest(jdk).orElseThrow();
    double expected = ratios.get(release).get(kernel);
    if (ratio >= LEAST * expected) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: %.2f times as fast as its twin, %.2f in the baseline of JDK %d: fallen by"
                + " %.0f %%, at most %.0f %% allowed; make it fast again, or run mdx-bench/guard"
                + " --update and say why",
            kernel,
            ratio,
            expected,
            release,
            100 * (1 - ratio / expected),
            100 * (1 - LEAST)));
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @param file which is replaced
   * @throws IOException if it cannot be written
   */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# How many times faster each kernel is than its twin, by feature release\n");
    text.append("# of the JDK. Written by: mdx-bench/guard --update\n");
    ratios.forEach(
        (jdk, kernels) ->
            kernels.forEach(
                (kernel, ratio) ->
                    text.append(String.format(Locale.ROOT, "%d.%s=%.2f%n", jdk, kernel, ratio))));
    Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "baseline", ".tmp");
    try {
      Files.write(temporary, List.of(text.toString().strip().split("\\R")));
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
