package org.mdx.sim;

import java.util.List;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/**
 * What to simulate: several sweeps, each of another crystal of the same structure in another
 * orientation, and a sweep without a crystal.
 *
 * @param cell unit cell
 * @param spaceGroup space group
 * @param model what the structure's intensities are like
 * @param detector the detector
 * @param wavelength λ in Å
 * @param effects how far the experiment is from an ideal one
 * @param sweeps number of crystals, 1 or more
 * @param frames of each sweep, 1 or more
 * @param frameWidth rotation of a frame in degrees
 * @param exposure of a frame in seconds
 * @param backgroundFrames frames of the sweep without a crystal, 1 or more
 * @param backgroundFrameWidth their rotation in degrees
 * @param backgroundExposure their exposure in seconds
 * @param seed of everything: structure, orientations, faults, noise
 * @param absences images on which a crystal is out of the beam
 */
public record SimulationOptions(
    UnitCell cell,
    SpaceGroup spaceGroup,
    ModelParameters model,
    SimulatedDetector detector,
    double wavelength,
    SweepEffects effects,
    int sweeps,
    int frames,
    double frameWidth,
    double exposure,
    int backgroundFrames,
    double backgroundFrameWidth,
    double backgroundExposure,
    long seed,
    List<Absence> absences) {

  private static final double WAVELENGTH = 0.9768;

  /** Relativistic wavelength at 200 kV, Å. */
  private static final double ELECTRONS_200_KV = 0.025079;

  public SimulationOptions {
    absences = List.copyOf(absences);
    if (sweeps < 1 || frames < 1 || backgroundFrames < 1) {
      throw new IllegalArgumentException(
          sweeps
              + " sweeps of "
              + frames
              + " frames and "
              + backgroundFrames
              + " background frames, each must be 1 or more");
    }
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
        cell,
        SpaceGroup.ofHall("I 2b 2c 3"),
        ModelParameters.of(cell),
        SimulatedDetector.pilatus300K(80, WAVELENGTH),
        WAVELENGTH,
        SweepEffects.TYPICAL,
        2,
        80,
        0.5,
        0.04,
        10,
        4,
        0.1,
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
        o.cell,
        o.spaceGroup,
        ModelParameters.of(o.cell).withUnit(4e10),
        SimulatedDetector.flat(512, 512, 0.056, 1000),
        ELECTRONS_200_KV,
        new SweepEffects(0.15, 0, 2e9, 0.04, 8e9),
        1,
        120,
        0.5,
        0.5,
        10,
        4,
        0.5,
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
            .withUnit(model.unit())
            .withLevels(model.braggPeak(), model.cloudLevel(), model.isotropicLevel());
    return new SimulationOptions(
        newCell,
        newSpaceGroup,
        m,
        detector,
        wavelength,
        effects,
        sweeps,
        frames,
        frameWidth,
        exposure,
        backgroundFrames,
        backgroundFrameWidth,
        backgroundExposure,
        seed,
        absences);
  }

  /**
   * The same with another kind of structure.
   *
   * @param newModel what its intensities are like
   * @return new options
   */
  public SimulationOptions withModel(ModelParameters newModel) {
    return copy(newModel, detector, effects, sweeps, seed);
  }

  /**
   * The same with another detector.
   *
   * @param newDetector the detector
   * @return new options
   */
  public SimulationOptions withDetector(SimulatedDetector newDetector) {
    return copy(model, newDetector, effects, sweeps, seed);
  }

  /**
   * The same with other effects.
   *
   * @param newEffects how far the experiment is from an ideal one
   * @return new options
   */
  public SimulationOptions withEffects(SweepEffects newEffects) {
    return copy(model, detector, newEffects, sweeps, seed);
  }

  /**
   * The same with another number of crystals.
   *
   * @param newSweeps 1 or more
   * @return new options
   */
  public SimulationOptions withSweeps(int newSweeps) {
    return copy(model, detector, effects, newSweeps, seed);
  }

  /**
   * The same with another seed.
   *
   * @param newSeed of everything
   * @return new options
   */
  public SimulationOptions withSeed(long newSeed) {
    return copy(model, detector, effects, sweeps, newSeed);
  }

  private SimulationOptions copy(
      ModelParameters newModel,
      SimulatedDetector newDetector,
      SweepEffects newEffects,
      int newSweeps,
      long newSeed) {
    return new SimulationOptions(
        cell,
        spaceGroup,
        newModel,
        newDetector,
        wavelength,
        newEffects,
        newSweeps,
        frames,
        frameWidth,
        exposure,
        backgroundFrames,
        backgroundFrameWidth,
        backgroundExposure,
        newSeed,
        absences);
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
    return new SimulationOptions(
        cell,
        spaceGroup,
        model,
        detector,
        wavelength,
        effects,
        sweeps,
        newFrames,
        newFrameWidth,
        newExposure,
        backgroundFrames,
        backgroundFrameWidth,
        backgroundExposure,
        seed,
        absences);
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
    return new SimulationOptions(
        cell,
        spaceGroup,
        model,
        detector,
        wavelength,
        effects,
        sweeps,
        frames,
        frameWidth,
        exposure,
        newFrames,
        newFrameWidth,
        newExposure,
        seed,
        absences);
  }

  /**
   * The same with crystals that leave the beam. A crystal that is out of it on all images is one
   * that does not diffract.
   *
   * @param newAbsences the images; those of sweeps that there are not say nothing
   * @return new options
   */
  public SimulationOptions withAbsences(List<Absence> newAbsences) {
    return new SimulationOptions(
        cell,
        spaceGroup,
        model,
        detector,
        wavelength,
        effects,
        sweeps,
        frames,
        frameWidth,
        exposure,
        backgroundFrames,
        backgroundFrameWidth,
        backgroundExposure,
        seed,
        newAbsences);
  }
}
