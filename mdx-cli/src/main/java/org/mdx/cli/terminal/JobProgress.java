package org.mdx.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.mdx.parallel.Progress;

/**
 * Places the stages of a job within the whole, so that the progress of a stage tells how much of
 * the job is left. Weights are what the stages took in proportion in measured runs.
 */
public final class JobProgress implements Progress {
  /** Learns how much of a job is done. */
  @FunctionalInterface
  public interface Display {
    /**
     * Shows it.
     *
     * @param stage what is being done
     * @param done steps of the stage
     * @param total steps of the stage in all
     * @param share of the job, 0 to 1
     */
    void show(String stage, long done, long total, double share);
  }

  private record Part(String stage, double weight) {}

  private final Display display;
  private final List<Part> parts = new ArrayList<>();
  private double all;
  private double share;

  JobProgress(Display display) {
    this.display = display;
  }

  /** One stage more; stages come in the order in which they will be done. */
  JobProgress with(String stage, double weight) {
    parts.add(new Part(stage, weight));
    all += weight;
    return this;
  }

  /** A reduction: frames of the background and of each sweep. */
  public static JobProgress ofReduction(Display display, long background, List<Integer> frames) {
    return ofReduction(display, background, frames, List.of());
  }

  /** The same with the numbers of the sweeps whose crystals are sought first. */
  static JobProgress ofReduction(
      Display display, long background, List<Integer> frames, List<Integer> sought) {
    JobProgress job = new JobProgress(display);
    sought.forEach(i -> job.with("sweep " + i + ": find spots", 3.0 * frames.get(i)));
    sought.forEach(i -> job.with("sweep " + i + ": index", 2.0 * frames.get(i)));
    if (background > 0) {
      job.with("bin background", 0.3 * background);
    }
    double sum = 0;
    for (int i = 0; i < frames.size(); i++) {
      sum += frames.get(i);
      job.with("sweep " + i + ": find peaks", frames.get(i));
      job.with("sweep " + i + ": integrate", 5.0 * frames.get(i));
    }
    double scaling = 4 * sum;
    double[] weights = {0.1, 0.15, 0.1, 0.15, 0.1};
    String[] terms = {"b", "b+c", "c", "d", "a"};
    for (String round : new String[] {"", "round 2 "}) {
      for (int t = 0; t < terms.length; t++) {
        job.with("scale " + round + terms[t], weights[t] * scaling);
      }
    }
    return job.with("merge", 1.2 * sum);
  }

  @Override
  public void advance(String stage, long done, long total) {
    // scaling goes through all rounds with a sample and ends with all observations, or has no
    // sample
    String known = stage.replace("scale sample ", "scale ").replace("scale all ", "scale round 2 ");
    double before = 0;
    for (Part part : parts) {
      if (part.stage().equals(known)) {
        double fraction = total > 0 ? (double) done / total : 1;
        share = Math.max(share, (before + part.weight() * fraction) / all);
        break;
      }
      before += part.weight();
    }
    display.show(stage, done, total, share);
  }
}
