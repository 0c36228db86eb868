package org.mdx.sim.bragg;

import java.util.List;
import java.util.Locale;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.sim.SimulatedDetector;

/**
 * What a {@link SpotSweep} shows. Immutable: each method that takes a value returns new options.
 */
public final class BraggOptions {
  private final String name;
  private final Instrument instrument;
  private final List<Lattice> lattices;
  private final Intensities intensities;
  private final Background background;
  private final boolean noise;
  private final long seed;

  /** What it is measured with; beam and goniometer as the headers have them. */
  private record Instrument(
      SimulatedDetector detector,
      Beam beam,
      Goniometer goniometer,
      Scan scan,
      GeometryOffset offset,
      Camera camera) {}

  private BraggOptions(
      String name,
      Instrument instrument,
      List<Lattice> lattices,
      Intensities intensities,
      Background background,
      boolean noise,
      long seed) {
    this.name = name;
    this.instrument = instrument;
    this.lattices = List.copyOf(lattices);
    this.intensities = intensities;
    this.background = background;
    this.noise = noise;
    this.seed = seed;
  }

  /**
   * Crystals in an X-ray beam along −z, turned about x: polarized, Wilson B 15 Å², strength 500,
   * and a flat background of one photon.
   *
   * @param detector the detector
   * @param wavelength λ in Å
   * @param scan the frames
   * @param lattices the crystals in the beam, at least one for spots
   * @return the options
   */
  public static BraggOptions xRays(
      SimulatedDetector detector, double wavelength, Scan scan, List<Lattice> lattices) {
    Vec3 up = new Vec3(0, 1, 0);
    Beam beam = new Beam(Probe.X_RAY, wavelength, new Vec3(0, 0, 1), 0.999, up);
    return of(detector, beam, scan, lattices);
  }

  /**
   * The same with electrons.
   *
   * @param detector the camera
   * @param wavelength λ in Å: 0.0251 at 200 kV, 0.0197 at 300 kV
   * @param scan the frames
   * @param lattices the crystals in the beam, at least one for spots
   * @return the options
   */
  public static BraggOptions electrons(
      SimulatedDetector detector, double wavelength, Scan scan, List<Lattice> lattices) {
    Vec3 up = new Vec3(0, 1, 0);
    Beam beam = new Beam(Probe.ELECTRON, wavelength, new Vec3(0, 0, 1), 0.5, up);
    return of(detector, beam, scan, lattices);
  }

  private static BraggOptions of(
      SimulatedDetector detector, Beam beam, Scan scan, List<Lattice> lattices) {
    Goniometer goniometer = new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY);
    return new BraggOptions(
        "xtal1",
        new Instrument(detector, beam, goniometer, scan, GeometryOffset.NONE, Camera.COUNTER),
        lattices,
        new Intensities(500, 15, 0, 0),
        Background.flat(1),
        true,
        1);
  }

  private BraggOptions with(Instrument i) {
    return new BraggOptions(name, i, lattices, intensities, background, noise, seed);
  }

  /**
   * The same under another name.
   *
   * @param newName which suits a file name
   * @return new options
   * @throws IllegalArgumentException if it does not
   */
  public BraggOptions withName(String newName) {
    if (!newName.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "name '" + newName + "' of a sweep: letters, digits, '.', '_' and '-' only");
    }
    return new BraggOptions(newName, instrument, lattices, intensities, background, noise, seed);
  }

  /**
   * The same with another goniometer.
   *
   * @param goniometer as the headers have it
   * @return new options
   */
  public BraggOptions withGoniometer(Goniometer goniometer) {
    Instrument i = instrument;
    return with(new Instrument(i.detector, i.beam, goniometer, i.scan, i.offset, i.camera));
  }

  /**
   * The same with headers that are wrong.
   *
   * @param offset truth minus header
   * @return new options
   */
  public BraggOptions withOffset(GeometryOffset offset) {
    Instrument i = instrument;
    return with(new Instrument(i.detector, i.beam, i.goniometer, i.scan, offset, i.camera));
  }

  /**
   * The same with another camera; the headers know it.
   *
   * @param camera how photons become values
   * @return new options
   */
  public BraggOptions withCamera(Camera camera) {
    Instrument i = instrument;
    return with(new Instrument(i.detector, i.beam, i.goniometer, i.scan, i.offset, camera));
  }

  /**
   * The same with other frames.
   *
   * @param scan the frames
   * @return new options
   */
  public BraggOptions withScan(Scan scan) {
    Instrument i = instrument;
    return with(new Instrument(i.detector, i.beam, i.goniometer, scan, i.offset, i.camera));
  }

  /**
   * The same with other crystals.
   *
   * @param newLattices the crystals in the beam; none for background alone
   * @return new options
   */
  public BraggOptions withLattices(List<Lattice> newLattices) {
    return new BraggOptions(name, instrument, newLattices, intensities, background, noise, seed);
  }

  /**
   * The same with other intensities.
   *
   * @param newIntensities how strong spots are
   * @return new options
   */
  public BraggOptions withIntensities(Intensities newIntensities) {
    return new BraggOptions(name, instrument, lattices, newIntensities, background, noise, seed);
  }

  /**
   * The same with another background.
   *
   * @param newBackground photons beside the spots
   * @return new options
   */
  public BraggOptions withBackground(Background newBackground) {
    return new BraggOptions(name, instrument, lattices, intensities, newBackground, noise, seed);
  }

  /**
   * The same with noise or without: then values are what is expected, rounded where they are
   * integers.
   *
   * @param noisy whether photons and camera are noisy
   * @return new options
   */
  public BraggOptions withNoise(boolean noisy) {
    return new BraggOptions(name, instrument, lattices, intensities, background, noisy, seed);
  }

  /**
   * The same with another seed.
   *
   * @param newSeed of intensities, faults of the detector and noise
   * @return new options
   */
  public BraggOptions withSeed(long newSeed) {
    return new BraggOptions(name, instrument, lattices, intensities, background, noise, newSeed);
  }

  /**
   * The geometry that the headers tell.
   *
   * @return without a crystal; panels say gain, pedestal and range of the camera
   */
  public Geometry header() {
    Camera c = instrument.camera;
    List<Panel> panels =
        instrument.detector.detector().panels().stream()
            .map(p -> withCamera(p, c, instrument.detector.countCutoff()))
            .toList();
    return new Geometry(
        instrument.beam, new Detector(panels), instrument.goniometer, instrument.scan, null);
  }

  private static Panel withCamera(Panel p, Camera c, int cutoff) {
    if (c.values() == Camera.Values.COUNTS) {
      return p;
    }
    double noise = c.gain() * c.readNoise();
    return p.withResponse(c.gain(), c.pedestal(), noise, c.least(), c.greatest(cutoff));
  }

  /**
   * Name of the sweep.
   *
   * @return which suits a file name
   */
  public String name() {
    return name;
  }

  /**
   * The detector as its headers have it.
   *
   * @return the value
   */
  public SimulatedDetector detector() {
    return instrument.detector;
  }

  /**
   * Truth minus header.
   *
   * @return the value
   */
  public GeometryOffset offset() {
    return instrument.offset;
  }

  /**
   * How photons become values.
   *
   * @return the value
   */
  public Camera camera() {
    return instrument.camera;
  }

  /**
   * The crystals.
   *
   * @return the value
   */
  public List<Lattice> lattices() {
    return lattices;
  }

  /**
   * How strong spots are.
   *
   * @return the value
   */
  public Intensities intensities() {
    return intensities;
  }

  /**
   * Photons beside the spots.
   *
   * @return the value
   */
  public Background background() {
    return background;
  }

  /**
   * Whether photons and camera are noisy.
   *
   * @return the value
   */
  public boolean noise() {
    return noise;
  }

  /**
   * Seed of intensities, faults of the detector and noise.
   *
   * @return the value
   */
  public long seed() {
    return seed;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "BraggOptions[%s, %s, %s, %.5g Å, %d lattice%s, %s, seed %d]",
        name,
        instrument.detector.name(),
        instrument.scan,
        instrument.beam.wavelength(),
        lattices.size(),
        lattices.size() == 1 ? "" : "s",
        background,
        seed);
  }
}
