package org.mdx.io.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Sensor;
import org.mdx.geometry.SensorAttenuation;
import org.mdx.io.DecimalText;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.io.instrument.CameraLength;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.io.sweep.Lookup.Found;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The detector of a sweep. Panels stay as the header places them; where distance, beam centre or
 * axes are given, all are shifted by as much as that shifts the first one.
 */
final class DetectorBuilder {
  private static final Vec3 FAST = new Vec3(1, 0, 0);
  private static final Vec3 SLOW = new Vec3(0, -1, 0);

  private final ImageHeader header;
  private final PanelHeader first;
  private final Beam beam;
  private final Vec3 ray;
  private final List<Panel> reference;
  private final Lookup look;
  private final Vec3 axis;

  /**
   * A builder.
   *
   * @param axis the rotation axis, about which an arm of the detector turns
   */
  DetectorBuilder(
      ImageHeader header, Beam beam, Vec3 axis, Optional<Geometry> reference, Lookup look) {
    this.axis = axis;
    this.header = header;
    this.first = header.panels().get(0);
    this.beam = beam;
    this.ray = beam.direction().times(-1);
    this.reference = reference.map(g -> g.detector().panels()).orElse(List.of());
    this.look = look;
  }

  Detector build() {
    Found<Double> distance = distance();
    Found<Pair> pixel = pixelSize();
    Found<Pair> centre = centre(pixel.value());
    Found<Vec3> fast = axis(Setting.FAST_AXIS, first.fast(), FAST);
    Found<Vec3> slow = axis(Setting.SLOW_AXIS, first.slow(), SLOW);
    Vec3 f = fast.value().unit();
    Vec3 s = slow.value().unit();
    if (Math.abs(f.dot(s)) > 1e-6) {
      throw new IllegalArgumentException(
          "fast axis "
              + DecimalText.of(f)
              + " and slow axis "
              + DecimalText.of(s)
              + " are not at a right angle; give --fast-axis and --slow-axis");
    }
    look.tell("distance", DecimalText.of(distance.value()) + " mm", distance.source());
    look.tell("beam centre", pair(centre.value(), ", ") + " pixels", centre.source());
    look.tell("pixel size", pair(pixel.value(), " x ") + " mm", pixel.source());
    look.tell("fast, slow", DecimalText.of(f) + ", " + DecimalText.of(s), sources(fast, slow));
    boolean asPlaced =
        first.origin().isPresent()
            && List.of(distance, pixel, centre, fast, slow).stream()
                .allMatch(v -> v.source().equals(look.base()));
    if (header.panels().size() > 1 && !(same(pixel) && same(fast) && same(slow))) {
      throw new IllegalArgumentException(
          "a detector of "
              + header.panels().size()
              + " panels cannot be given one pixel size or one pair of axes; give a reference"
              + " geometry instead");
    }
    Vec3 origin =
        asPlaced
            ? first.origin().get()
            : origin(distance.value(), centre.value(), pixel.value(), f, s);
    Vec3 shift = first.origin().map(origin::minus).orElse(Vec3.ZERO);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < header.panels().size(); i++) {
      panels.add(panel(i, pixel.value(), origin, asPlaced ? Vec3.ZERO : shift, f, s));
    }
    tell(panels.get(0));
    return new Detector(turned(panels));
  }

  /** The panels on an arm that turns about the sample. */
  private List<Panel> turned(List<Panel> panels) {
    Optional<Found<Double>> arm = look.given(Setting.TWO_THETA);
    if (arm.isEmpty()) {
      return panels;
    }
    look.tell(
        "two-theta",
        DecimalText.of(arm.get().value()) + "° about " + DecimalText.of(axis.unit()),
        arm.get().source());
    Mat3 turn = Mat3.rotation(axis, arm.get().value());
    return panels.stream()
        .map(p -> p.placed(turn.times(p.origin()), turn.times(p.fast()), turn.times(p.slow())))
        .toList();
  }

  private boolean same(Found<?> f) {
    return f.source().equals(look.base());
  }

  private static String sources(Found<?> a, Found<?> b) {
    return a.source().equals(b.source()) ? a.source() : a.source() + ", " + b.source();
  }

  private static String pair(Pair p, String between) {
    return DecimalText.of(p.first()) + between + DecimalText.of(p.second());
  }

  private Found<Vec3> axis(Setting<Vec3> setting, Optional<Vec3> fromHeader, Vec3 usual) {
    return look.given(setting)
        .or(() -> look.fromHeader(fromHeader))
        .orElse(new Found<>(usual, Lookup.ASSUMED));
  }

  private Found<Pair> pixelSize() {
    Optional<Pair> known =
        first.pixelWidth().isPresent() && first.pixelHeight().isPresent()
            ? Optional.of(
                new Pair(first.pixelWidth().getAsDouble(), first.pixelHeight().getAsDouble()))
            : Optional.empty();
    return look.given(Setting.PIXEL_SIZE)
        .or(() -> look.fromHeader(known))
        .orElseGet(() -> look.missing("pixel size", "--pixel-size MM", new Pair(1, 1)));
  }

  /** The user's, the calibration of the header's camera length, the profile's, the header's. */
  private Found<Double> distance() {
    Optional<Found<Double>> given = look.given(Setting.DISTANCE);
    if (given.isPresent() && given.get().source().startsWith("--")) {
      return given.get();
    }
    OptionalDouble nominal = CameraLengths.nominal(header);
    Optional<Found<List<CameraLength>>> table = look.given(Setting.CAMERA_LENGTHS);
    if (table.isPresent() && nominal.isPresent()) {
      return table.get().map(rows -> CameraLengths.calibrated(rows, nominal.getAsDouble()));
    }
    Optional<Double> placed =
        first.origin().map(o -> Math.abs(o.dot(normal(first.fast(), first.slow()))));
    return given
        .or(() -> look.fromHeader(placed))
        .or(() -> look.fromHeader(header.distance()))
        .orElseGet(() -> look.missing("distance", "--distance MM", 1.));
  }

  private static Vec3 normal(Optional<Vec3> fast, Optional<Vec3> slow) {
    return fast.orElse(FAST).cross(slow.orElse(SLOW)).unit();
  }

  private Found<Pair> centre(Pair pixel) {
    return look.<Pair, Pair, Pair>given(
            Setting.BEAM_CENTRE,
            p -> p,
            Setting.BEAM_CENTRE_MM,
            mm -> new Pair(mm.first() / pixel.first(), mm.second() / pixel.second()))
        .or(() -> look.fromHeader(hit(pixel)))
        .or(() -> look.fromHeader(noted()))
        .orElseGet(
            () ->
                look.missing(
                    "beam centre",
                    "--beam-centre X,Y in pixels; the middle is "
                        + DecimalText.of(header.width() / 2.0)
                        + ","
                        + DecimalText.of(header.height() / 2.0),
                    new Pair(0, 0)));
  }

  private Optional<Pair> noted() {
    return header.beamX().isPresent() && header.beamY().isPresent()
        ? Optional.of(new Pair(header.beamX().getAsDouble(), header.beamY().getAsDouble()))
        : Optional.empty();
  }

  /** Where the beam meets the plane of the first panel as the header places it. */
  private Optional<Pair> hit(Pair pixel) {
    if (first.origin().isEmpty()) {
      return Optional.empty();
    }
    Vec3 n = normal(first.fast(), first.slow());
    Vec3 origin = first.origin().get();
    Vec3 at = ray.times(origin.dot(n) / ray.dot(n)).minus(origin);
    double x = at.dot(first.fast().orElse(FAST)) / first.pixelWidth().orElse(pixel.first());
    double y = at.dot(first.slow().orElse(SLOW)) / first.pixelHeight().orElse(pixel.second());
    return Double.isFinite(x) && Double.isFinite(y)
        ? Optional.of(new Pair(first.imageX() + x, first.imageY() + y))
        : Optional.empty();
  }

  /** The corner of the first panel, at a distance along its normal. */
  private Vec3 origin(double distance, Pair centre, Pair pixel, Vec3 fast, Vec3 slow) {
    double along = Math.abs(ray.dot(fast.cross(slow)));
    if (along < 1e-3) {
      throw new IllegalArgumentException("the beam does not meet the plane of the detector");
    }
    return ray.times(distance / along)
        .minus(fast.times((centre.first() - first.imageX()) * pixel.first()))
        .minus(slow.times((centre.second() - first.imageY()) * pixel.second()));
  }

  private Panel panel(int i, Pair pixel, Vec3 origin, Vec3 shift, Vec3 fast, Vec3 slow) {
    PanelHeader p = header.panels().get(i);
    Pair trusted = look.given(Setting.TRUSTED_RANGE).map(Found::value).orElseGet(() -> trusted(p));
    List<PixelRectangle> gaps =
        reference.isEmpty()
            ? p.mask().isPresent()
                ? List.of()
                : ModuleGaps.of(header.detector(), p.width(), p.height())
            : reference.get(i).untrusted();
    return new Panel(
        p.name(),
        i == 0 ? origin : p.origin().orElse(origin).plus(shift),
        i == 0 ? fast : p.fast().orElse(fast),
        i == 0 ? slow : p.slow().orElse(slow),
        pixel.first(),
        pixel.second(),
        p.width(),
        p.height(),
        trusted.first(),
        trusted.second(),
        sensor(i, p),
        look.find(Setting.GAIN, p.gain()).map(Found::value).orElse(1.),
        look.find(Setting.PEDESTAL, p.pedestal()).map(Found::value).orElse(0.),
        gaps,
        p.imageX(),
        p.imageY(),
        look.given(Setting.READ_NOISE).map(Found::value).orElse(0.));
  }

  private Pair trusted(PanelHeader p) {
    Pair all = PixelLimits.of(header.pixelType());
    double least = p.trustedMin().orElse(all.first());
    if (isUnexposedBelow(least)) {
      least = PixelLimits.unmarked(header.pixelType());
    }
    return new Pair(least, p.trustedMax().orElse(all.second()));
  }

  /**
   * Whether unexposed pixels lie below what the header lets count, so that values below 0 count.
   */
  private boolean isUnexposedBelow(double least) {
    return look.given(Setting.PEDESTAL).filter(f -> f.value() < least - 0.5).isPresent();
  }

  /** X-rays enter a sensor to some depth; electrons are counted where they meet it. */
  private Sensor sensor(int i, PanelHeader p) {
    Optional<Found<String>> material = look.given(Setting.MATERIAL);
    Optional<Found<Double>> thickness = look.given(Setting.THICKNESS);
    if (!reference.isEmpty() && material.isEmpty() && thickness.isEmpty()) {
      return reference.get(i).sensor();
    }
    String formula = material.map(Found::value).orElse(p.material());
    double mm = thickness.map(Found::value).orElse(p.thickness().orElse(0));
    if (beam.probe() != Probe.X_RAY || mm == 0) {
      return new Sensor(formula, mm, 0, false);
    }
    OptionalDouble mu = SensorAttenuation.mu(formula, beam.wavelength());
    if (mu.isEmpty() && i == 0) {
      look.note(
          "no attenuation coefficient of a sensor of '"
              + formula
              + "', only of "
              + String.join(", ", SensorAttenuation.materials().stream().sorted().toList())
              + ": its depth is not corrected for");
    }
    return new Sensor(formula, mm, mu.orElse(0), true);
  }

  private void tell(Panel p) {
    boolean both = first.trustedMin().isPresent() && first.trustedMax().isPresent();
    look.tell(
        "trusted",
        DecimalText.of(p.trustedMin()) + " to " + DecimalText.of(p.trustedMax()),
        look.given(Setting.TRUSTED_RANGE).map(Found::source).orElse(trustSource(p, both)));
    look.tell("gain", DecimalText.of(p.gain()), source(Setting.GAIN, first.gain()));
    look.tell("pedestal", DecimalText.of(p.pedestal()), source(Setting.PEDESTAL, first.pedestal()));
    if (p.sensor().thickness() > 0) {
      look.tell(
          "sensor",
          (p.sensor().material() + " " + DecimalText.of(p.sensor().thickness()) + " mm").strip(),
          source(Setting.THICKNESS, first.thickness()));
    }
    if (!p.untrusted().isEmpty()) {
      look.tell("gaps", p.untrusted().size() + " between modules", "name and size of the detector");
    }
    first.mask().ifPresent(m -> look.tell("own mask", m.count() + " pixels", "header"));
    look.given(Setting.READ_NOISE)
        .ifPresent(f -> look.tell("read noise", DecimalText.of(f.value()), f.source()));
    if (first.trustedMin().isEmpty()
        && p.trustedMin() >= 0
        && look.given(Setting.TRUSTED_RANGE).isEmpty()
        && PixelLimits.isMarked(header.pixelType())) {
      look.note(
          "values below 0 are taken for marks of pixels that do not count, as counting detectors"
              + " write them; if they are data, give --trusted-range");
    }
  }

  private String trustSource(Panel p, boolean both) {
    if (p.trustedMin() < first.trustedMin().orElse(p.trustedMin())) {
      return "values below 0 are data: the pedestal is one";
    }
    return both ? look.base() : "type of the pixels";
  }

  private String source(Setting<Double> s, OptionalDouble fromHeader) {
    return look.find(s, fromHeader).map(Found::source).orElse(Lookup.ASSUMED);
  }
}
