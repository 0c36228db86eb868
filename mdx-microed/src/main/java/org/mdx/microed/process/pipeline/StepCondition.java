package org.mdx.microed.process.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The condition under which a step runs.
 *
 * @param file name in the trial's folder; empty if the step always runs
 * @param present whether it has to be there, or has to be missing
 */
public record StepCondition(String file, boolean present) {

  /** In any case. */
  public static final StepCondition ALWAYS = new StepCondition("", true);

  /**
   * If a file is there.
   *
   * @param file its name in the trial's folder
   * @return the condition
   */
  public static StepCondition exists(String file) {
    return new StepCondition(file, true);
  }

  /**
   * If a file is missing.
   *
   * @param file its name in the trial's folder
   * @return the condition
   */
  public static StepCondition missing(String file) {
    return new StepCondition(file, false);
  }

  /**
   * As a site's file has it.
   *
   * @param text {@code exists:FILE} or {@code missing:FILE}
   * @return the condition
   * @throws IllegalArgumentException if it is something else
   */
  public static StepCondition of(String text) {
    if (text.matches("exists:.+")) {
      return exists(text.substring(7));
    } else if (text.matches("missing:.+")) {
      return missing(text.substring(8));
    }
    throw new IllegalArgumentException("'" + text + "'; give exists:FILE or missing:FILE");
  }

  /**
   * Whether it holds in a folder.
   *
   * @param folder of the trial
   * @return true if the step is to be run
   */
  public boolean holds(Path folder) {
    return file.isEmpty() || Files.exists(folder.resolve(file)) == present;
  }

  @Override
  public String toString() {
    return file.isEmpty() ? "always" : (present ? "exists:" : "missing:") + file;
  }
}
