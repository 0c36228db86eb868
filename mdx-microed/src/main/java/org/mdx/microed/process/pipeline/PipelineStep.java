package org.mdx.microed.process.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.mdx.microed.process.engine.Reuse;

/**
 * One step of a trial. Immutable: each method that takes a value returns a new step.
 *
 * @param name such as {@code index}; letters, digits, dashes and underscores
 * @param task who does it: a program such as {@code dials.index}, or a native step such as {@code
 *     mdx.filter-blanks}
 * @param arguments words of its command line; {@code {name}} stands for a value, and a word whose
 *     value is not set is left out; {@code {name!}} stands for one that must be set
 * @param fallbacks words to add when that has no result, one list after the other, until one has
 * @param inputs files in the trial's folder; an argument {@code FILE} or {@code key=FILE} that
 *     names one stands for its path
 * @param products files that the step has to leave in its folder
 * @param folder below the trial's folder where products go; empty for the trial's itself
 * @param condition when it runs
 * @param onFailure what happens without a result
 */
public record PipelineStep(
    String name,
    String task,
    List<String> arguments,
    List<List<String>> fallbacks,
    List<String> inputs,
    List<String> products,
    String folder,
    StepCondition condition,
    OnFailure onFailure) {

  /** Task of steps that take files from another trial of the same crystal. */
  public static final String REUSE = Reuse.TASK;

  public PipelineStep {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "step '" + name + "'; a name has letters, digits, dashes and underscores");
    }
    if (task.isBlank()) {
      throw new IllegalArgumentException(
          "step " + name + " has no task; give one such as dials.index");
    }
    requireInside(name, folder);
    inputs.forEach(f -> requireInside(name, f));
    products.forEach(f -> requireInside(name, f));
    arguments = List.copyOf(arguments);
    fallbacks = fallbacks.stream().map(List::copyOf).toList();
    inputs = List.copyOf(inputs);
    products = List.copyOf(products);
  }

  private static void requireInside(String step, String file) {
    if (file.startsWith("/") || file.contains("..") || file.contains("\\") || file.contains(":")) {
      throw new IllegalArgumentException(
          "step " + step + ": '" + file + "' leads out of the trial's folder");
    }
  }

  /**
   * A step that always runs and must succeed.
   *
   * @param name such as {@code index}
   * @param task such as {@code dials.index}
   * @param arguments words of its command line
   * @return the step
   */
  public static PipelineStep of(String name, String task, String... arguments) {
    return new PipelineStep(
        name,
        task,
        List.of(arguments),
        List.of(),
        List.of(),
        List.of(),
        "",
        StepCondition.ALWAYS,
        OnFailure.FAIL);
  }

  /**
   * A step that takes files from another trial of the same crystal; without them, this trial stops.
   *
   * @param name such as {@code spots}
   * @param trial name of the other trial
   * @param files names in its folder, which this trial gets too
   * @return the step
   */
  public static PipelineStep reuse(String name, String trial, String... files) {
    List<String> words = new ArrayList<>(List.of(trial));
    words.addAll(List.of(files));
    return of(name, REUSE, words.toArray(String[]::new)).products(files).onFailure(OnFailure.STOP);
  }

  /**
   * Sets the arguments.
   *
   * @param words of the command line
   * @return a new step
   */
  public PipelineStep arguments(List<String> words) {
    return new PipelineStep(
        name, task, words, fallbacks, inputs, products, folder, condition, onFailure);
  }

  /**
   * Adds a fallback.
   *
   * @param words to add to the arguments when all before had no result
   * @return a new step
   */
  public PipelineStep fallback(String... words) {
    List<List<String>> all = new ArrayList<>(fallbacks);
    all.add(List.of(words));
    return new PipelineStep(
        name, task, arguments, all, inputs, products, folder, condition, onFailure);
  }

  /**
   * Takes the fallbacks away.
   *
   * @return a new step
   */
  public PipelineStep withoutFallbacks() {
    return new PipelineStep(
        name, task, arguments, List.of(), inputs, products, folder, condition, onFailure);
  }

  /**
   * Sets the inputs.
   *
   * @param files in the trial's folder
   * @return a new step
   */
  public PipelineStep inputs(String... files) {
    return new PipelineStep(
        name, task, arguments, fallbacks, List.of(files), products, folder, condition, onFailure);
  }

  /**
   * Sets the products.
   *
   * @param files that it has to leave
   * @return a new step
   */
  public PipelineStep products(String... files) {
    return new PipelineStep(
        name, task, arguments, fallbacks, inputs, List.of(files), folder, condition, onFailure);
  }

  /**
   * Sets where products go.
   *
   * @param below the trial's folder
   * @return a new step
   */
  public PipelineStep folder(String below) {
    return new PipelineStep(
        name, task, arguments, fallbacks, inputs, products, below, condition, onFailure);
  }

  /**
   * Sets when it runs.
   *
   * @param when the condition
   * @return a new step
   */
  public PipelineStep when(StepCondition when) {
    return new PipelineStep(
        name, task, arguments, fallbacks, inputs, products, folder, when, onFailure);
  }

  /**
   * Sets what happens without a result.
   *
   * @param then what the trial does
   * @return a new step
   */
  public PipelineStep onFailure(OnFailure then) {
    return new PipelineStep(
        name, task, arguments, fallbacks, inputs, products, folder, condition, then);
  }

  /** Products by their names in the trial's folder. */
  public List<String> results() {
    return products.stream().map(p -> folder.isEmpty() ? p : folder + "/" + p).toList();
  }
}
