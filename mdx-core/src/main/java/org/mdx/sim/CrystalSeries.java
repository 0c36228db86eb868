package org.mdx.sim;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.internal.kernel.Hash;
import org.mdx.math.Mat3;

/**
 * Several crystals of one structure with several sweeps each: the sweeps of a crystal have its
 * orientation, follow one another in angle, and differ in scale and absorption, as if another part
 * of it were in the beam. Each crystal has a sweep without it, with the air of its day. Immutable.
 */
public final class CrystalSeries {
  /** By how much the air of a crystal's day exceeds that of the crystal before. */
  private static final double MORE_AIR = 0.2;

  private final Simulation first;
  private final List<CrystalSweeps> crystals;

  /**
   * Sweeps of one crystal.
   *
   * @param sweeps with it
   * @param background without it
   */
  public record CrystalSweeps(List<SimulatedSweep> sweeps, SimulatedSweep background) {
    /** Keeps its own list. */
    public CrystalSweeps {
      sweeps = List.copyOf(sweeps);
    }
  }

  private CrystalSeries(Simulation first, List<CrystalSweeps> crystals) {
    this.first = first;
    this.crystals = List.copyOf(crystals);
  }

  /**
   * Sets up the crystals. Sweep n of crystal c is called {@code c_n} and its background {@code
   * c_bkg}, from 1.
   *
   * @param options of a sweep and a background; their number of sweeps and absences say nothing
   * @param sweeps how many of each crystal, each 1 or more
   * @return the crystals
   * @throws IllegalArgumentException if there is no crystal, or one without sweeps
   */
  public static CrystalSeries of(SimulationOptions options, List<Integer> sweeps) {
    if (sweeps.isEmpty() || sweeps.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "sweeps of the crystals " + sweeps + ", must be 1 or more of each");
    }
    Simulation first = Simulation.of(options.withSweeps(1).withAbsences(List.of()));
    List<CrystalSweeps> crystals = new ArrayList<>();
    for (int c = 0; c < sweeps.size(); c++) {
      crystals.add(crystal(first, c, sweeps.get(c)));
    }
    return new CrystalSeries(first, crystals);
  }

  private static CrystalSweeps crystal(Simulation first, int c, int sweeps) {
    SimulationOptions o = first.options();
    long key = Hash.key(Hash.key(o.seed(), 6), c);
    SweepEffects e = o.effects();
    SweepEffects effects =
        new SweepEffects(
            e.scale(), e.absorption(), e.offset(), e.detector(), e.air() * (1 + MORE_AIR * c));
    Mat3 a = Simulation.orientation(Hash.key(key, 1)).times(o.cell().reciprocal());
    List<SimulatedSweep> all = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      long own = Hash.key(Hash.key(key, 2), i);
      Scan scan =
          Simulation.scan(
              o.frames(), i * o.frames() * o.frameWidth(), o.frameWidth(), o.exposure());
      Geometry geometry = first.geometry(scan, a);
      double mean = c == 0 && i == 0 ? 1 : 0.7 + 0.6 * Hash.uniform(own, 2);
      SweepFactors factors = new SweepFactors(effects, geometry, mean, Hash.key(own, 3));
      String name = (c + 1) + "_" + (i + 1);
      all.add(first.sweep(name, geometry, factors, Hash.key(own, 4)));
    }
    Geometry empty = first.background().geometry();
    SweepFactors air = new SweepFactors(effects, empty, 1, Hash.key(key, 5));
    return new CrystalSweeps(all, first.sweep((c + 1) + "_bkg", empty, air, Hash.key(key, 6)));
  }

  /**
   * The truth behind the sweeps.
   *
   * @return the model
   */
  public DiffuseModel model() {
    return first.model();
  }

  /**
   * The crystals.
   *
   * @return in order
   */
  public List<CrystalSweeps> crystals() {
    return crystals;
  }

  @Override
  public String toString() {
    return "CrystalSeries["
        + first.model()
        + ", sweeps of the crystals: "
        + crystals.stream().map(c -> c.sweeps().size()).toList()
        + "]";
  }
}
