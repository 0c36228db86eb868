package org.mdx.io.sweep;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.io.DecimalText;
import org.mdx.io.image.BeamHeader;
import org.mdx.io.image.Electrons;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.instrument.Setting;
import org.mdx.io.sweep.Lookup.Found;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Beam, goniometer and scan of a sweep; the detector by {@link DetectorBuilder}. */
final class ModelBuilder {
  /** No X-ray source for crystallography has shorter waves. */
  private static final double ELECTRONS = 0.1;

  /** Synchrotrons, as DIALS assumes them. */
  private static final double POLARIZED = 0.999;

  /** Transmissions of one sweep agree within this fraction. */
  private static final double STEADY = 0.01;

  private static final Vec3 X = new Vec3(1, 0, 0);

  private final FoundSweep sweep;
  private final ImageHeader header;
  private final ImportOptions options;
  private final Lookup look;

  /**
   * A builder.
   *
   * @param header what the sweep's header says, or in its place a reference geometry
   */
  ModelBuilder(FoundSweep sweep, ImageHeader header, ImportOptions options, Lookup look) {
    this.sweep = sweep;
    this.header = header;
    this.options = options;
    this.look = look;
  }

  /** Angle of the first image and rotation per image. */
  private record Oscillation(double start, double width) {}

  /** The geometry, of all images if they are stills with an oscillation of 0. */
  Geometry build() {
    Beam beam = beam();
    boolean still = options.stills() || width().map(Found::value).orElse(1.) == 0;
    Found<Vec3> axis = axis(beam.probe(), still);
    Detector detector =
        new DetectorBuilder(header, beam, axis.value(), options.reference(), look).build();
    Oscillation o = oscillation();
    Goniometer goniometer = goniometer(axis, still);
    OptionalDouble exposure = exposure();
    if (!look.isComplete()) {
      throw look.incomplete(sweep.firstFile());
    }
    Scan scan = attenuated(scan(o, o.width == 0 ? 1 : sweep.frames(), exposure));
    return new Geometry(beam, detector, goniometer, scan, null);
  }

  private Scan scan(Oscillation o, int frames, OptionalDouble exposure) {
    if (exposure.isEmpty()) {
      return Scan.ofUnknownExposure(sweep.firstImage(), o.start, o.width, frames);
    }
    double[] exposures = new double[frames];
    Arrays.fill(exposures, exposure.getAsDouble());
    return new Scan(sweep.firstImage(), o.start, o.width, exposures);
  }

  /** With the transmission that headers note; it is told where it is not the whole beam. */
  private Scan attenuated(Scan scan) {
    DoubleSummaryStatistics noted =
        sweep.headers().stream()
            .flatMapToDouble(h -> h.header().scan().transmission().stream())
            .summaryStatistics();
    if (noted.getCount() == 0) {
      return scan;
    }
    if (noted.getMax() > (1 + STEADY) * noted.getMin()) {
      look.note(
          "the transmission of the attenuators changes from "
              + DecimalText.of(noted.getMin())
              + " to "
              + DecimalText.of(noted.getMax())
              + " during the sweep: counts of its images are not alike");
    }
    if (noted.getAverage() < 1) {
      look.tell("transmission", DecimalText.of(noted.getAverage()), "header");
    }
    return scan.withTransmission(noted.getAverage());
  }

  private Beam beam() {
    BeamHeader b = header.beam();
    Found<Double> wavelength =
        look.<Double, Double, Double>given(
                Setting.WAVELENGTH,
                w -> w,
                Setting.VOLTAGE,
                kilovolts -> Electrons.wavelength(kilovolts * 1000))
            .or(() -> look.fromHeader(b.wavelength()))
            .orElseGet(
                () ->
                    look.missing(
                        "wavelength", "--wavelength Å, or --voltage KV for electrons", 1.));
    boolean voltage = look.given(Setting.VOLTAGE).isPresent();
    Found<Probe> probe =
        look.given(Setting.PROBE)
            .or(
                () ->
                    voltage
                        ? look.given(Setting.VOLTAGE).map(f -> f.map(v -> Probe.ELECTRON))
                        : Optional.empty())
            .or(() -> look.fromHeader(b.probe()))
            .orElseGet(
                () ->
                    new Found<>(
                        wavelength.value() < ELECTRONS ? Probe.ELECTRON : Probe.X_RAY,
                        Lookup.ASSUMED));
    boolean photons = probe.value() == Probe.X_RAY;
    Found<Double> polarization =
        look.find(Setting.POLARIZATION, b.polarizationFraction())
            .orElse(new Found<>(photons ? POLARIZED : 0.5, Lookup.ASSUMED));
    Vec3 normal =
        look.given(Setting.POLARIZATION_NORMAL)
            .map(Found::value)
            .or(b::polarizationNormal)
            .orElse(new Vec3(0, 1, 0));
    look.tell("probe", name(probe.value()), probe.source());
    look.tell("wavelength", DecimalText.of(wavelength.value()) + " Å", wavelength.source());
    look.tell("polarization", DecimalText.of(polarization.value()), polarization.source());
    return new Beam(
        probe.value(),
        wavelength.value(),
        b.direction().orElse(new Vec3(0, 0, 1)),
        polarization.value(),
        normal);
  }

  private static String name(Probe p) {
    return p.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The axis; a circle that the header names without its direction is not taken for another. */
  private Found<Vec3> axis(Probe probe, boolean still) {
    boolean needed = probe == Probe.ELECTRON || header.details().containsKey("Scan axis");
    return look.given(Setting.AXIS)
        .or(() -> look.fromHeader(header.scan().axis()))
        .orElseGet(
            () ->
                needed && !still
                    ? look.missing("rotation axis", "--axis X,Y,Z", X)
                    : new Found<>(X, Lookup.ASSUMED));
  }

  private Goniometer goniometer(Found<Vec3> axis, boolean still) {
    if (!still) {
      look.tell("axis", DecimalText.of(axis.value().unit()), axis.source());
    }
    Mat3 fixed = header.scan().fixedRotation().orElse(Mat3.IDENTITY);
    boolean own = look.given(Setting.AXIS).isPresent();
    return new Goniometer(axis.value(), own ? Mat3.IDENTITY : fixed, Mat3.IDENTITY);
  }

  private Optional<Found<Double>> width() {
    return look.given(Setting.WIDTH).or(() -> headerValue(sweep.width()));
  }

  private Oscillation oscillation() {
    Found<Double> width =
        options.stills()
            ? new Found<>(0., "--stills")
            : width()
                .orElseGet(
                    () ->
                        look.missing(
                            "oscillation",
                            "--oscillation START,WIDTH, or --stills if the sample did not turn",
                            1.));
    Found<Double> start =
        look.given(Setting.START)
            .map(f -> f.map(s -> s + sweep.offset() * width.value()))
            .or(() -> headerValue(sweep.start()))
            .orElse(new Found<>(sweep.offset() * width.value(), Lookup.ASSUMED));
    if (width.value() == 0) {
      look.tell("oscillation", "none, stills", width.source());
    } else {
      String by = " by " + DecimalText.of(width.value()) + "° for an image";
      boolean same = start.source().equals(width.source());
      look.tell(
          "oscillation",
          "from " + DecimalText.of(start.value()) + "°" + by,
          same ? width.source() : "start " + start.source() + ", width " + width.source());
      unsteady(width.value());
    }
    return new Oscillation(start.value(), width.value());
  }

  private static Optional<Found<Double>> headerValue(double v) {
    return Double.isNaN(v) ? Optional.empty() : Optional.of(new Found<>(v, "header"));
  }

  /** Notes by how much angles that are measured differ from those of equal steps. */
  private void unsteady(double width) {
    List<Double> angles = sweep.header().scan().angles();
    List<Integer> frames = sweep.fileIndices();
    if (frames.isEmpty() || angles.size() != sweep.header().frames()) {
      return;
    }
    double worst = 0;
    for (int i = 0; i < frames.size(); i++) {
      double even = angles.get(frames.get(0)) + i * width;
      worst = Math.max(worst, Math.abs(angles.get(frames.get(i)) - even));
    }
    if (worst > Math.abs(width) / 2) {
      look.note(
          "the angles that the file notes differ from equal steps of "
              + DecimalText.of(width)
              + "° by up to "
              + DecimalText.of(worst)
              + "°");
    }
  }

  /** Seconds an image; empty where nobody tells. */
  private OptionalDouble exposure() {
    List<Double> known =
        sweep.headers().stream()
            .flatMap(h -> h.header().scan().exposureTime().stream().boxed())
            .toList();
    Found<Double> time =
        look.given(Setting.EXPOSURE)
            .or(() -> headerValue(known.isEmpty() ? Double.NaN : known.get(0)))
            .orElse(new Found<>(1., Lookup.ASSUMED));
    boolean assumed = time.source().equals(Lookup.ASSUMED);
    look.tell(
        "exposure",
        assumed ? "unknown, the same for all" : DecimalText.of(time.value()) + " s",
        time.source());
    return assumed ? OptionalDouble.empty() : OptionalDouble.of(time.value());
  }
}
