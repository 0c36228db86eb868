package org.mdx.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.internal.kernel.Hash;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A simulated experiment: sweeps of several crystals of one structure, a sweep without a crystal,
 * and the truth behind them. Immutable; frames are made when they are read.
 */
public final class Simulation {
  private final SimulationOptions options;
  private final DiffuseModel model;
  private final List<SimulatedSweep> sweeps;
  private final SimulatedSweep background;
  private final PixelTable[] tables;

  private Simulation(
      SimulationOptions options,
      DiffuseModel model,
      PixelTable[] tables,
      List<SimulatedSweep> sweeps,
      SimulatedSweep background) {
    this.options = options;
    this.model = model;
    this.tables = tables;
    this.sweeps = List.copyOf(sweeps);
    this.background = background;
  }

  /**
   * Sets up an experiment: tables of pixels and lattice points, no frames yet. Every crystal has an
   * orientation drawn from all rotations with equal probability and starts where the one before it
   * ended; the first has a mean scale of one, the others of 0.7 to 1.3.
   *
   * @param options what to simulate
   * @return the experiment
   * @throws IllegalArgumentException if the cell does not have the symmetry of the space group
   */
  public static Simulation of(SimulationOptions options) {
    long seed = options.seed();
    DiffuseModel model =
        new DiffuseModel(options.cell(), options.spaceGroup(), options.model(), Hash.key(seed, 1));
    Scan blank =
        scan(
            options.backgroundFrames(),
            0,
            options.backgroundFrameWidth(),
            options.backgroundExposure());
    Geometry empty = geometry(options, blank, null);
    PixelTable[] tables = new PixelTable[options.detector().detector().panels().size()];
    for (int p = 0; p < tables.length; p++) {
      tables[p] =
          new PixelTable(
              empty,
              p,
              options.detector(),
              options.effects().detector(),
              Hash.key(Hash.key(seed, 2), p));
    }
    List<SimulatedSweep> sweeps = new ArrayList<>();
    for (int i = 0; i < options.sweeps(); i++) {
      long key = Hash.key(Hash.key(seed, 3), i);
      Scan scan =
          scan(
              options.frames(),
              i * options.frames() * options.frameWidth(),
              options.frameWidth(),
              options.exposure());
      Geometry geometry = geometry(options, scan, crystal(options, Hash.key(key, 1)));
      double mean = i == 0 ? 1 : 0.7 + 0.6 * Hash.uniform(key, 2);
      int number = i + 1;
      List<Absence> absences =
          options.absences().stream().filter(a -> a.sweep() == number).toList();
      SweepFactors factors = new SweepFactors(options.effects(), geometry, mean, Hash.key(key, 3));
      sweeps.add(
          new SimulatedSweep(
              "xtal" + number,
              geometry,
              model,
              factors,
              options.detector(),
              tables,
              absences,
              Hash.key(key, 4)));
    }
    SimulatedSweep background =
        new SimulatedSweep(
            "background",
            empty,
            null,
            new SweepFactors(options.effects(), empty, 1, Hash.key(seed, 4)),
            options.detector(),
            tables,
            List.of(),
            Hash.key(seed, 5));
    return new Simulation(options, model, tables, sweeps, background);
  }

  static Scan scan(int frames, double start, double width, double exposure) {
    double[] exposures = new double[frames];
    Arrays.fill(exposures, exposure);
    return new Scan(1, start, width, exposures);
  }

  /** The geometry of another sweep of a crystal with this setting matrix. */
  Geometry geometry(Scan scan, Mat3 a) {
    return geometry(options, scan, Crystal.ofRealSpaceAxes(a.inverse(), options.spaceGroup()));
  }

  /** Another sweep on the same detector; without a crystal in its geometry it is of air alone. */
  SimulatedSweep sweep(String name, Geometry geometry, SweepFactors factors, long noise) {
    return new SimulatedSweep(
        name,
        geometry,
        geometry.crystal().isPresent() ? model : null,
        factors,
        options.detector(),
        tables,
        List.of(),
        noise);
  }

  /** Beam along −z of the laboratory, rotation about x, as dxtbx has it for miniCBF files. */
  private static Geometry geometry(SimulationOptions options, Scan scan, Crystal crystal) {
    Beam beam =
        new Beam(Probe.X_RAY, options.wavelength(), new Vec3(0, 0, 1), 0.999, new Vec3(0, 1, 0));
    Goniometer goniometer = new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY);
    return new Geometry(beam, options.detector().detector(), goniometer, scan, crystal);
  }

  private static Crystal crystal(SimulationOptions options, long seed) {
    Mat3 a = orientation(seed).times(options.cell().reciprocal());
    return Crystal.ofRealSpaceAxes(a.inverse(), options.spaceGroup());
  }

  /** A rotation from three uniform numbers (K. Shoemake, Graphics Gems III, 124, 1992). */
  static Mat3 orientation(long seed) {
    double u = Hash.uniform(seed, 1);
    double v = 2 * Math.PI * Hash.uniform(seed, 2);
    double t = 2 * Math.PI * Hash.uniform(seed, 3);
    double x = Math.sqrt(1 - u) * Math.sin(v);
    double y = Math.sqrt(1 - u) * Math.cos(v);
    double z = Math.sqrt(u) * Math.sin(t);
    double w = Math.sqrt(u) * Math.cos(t);
    return new Mat3(
        1 - 2 * (y * y + z * z),
        2 * (x * y - z * w),
        2 * (x * z + y * w),
        2 * (x * y + z * w),
        1 - 2 * (x * x + z * z),
        2 * (y * z - x * w),
        2 * (x * z - y * w),
        2 * (y * z + x * w),
        1 - 2 * (x * x + y * y));
  }

  /**
   * What was asked for.
   *
   * @return the options
   */
  public SimulationOptions options() {
    return options;
  }

  /**
   * The truth behind the sweeps.
   *
   * @return the model
   */
  public DiffuseModel model() {
    return model;
  }

  /**
   * The sweeps with a crystal.
   *
   * @return as many as were asked for
   */
  public List<SimulatedSweep> sweeps() {
    return sweeps;
  }

  /**
   * The sweep without a crystal.
   *
   * @return scattering of air alone
   */
  public SimulatedSweep background() {
    return background;
  }

  @Override
  public String toString() {
    return "Simulation["
        + model
        + ", "
        + sweeps.size()
        + " sweeps, "
        + options.frames()
        + " frames each]";
  }
}
