package org.mdx.microed.agent.steps;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.io.MdxFormatException;

/**
 * The kinds of step that a configuration can name. A program that embeds the agent can add its own:
 *
 * <pre>{@code
 * StepTypes types = StepTypes.standard(List.of("mdx")).with("convert", MyStep::of);
 * }</pre>
 */
public final class StepTypes {
  private final List<String> mdx;
  private final Map<String, Factory> factories;

  /** Makes a step. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Makes a step and asks for all its entries.
     *
     * @param name its name
     * @param settings its table in the configuration
     * @param work folder of the work folders, if there is one
     * @return the step
     */
    Step make(String name, Settings settings, Optional<Path> work);
  }

  private StepTypes(List<String> mdx, Map<String, Factory> factories) {
    this.mdx = List.copyOf(mdx);
    this.factories = Map.copyOf(factories);
  }

  /**
   * The steps of this package: {@code repack}, {@code transfer}, {@code command}, {@code process}.
   *
   * @param mdx words that start the mdx command, which {@code {mdx}} stands for
   * @return the kinds
   */
  public static StepTypes standard(List<String> mdx) {
    Map<String, Factory> all = new LinkedHashMap<>();
    all.put("repack", (name, settings, work) -> RepackStep.of(name, settings));
    all.put("transfer", (name, settings, work) -> TransferStep.of(name, settings));
    all.put("command", (name, s, work) -> CommandStep.of(name, s, work, mdx, null));
    all.put(
        "process",
        (name, s, work) ->
            CommandStep.of(
                name, s, work, mdx, List.of("{mdx}", "process", "{file}", "--work", "{work}")));
    return new StepTypes(mdx, all);
  }

  /**
   * One kind more, or another one of the same name.
   *
   * @param type what a configuration calls it
   * @param factory makes its steps
   * @return these kinds and that one
   */
  public StepTypes with(String type, Factory factory) {
    Map<String, Factory> all = new LinkedHashMap<>(factories);
    all.put(type, factory);
    return new StepTypes(mdx, all);
  }

  /**
   * Words that start the mdx command.
   *
   * @return as given to {@link #standard}
   */
  public List<String> mdx() {
    return mdx;
  }

  /**
   * Makes a step.
   *
   * @param type what the configuration calls the kind
   * @param name of the step
   * @param settings its table in the configuration
   * @param work folder of the work folders, if there is one
   * @return the step
   * @throws MdxFormatException if there is no such kind or an entry is wrong
   */
  public Step make(String type, String name, Settings settings, Optional<Path> work) {
    Factory factory = factories.get(type);
    if (factory == null) {
      throw settings.wrong(
          "type",
          "one of " + String.join(", ", factories.keySet().stream().sorted().toList()),
          type);
    }
    return factory.make(name, settings, work);
  }
}
