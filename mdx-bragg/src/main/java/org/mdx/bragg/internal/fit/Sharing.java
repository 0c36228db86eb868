package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which sweeps have a model in common: the number of the model of each sweep, from 0. A model that
 * sweeps share starts as it is in the first of them.
 *
 * @param detectors model of each sweep
 * @param beams model of each sweep
 * @param crystals model of each sweep
 * @param goniometers model of each sweep
 */
public record Sharing(int[] detectors, int[] beams, int[] crystals, int[] goniometers) {

  public Sharing {
    int n = detectors.length;
    if (n == 0 || beams.length != n || crystals.length != n || goniometers.length != n) {
      throw new IllegalArgumentException("models of sweeps must be as many as there are sweeps");
    }
    detectors = numbered("detectors", detectors);
    beams = numbered("beams", beams);
    crystals = numbered("crystals", crystals);
    goniometers = numbered("goniometers", goniometers);
  }

  @Override
  public int[] detectors() {
    return detectors.clone();
  }

  @Override
  public int[] beams() {
    return beams.clone();
  }

  @Override
  public int[] crystals() {
    return crystals.clone();
  }

  @Override
  public int[] goniometers() {
    return goniometers.clone();
  }

  private static int[] numbered(String what, int[] models) {
    int next = 0;
    for (int m : models) {
      if (m < 0 || m > next) {
        throw new IllegalArgumentException(
            what + " " + Arrays.toString(models) + ": models are numbered as they first occur");
      }
      next = Math.max(next, m + 1);
    }
    return models.clone();
  }

  /**
   * One detector and one beam; each sweep has its own crystal and goniometer.
   *
   * @param sweeps number of sweeps or lattices
   * @return the sharing
   */
  public static Sharing oneInstrument(int sweeps) {
    int[] own = IntStream.range(0, sweeps).toArray();
    return new Sharing(new int[sweeps], new int[sweeps], own, own);
  }

  /**
   * One detector, one beam and one crystal in several settings of the goniometer.
   *
   * @param sweeps number of sweeps
   * @return the sharing
   */
  public static Sharing oneCrystal(int sweeps) {
    int[] own = IntStream.range(0, sweeps).toArray();
    return new Sharing(new int[sweeps], new int[sweeps], new int[sweeps], own);
  }

  /**
   * One detector, one beam and one goniometer: several lattices in one sweep.
   *
   * @param lattices number of lattices
   * @return the sharing
   */
  public static Sharing oneSweep(int lattices) {
    int[] own = IntStream.range(0, lattices).toArray();
    return new Sharing(new int[lattices], new int[lattices], own, new int[lattices]);
  }

  /**
   * One detector and one beam; several lattices, each seen in all of several settings of the
   * goniometer. Lattice l in setting s is number l · settings + s.
   *
   * @param lattices number of lattices
   * @param settings number of settings
   * @return the sharing
   */
  public static Sharing lattices(int lattices, int settings) {
    int n = lattices * settings;
    int[] crystal = IntStream.range(0, n).map(i -> i / settings).toArray();
    int[] goniometer = IntStream.range(0, n).map(i -> i % settings).toArray();
    return new Sharing(new int[n], new int[n], crystal, goniometer);
  }

  int sweeps() {
    return detectors.length;
  }
}
