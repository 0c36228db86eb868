package org.mdx.bragg.merge;

import org.mdx.bragg.internal.intensity.SigmaTau;

/** Sums of a shell. */
final class ShellTotals {
  private final SigmaTau tau = new SigmaTau();
  private final SigmaTau anomalousTau = new SigmaTau();
  private int observations;
  private int unique;
  private int mates;
  private int possible;
  private int pairs;
  private int possiblePairs;
  private double sumI;
  private double sumSignificance;
  private double merge;
  private double meas;
  private double pim;
  private double intensities;
  private double anomalous;
  private double anomalousMean;

  void possible(boolean centric) {
    possible++;
    possiblePairs += centric ? 0 : 1;
  }

  /**
   * Takes a unique reflection.
   *
   * @param values its measurements
   * @param both number, mean and squared deviations of those of the reflection and of its mate
   */
  void add(MergedReflection r, double[] values, double[] both) {
    int n = values.length;
    observations += n;
    unique++;
    mates += (r.plus().count() > 0 ? 1 : 0) + (r.minus().count() > 0 ? 1 : 0);
    sumI += r.mean().value();
    sumSignificance += r.mean().value() / r.mean().sigma();
    double differences = 0;
    double total = 0;
    double about = 0;
    double mean = r.mean().value();
    for (int i = 0; i < n; i++) {
      differences += Math.abs(values[i] - mean);
      about += (values[i] - mean) * (values[i] - mean);
      total += values[i];
    }
    if (n > 1) {
      merge += differences;
      meas += Math.sqrt(n / (n - 1.0)) * differences;
      pim += Math.sqrt(1 / (n - 1.0)) * differences;
      intensities += total;
      tau.add(n, total, about, mean);
    }
    if (r.plus().count() > 0 && r.minus().count() > 0) {
      pairs++;
      anomalous += Math.abs(r.plus().value() - r.minus().value());
      anomalousMean += (r.plus().value() + r.minus().value()) / 2;
    }
    if (both[0] > 1 && both[3] > 1) {
      anomalousTau.add(
          both[1] - both[4], both[2] / (both[0] - 1) / both[0] + both[5] / (both[3] - 1) / both[3]);
    }
  }

  MergeShell shell(double dMax, double dMin) {
    return new MergeShell(
        dMax,
        dMin,
        observations,
        unique,
        possible,
        sumI / unique,
        sumSignificance / unique,
        merge / intensities,
        meas / intensities,
        pim / intensities,
        anomalous / anomalousMean,
        tau.value(),
        pairs,
        possiblePairs,
        (int) tau.groups(),
        mates,
        anomalousTau.value(),
        (int) anomalousTau.groups());
  }
}
