package org.mdx.microed.process.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mdx.io.MdxFormatException;
import org.mdx.io.toml.TomlFile;

/**
 * A site's own values and trials, from a TOML file:
 *
 * <pre>
 * [values]                          # what {name} stands for
 * distance = 618
 * beam_centre = [1039, 1007]
 *
 * [trials.mine]
 * extends = "P1"                    # P1, mP, wedge, or a trial above
 * without = ["check-symmetry"]
 * defaults = { d_min = 0.6 }
 * arguments = { index = ["max_lattices=2"] }     # added to those of a step
 *
 * [[trials.other.steps]]            # or all steps
 * name = "import"
 * task = "dials.import"
 * arguments = ["{images}", "mask={mask}"]
 * products = ["imported.expt"]
 * # inputs, fallbacks = [[…]], folder, when = "exists:FILE", on_failure = "stop"
 * </pre>
 *
 * <p>Immutable.
 */
public final class SiteConfig {
  private static final List<String> TOP = List.of("values", "trials");
  private static final List<String> TRIAL =
      List.of("extends", "without", "defaults", "arguments", "steps");
  private static final List<String> STEP =
      List.of(
          "name",
          "task",
          "arguments",
          "fallbacks",
          "inputs",
          "products",
          "folder",
          "when",
          "on_failure",
          "reuse");

  private final Map<String, String> values;
  private final Map<String, Pipeline> trials;

  private SiteConfig(Map<String, String> values, Map<String, Pipeline> trials) {
    this.values = Map.copyOf(values);
    this.trials = Map.copyOf(trials);
  }

  /**
   * No values, and the trials of {@link Presets}.
   *
   * @return the configuration
   */
  public static SiteConfig standard() {
    Map<String, Pipeline> trials = new LinkedHashMap<>();
    for (Pipeline p : List.of(Presets.p1(), Presets.mp(), Presets.wedge())) {
      trials.put(p.name(), p);
    }
    return new SiteConfig(Map.of(), trials);
  }

  /**
   * Reads a file; its trials replace those of {@link Presets} that have the same names.
   *
   * @param file TOML
   * @return the configuration
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is not such a file; it names the place
   */
  public static SiteConfig read(Path file) throws IOException {
    JsonNode root =
        TomlFile.read(file, "TOML such as [values] and below it distance = 618", "").root();
    return new Reader(file).read(root);
  }

  /**
   * Values of the site.
   *
   * @return texts by name
   */
  public Map<String, String> values() {
    return values;
  }

  /**
   * A trial.
   *
   * @param name its name
   * @return the trial
   * @throws IllegalArgumentException if there is none of that name
   */
  public Pipeline trial(String name) {
    Pipeline p = trials.get(name);
    if (p == null) {
      throw new IllegalArgumentException(
          "no trial is called '"
              + name
              + "'; there are "
              + String.join(", ", trials.keySet().stream().sorted().toList()));
    }
    return p;
  }

  /** Reads one file. */
  private static final class Reader {
    private final Path file;
    private final Map<String, Pipeline> trials = new LinkedHashMap<>(standard().trials);

    Reader(Path file) {
      this.file = file;
    }

    SiteConfig read(JsonNode root) {
      requireKeys("", root, TOP);
      Map<String, String> values = texts("values", root.path("values"));
      for (Map.Entry<String, JsonNode> e : root.path("trials").properties()) {
        String place = "trials." + e.getKey();
        trials.put(e.getKey(), at(place, e.getValue(), n -> trial(place, e.getKey(), n)));
      }
      return new SiteConfig(values, trials);
    }

    private Pipeline trial(String place, String name, JsonNode n) {
      requireKeys(place, n, TRIAL);
      if (n.has("extends") == n.has("steps")) {
        throw wrong(place, "either extends or steps", n.has("steps") ? "both" : "neither");
      }
      Pipeline p;
      if (n.has("steps")) {
        List<PipelineStep> steps = new ArrayList<>();
        for (JsonNode s : n.get("steps")) {
          String where = place + ".steps[" + steps.size() + "]";
          steps.add(at(where, s, this::step));
        }
        p = new Pipeline(name, steps, Map.of());
      } else {
        String base = n.get("extends").asText();
        if (!trials.containsKey(base)) {
          throw wrong(place + ".extends", "one of " + trials.keySet(), "'" + base + "'");
        }
        p = trials.get(base).named(name);
      }
      for (String step : words(place + ".without", n.path("without"))) {
        p = p.without(step);
      }
      for (Map.Entry<String, String> d :
          texts(place + ".defaults", n.path("defaults")).entrySet()) {
        p = p.withDefault(d.getKey(), d.getValue());
      }
      for (Map.Entry<String, JsonNode> a : n.path("arguments").properties()) {
        List<String> more = words(place + ".arguments." + a.getKey(), a.getValue());
        p =
            p.with(
                a.getKey(),
                s -> {
                  List<String> all = new ArrayList<>(s.arguments());
                  all.addAll(more);
                  return s.arguments(all);
                });
      }
      return p;
    }

    private PipelineStep step(JsonNode n) {
      requireKeys("step", n, STEP);
      String name = n.path("name").asText();
      String[] products = words("products", n.path("products")).toArray(String[]::new);
      if (n.has("reuse")) {
        return PipelineStep.reuse(name, n.get("reuse").asText(), products);
      }
      PipelineStep s =
          PipelineStep.of(name, n.path("task").asText())
              .arguments(words("arguments", n.path("arguments")))
              .inputs(words("inputs", n.path("inputs")).toArray(String[]::new))
              .products(products)
              .folder(n.path("folder").asText(""));
      for (JsonNode f : n.path("fallbacks")) {
        s = s.fallback(words("fallbacks", f).toArray(String[]::new));
      }
      if (n.has("when")) {
        s = s.when(StepCondition.of(n.get("when").asText()));
      }
      return n.has("on_failure") ? s.onFailure(OnFailure.of(n.get("on_failure").asText())) : s;
    }

    /** What a function makes of a node; its complaints are those of the file. */
    private <T> T at(String place, JsonNode n, Function<JsonNode, T> make) {
      try {
        return make.apply(n);
      } catch (IllegalArgumentException e) {
        throw new MdxFormatException(file, place, "a valid entry", e.getMessage(), "", e);
      }
    }

    private Map<String, String> texts(String place, JsonNode table) {
      if (!table.isMissingNode() && !table.isObject()) {
        throw wrong(place, "a table", table.toString());
      }
      Map<String, String> all = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> e : table.properties()) {
        JsonNode v = e.getValue();
        if (v.isObject()) {
          throw wrong(place + "." + e.getKey(), "a text, a number or an array", v.toString());
        }
        all.put(e.getKey(), v.isArray() ? String.join(",", words(place, v)) : v.asText());
      }
      return all;
    }

    private List<String> words(String place, JsonNode array) {
      if (!array.isMissingNode() && !array.isArray()) {
        throw wrong(place, "an array of words", array.toString());
      }
      List<String> all = new ArrayList<>();
      for (JsonNode w : array) {
        if (!w.isValueNode()) {
          throw wrong(place, "an array of words", array.toString());
        }
        all.add(w.asText());
      }
      return all;
    }

    private void requireKeys(String place, JsonNode n, List<String> keys) {
      if (!n.isObject()) {
        throw wrong(place, "a table", n.toString());
      }
      for (Map.Entry<String, JsonNode> e : n.properties()) {
        if (!keys.contains(e.getKey())) {
          throw wrong(
              place.isEmpty() ? e.getKey() : place + "." + e.getKey(),
              "one of " + String.join(", ", keys),
              "'" + e.getKey() + "'");
        }
      }
    }

    private MdxFormatException wrong(String place, String expected, String found) {
      return new MdxFormatException(file, place, expected, found, "");
    }
  }
}
