package org.mdx.microed.process.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mdx.microed.process.engine.MrcConversion;

/**
 * The steps of one trial, the same for each crystal. Immutable: each method that changes something
 * returns a new pipeline.
 *
 * @param name of the trial and its folder, such as {@code P1}
 * @param steps in order
 * @param defaults values that are used where none is set
 */
public record Pipeline(String name, List<PipelineStep> steps, Map<String, String> defaults) {

  public Pipeline {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException(
          "trial '" + name + "'; its name is that of a folder: letters, digits, _ . -");
    }
    steps = List.copyOf(steps);
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    Map<String, String> makers = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (PipelineStep s : steps) {
      if (names.contains(s.name())) {
        throw new IllegalArgumentException("trial " + name + " has two steps " + s.name());
      }
      names.add(s.name());
      for (String product : s.results()) {
        String other = makers.put(product, s.name());
        if (other != null) {
          throw new IllegalArgumentException(
              "trial "
                  + name
                  + ": steps "
                  + other
                  + " and "
                  + s.name()
                  + " both make "
                  + product
                  + "; give one of them another name, so that it is known which are done");
        }
      }
    }
  }

  /**
   * A pipeline without defaults.
   *
   * @param name of the trial
   * @param steps in order
   * @return the pipeline
   */
  public static Pipeline of(String name, PipelineStep... steps) {
    return new Pipeline(name, Arrays.asList(steps), Map.of());
  }

  /**
   * The same under another name.
   *
   * @param newName of the trial
   * @return a new pipeline
   */
  public Pipeline named(String newName) {
    return new Pipeline(newName, steps, defaults);
  }

  /**
   * The same with another step in the place of one.
   *
   * @param step name of the step
   * @param change makes the other
   * @return a new pipeline
   * @throws IllegalArgumentException if there is no such step
   */
  public Pipeline with(String step, UnaryOperator<PipelineStep> change) {
    require(step);
    return new Pipeline(
        name,
        steps.stream().map(s -> s.name().equals(step) ? change.apply(s) : s).toList(),
        defaults);
  }

  /**
   * The same without a step.
   *
   * @param step its name
   * @return a new pipeline
   * @throws IllegalArgumentException if there is no such step
   */
  public Pipeline without(String step) {
    require(step);
    return new Pipeline(
        name, steps.stream().filter(s -> !s.name().equals(step)).toList(), defaults);
  }

  /**
   * The same with a default for a value, or another one.
   *
   * @param value its name
   * @param text the default
   * @return a new pipeline
   */
  public Pipeline withDefault(String value, String text) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.put(value, text);
    return new Pipeline(name, steps, all);
  }

  /**
   * The same for movies that DIALS cannot read: a step before the others writes them as one MRC
   * file, and is read instead. Trials that read no images stay as they are.
   *
   * @return a new pipeline
   */
  public Pipeline converting() {
    List<PipelineStep> all = new ArrayList<>();
    for (PipelineStep s : steps) {
      if (s.arguments().contains("{images}")) {
        if (all.stream().noneMatch(a -> a.name().equals(MrcConversion.STEP))) {
          all.add(
              0,
              PipelineStep.of(MrcConversion.STEP, MrcConversion.TASK, "{images}")
                  .products(MrcConversion.FILE));
        }
        List<String> inputs = new ArrayList<>(s.inputs());
        inputs.add(MrcConversion.FILE);
        all.add(
            s.arguments(
                    s.arguments().stream()
                        .map(a -> a.equals("{images}") ? MrcConversion.FILE : a)
                        .toList())
                .inputs(inputs.toArray(String[]::new)));
      } else {
        all.add(s);
      }
    }
    return new Pipeline(name, all, defaults);
  }

  /**
   * The same for an engine of this project: importing takes the whole instrument profile, indexing
   * tries all methods at once and needs no fallback, bins in which blank frames are looked for have
   * spots enough, the beam may drift where that helps, and the last intensities are exported.
   *
   * @return a new pipeline
   */
  public Pipeline ofNativeSteps() {
    List<PipelineStep> all = new ArrayList<>();
    for (PipelineStep s : steps) {
      if (s.task().equals("dials.import")) {
        List<String> words = new ArrayList<>(s.arguments());
        words.add("profile={profile}");
        all.add(s.arguments(words));
      } else if (s.task().equals("mdx.filter-blanks")
          && s.arguments().stream().noneMatch(a -> a.startsWith("phi_step="))) {
        List<String> words = new ArrayList<>(s.arguments());
        words.add("phi_step=auto");
        all.add(s.arguments(words));
      } else if (s.task().equals("dials.index")) {
        all.add(s.withoutFallbacks());
      } else if (s.task().equals("dials.refine") && s.arguments().contains("scan_varying=True")) {
        List<String> words = new ArrayList<>(s.arguments());
        words.add("beam_drift={beam_drift}");
        all.add(s.arguments(words));
      } else {
        all.add(s);
      }
      if (s.name().equals("scale-not-blank") && s.results().contains("not_blank/scaled.refl")) {
        all.add(Presets.export());
      }
    }
    Map<String, String> values = new LinkedHashMap<>(defaults);
    values.putIfAbsent("beam_drift", "auto");
    return new Pipeline(name, all, values);
  }

  private void require(String step) {
    if (steps.stream().noneMatch(s -> s.name().equals(step))) {
      throw new IllegalArgumentException(
          "trial "
              + name
              + " has no step '"
              + step
              + "'; it has "
              + String.join(", ", steps.stream().map(PipelineStep::name).toList()));
    }
  }
}
