package org.mdx.microed.process.pipeline;

import java.util.Locale;

/** The consequence for a trial when a step has no result. */
public enum OnFailure {
  /** Something is wrong with the images or the installation: the trial has failed. */
  FAIL,
  /** The crystal is not good enough: the trial ends here, which is a result. */
  STOP,
  /** The step is one that others do without. */
  CONTINUE;

  /**
   * By its name in a site's file.
   *
   * @param word {@code fail}, {@code stop} or {@code continue}
   * @return what to do
   * @throws IllegalArgumentException if it is another word
   */
  public static OnFailure of(String word) {
    for (OnFailure f : values()) {
      if (f.name().toLowerCase(Locale.ROOT).equals(word)) {
        return f;
      }
    }
    throw new IllegalArgumentException("'" + word + "'; give fail, stop or continue");
  }
}
