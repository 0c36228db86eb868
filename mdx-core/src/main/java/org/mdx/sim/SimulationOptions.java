package org.mdx.sim;

import java.util.List;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/**
 * Options for a simulation: several sweeps, each of another crystal of the same structure in
 * another orientation, and a sweep without a crystal. Immutable: each method that takes a value
 * returns new options.
 */
public final class SimulationOptions {
  private static final double WAVELENGTH = 0.9768;

  /** Relativistic wavelength at 200 kV, Å. */
  private static final double ELECTRONS_200_KV = 0.025079;

  private final Sample sample;
  private final Instrument instrument;
  private final int sweeps;
  private final Series series;
  private final Series blank;
  private final long seed;
  private final List<Absence> absences;

  /** What is in the beam. */
  private record Sample(UnitCell cell, SpaceGroup spaceGroup, ModelParameters model) {}

  /** The instrument of the simulated measurement. */
  private record Instrument(SimulatedDetector detector, double wavelength, SweepEffects effects) {}

  /** Frames of one rotation. */
  private record Series(int frames, double width, double exposure) {
    @Override
    public String toString() {
      return frames
          + (frames == 1 ? " frame" : " frames")
          + " of "
          + width
          + "°, "
          + exposure
          + " s";
    }
  }

  private SimulationOptions(
      Sample sample,
      Instrument instrument,
      int sweeps,
      Series series,
      Series blank,
      long seed,
      List<Absence> absences) {
    if (sweeps < 1 || series.frames < 1 || blank.frames < 1) {
      throw new IllegalArgumentException(
          sweeps
              + " sweeps of "
              + series.frames
              + " frames and "
              + blank.frames
              + " background frames, each must be 1 or more");
    }
    this.sample = sample;
    this.instrument = instrument;
    this.sweeps = sweeps;
    this.series = series;
    this.blank = blank;
    this.seed = seed;
    this.absences = List.copyOf(absences);
  }

  /**
   * Two sweeps of 80 frames of 0.5° on a PILATUS 300K, and 10 background frames: a cubic crystal (I
   * 2₁ 3, a = 30 Å) that shows its signal in a minute.
   *
   * @return the options
   */
  public static SimulationOptions demo() {
    UnitCell cell = new UnitCell(30, 30, 30, 90, 90, 90);
    return new SimulationOptions(
        new Sample(cell, SpaceGroup.ofHall("I 2b 2c 3"), ModelParameters.of(cell)),
        new Instrument(
            SimulatedDetector.pilatus300K(80, WAVELENGTH), WAVELENGTH, SweepEffects.TYPICAL),
        2,
        new Series(80, 0.5, 0.04),
        new Series(10, 4, 0.1),
        20,
        List.of());
  }

  /**
   * Two sweeps of 120 frames of 0.5° on a PILATUS 300K, and 24 background frames.
   *
   * @return the options
   */
  public static SimulationOptions pilatus300K() {
    return demo().withFrames(120, 0.5, 0.04).withBackground(24, 2.5, 0.04);
  }

  /**
   * One sweep of 150 frames of 0.2° on a PILATUS 2M, and 15 background frames: a tetragonal crystal
   * (P 4₃ 2₁ 2, 78 × 78 × 37 Å) to 1.4 Å at the edges.
   *
   * @return the options
   */
  public static SimulationOptions pilatus2M() {
    UnitCell cell = new UnitCell(78, 78, 37, 90, 90, 90);
    return demo()
        .withCrystal(cell, SpaceGroup.ofHall("P 4nw 2abw"))
        .withModel(ModelParameters.of(cell).withUnit(1.2e8))
        .withDetector(SimulatedDetector.pilatus2M(200, WAVELENGTH))
        .withEffects(new SweepEffects(0.15, 0.15, 1.2e7, 0.04, 4.8e7))
        .withSweeps(1)
        .withFrames(150, 0.2, 0.04)
        .withBackground(15, 2, 0.1);
  }

  /**
   * One sweep of 120 frames of 0.5° with electrons of 200 kV on a camera of 512 × 512 pixels, 1 m
   * behind the sample: the crystal of the demo to 1.7 Å at the edges.
   *
   * @return the options
   */
  public static SimulationOptions microEd() {
    SimulationOptions o = demo();
    return new SimulationOptions(
        new Sample(o.cell(), o.spaceGroup(), ModelParameters.of(o.cell()).withUnit(4e10)),
        new Instrument(
            SimulatedDetector.flat(512, 512, 0.056, 1000),
            ELECTRONS_200_KV,
            new SweepEffects(0.15, 0, 2e9, 0.04, 8e9)),
        1,
        new Series(120, 0.5, 0.5),
        new Series(10, 4, 0.5),
        20,
        List.of());
  }

  /**
   * The same with another crystal; levels of the model stay, widths are fitted to the cell.
   *
   * @param newCell unit cell
   * @param newSpaceGroup space group
   * @return new options
   */
  public SimulationOptions withCrystal(UnitCell newCell, SpaceGroup newSpaceGroup) {
    ModelParameters m =
        ModelParameters.of(newCell)
            .withUnit(model().unit())
            .withLevels(model().braggPeak(), model().cloudLevel(), model().isotropicLevel());
    return with(new Sample(newCell, newSpaceGroup, m));
  }

  /**
   * The same with another kind of structure.
   *
   * @param newModel what its intensities are like
   * @return new options
   */
  public SimulationOptions withModel(ModelParameters newModel) {
    return with(new Sample(cell(), spaceGroup(), newModel));
  }

  private SimulationOptions with(Sample s) {
    return new SimulationOptions(s, instrument, sweeps, series, blank, seed, absences);
  }

  /**
   * The same with another detector.
   *
   * @param newDetector the detector
   * @return new options
   */
  public SimulationOptions withDetector(SimulatedDetector newDetector) {
    return with(new Instrument(newDetector, wavelength(), effects()));
  }

  /**
   * The same with other effects.
   *
   * @param newEffects how far the experiment is from an ideal one
   * @return new options
   */
  public SimulationOptions withEffects(SweepEffects newEffects) {
    return with(new Instrument(detector(), wavelength(), newEffects));
  }

  private SimulationOptions with(Instrument i) {
    return new SimulationOptions(sample, i, sweeps, series, blank, seed, absences);
  }

  /**
   * The same with another number of crystals.
   *
   * @param newSweeps 1 or more
   * @return new options
   */
  public SimulationOptions withSweeps(int newSweeps) {
    return new SimulationOptions(sample, instrument, newSweeps, series, blank, seed, absences);
  }

  /**
   * The same with another seed.
   *
   * @param newSeed of everything
   * @return new options
   */
  public SimulationOptions withSeed(long newSeed) {
    return new SimulationOptions(sample, instrument, sweeps, series, blank, newSeed, absences);
  }

  /**
   * The same with other frames.
   *
   * @param newFrames of each sweep, 1 or more
   * @param newFrameWidth rotation of a frame in degrees
   * @param newExposure of a frame in seconds
   * @return new options
   */
  public SimulationOptions withFrames(int newFrames, double newFrameWidth, double newExposure) {
    Series s = new Series(newFrames, newFrameWidth, newExposure);
    return new SimulationOptions(sample, instrument, sweeps, s, blank, seed, absences);
  }

  /**
   * The same with another sweep without a crystal.
   *
   * @param newFrames 1 or more
   * @param newFrameWidth rotation of a frame in degrees
   * @param newExposure of a frame in seconds
   * @return new options
   */
  public SimulationOptions withBackground(int newFrames, double newFrameWidth, double newExposure) {
    Series s = new Series(newFrames, newFrameWidth, newExposure);
    return new SimulationOptions(sample, instrument, sweeps, series, s, seed, absences);
  }

  /**
   * The same with crystals that leave the beam. A crystal that is out of it on all images is one
   * that does not diffract.
   *
   * @param newAbsences the images; those of sweeps that there are not say nothing
   * @return new options
   */
  public SimulationOptions withAbsences(List<Absence> newAbsences) {
    return new SimulationOptions(sample, instrument, sweeps, series, blank, seed, newAbsences);
  }

  /**
   * Unit cell.
   *
   * @return the value
   */
  public UnitCell cell() {
    return sample.cell;
  }

  /**
   * Space group.
   *
   * @return the value
   */
  public SpaceGroup spaceGroup() {
    return sample.spaceGroup;
  }

  /**
   * What the structure's intensities are like.
   *
   * @return the value
   */
  public ModelParameters model() {
    return sample.model;
  }

  /**
   * The detector.
   *
   * @return the value
   */
  public SimulatedDetector detector() {
    return instrument.detector;
  }

  /**
   * Wavelength λ in Å.
   *
   * @return the value
   */
  public double wavelength() {
    return instrument.wavelength;
  }

  /**
   * How far the experiment is from an ideal one.
   *
   * @return the value
   */
  public SweepEffects effects() {
    return instrument.effects;
  }

  /**
   * Number of crystals, 1 or more.
   *
   * @return the value
   */
  public int sweeps() {
    return sweeps;
  }

  /**
   * Frames of each sweep, 1 or more.
   *
   * @return the value
   */
  public int frames() {
    return series.frames;
  }

  /**
   * Rotation of a frame in degrees.
   *
   * @return the value
   */
  public double frameWidth() {
    return series.width;
  }

  /**
   * Exposure of a frame in seconds.
   *
   * @return the value
   */
  public double exposure() {
    return series.exposure;
  }

  /**
   * Frames of the sweep without a crystal, 1 or more.
   *
   * @return the value
   */
  public int backgroundFrames() {
    return blank.frames;
  }

  /**
   * Their rotation in degrees.
   *
   * @return the value
   */
  public double backgroundFrameWidth() {
    return blank.width;
  }

  /**
   * Their exposure in seconds.
   *
   * @return the value
   */
  public double backgroundExposure() {
    return blank.exposure;
  }

  /**
   * Seed of everything: structure, orientations, faults, noise.
   *
   * @return the value
   */
  public long seed() {
    return seed;
  }

  /**
   * Images on which a crystal is out of the beam.
   *
   * @return the value
   */
  public List<Absence> absences() {
    return absences;
  }

  private List<Object> values() {
    return List.of(sample, instrument, sweeps, series, blank, seed, absences);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SimulationOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /** Such as {@code 2 sweeps of 80 frames of 0.5°, 0.04 s, …}. */
  @Override
  public String toString() {
    return sweeps
        + (sweeps == 1 ? " sweep of " : " sweeps of ")
        + series
        + ", and a background of "
        + blank
        + "; "
        + spaceGroup()
        + ", "
        + cell()
        + ", λ = "
        + wavelength()
        + " Å, "
        + detector().name()
        + ", seed "
        + seed
        + (absences.isEmpty() ? "" : ", " + absences);
  }
}
