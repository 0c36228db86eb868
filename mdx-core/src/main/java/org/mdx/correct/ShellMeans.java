package org.mdx.correct;

import java.util.Arrays;
import org.mdx.internal.kernel.ExpectedVariance;

/** Mean intensities in shells of resolution: net counts over exposure, at least one count each. */
final class ShellMeans {
  private double[] counts = new double[0];
  private double[] exposure = new double[0];

  /** Adds an observation: the intensity of one of its counts, and as many as it has. */
  void add(double s, double intensity, double oneCount) {
    int shell = ExpectedVariance.shell(s);
    grow(shell + 1);
    counts[shell] += intensity / oneCount;
    exposure[shell] += 1 / oneCount;
  }

  private void grow(int shells) {
    if (shells > counts.length) {
      counts = Arrays.copyOf(counts, shells);
      exposure = Arrays.copyOf(exposure, shells);
    }
  }

  /** The means of all parts together, summed in their order. */
  static ShellMeans join(ShellMeans[] parts) {
    ShellMeans all = new ShellMeans();
    for (ShellMeans part : parts) {
      all.grow(part.counts.length);
      for (int i = 0; i < part.counts.length; i++) {
        all.counts[i] += part.counts[i];
        all.exposure[i] += part.exposure[i];
      }
    }
    return all;
  }

  /** Mean intensity about s, above 0; NaN where there is none. */
  double mean(double s) {
    int shell = ExpectedVariance.shell(s);
    return shell < counts.length ? Math.max(counts[shell], 1) / exposure[shell] : Double.NaN;
  }
}
