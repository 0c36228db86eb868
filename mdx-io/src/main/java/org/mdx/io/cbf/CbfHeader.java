package org.mdx.io.cbf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;

/**
 * The lines {@code # Key value} of a miniCBF header. Immutable. What a line means follows the
 * PILATUS header convention 1.2; a line that is missing or has no number yields empty. A unit that
 * stands behind a number counts; without one it is that of the convention (m, Å, s, pixels).
 */
public final class CbfHeader {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final Pattern UNIT = Pattern.compile("\\s*([A-Za-z]+)\\b");
  private static final Map<String, Double> MILLIMETRES =
      Map.of("m", 1000.0, "cm", 10.0, "mm", 1.0, "um", 1e-3);
  private static final Map<String, Double> ANGSTROMS = Map.of("A", 1.0, "nm", 10.0, "m", 1e10);
  private static final Map<String, Double> SECONDS = Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6);
  private static final Pattern TIME = Pattern.compile("\\d{4}[-/].*:\\d{2}.*");
  private static final double EV_ANGSTROM = 12398.419843320026;

  private final List<String> lines;
  private final Map<String, String> values;
  private final String timestamp;

  private CbfHeader(List<String> lines) {
    this.lines = List.copyOf(lines);
    Map<String, String> map = new LinkedHashMap<>();
    String time = "";
    for (String line : lines) {
      if (TIME.matcher(line).matches()) {
        time = line;
        continue;
      }
      String[] keyAndValue = line.split("[\\s:=]+", 2);
      map.putIfAbsent(keyAndValue[0], keyAndValue.length < 2 ? "" : keyAndValue[1].trim());
    }
    values = map;
    timestamp = time;
  }

  /** Takes the lines that begin with # from a header. */
  static CbfHeader parse(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("[\r\n]+")) {
      if (line.startsWith("#") && !line.startsWith("##")) {
        String rest = line.substring(1).trim();
        if (!rest.isEmpty()) {
          lines.add(rest);
        }
      }
    }
    return new CbfHeader(lines);
  }

  /**
   * The header of one frame as a PILATUS writes it. It can hold a single panel normal to the beam
   * and a rotation about x; for anything else the {@code .expt} beside the images is the truth.
   *
   * @param geometry of the sweep; its first panel is described
   * @param frame 0 to the number of frames − 1
   * @param detector name and serial number, such as {@code PILATUS 300K, S/N 24-9999}
   * @return the header
   */
  public static CbfHeader pilatus(Geometry geometry, int frame, String detector) {
    Panel panel = geometry.detector().panels().get(0);
    double wavelength = geometry.beam().wavelength();
    Vec3 beam = geometry.beam().s0().unit();
    double distance = panel.origin().dot(panel.normal());
    Vec3 hit = beam.times(distance / beam.dot(panel.normal())).minus(panel.origin());
    double exposure = geometry.scan().exposure(frame);
    List<String> lines = new ArrayList<>();
    lines.add("Detector: " + detector);
    lines.add("2000-01-01T00:00:00.000");
    add(lines, "Pixel_size %s m x %s m", micro(panel.pixelWidth()), micro(panel.pixelHeight()));
    if (panel.sensor().thickness() > 0) {
      add(
          lines,
          "%s sensor, thickness %.6f m",
          panel.sensor().material().equals("Si") ? "Silicon" : panel.sensor().material(),
          panel.sensor().thickness() / 1000);
    }
    add(lines, "Exposure_time %.7f s", exposure);
    add(lines, "Exposure_period %.7f s", exposure);
    add(lines, "Tau = 0 s");
    add(lines, "Count_cutoff %d counts", (long) panel.trustedMax() + 1);
    add(lines, "Threshold_setting: %.0f eV", EV_ANGSTROM / wavelength / 2);
    add(lines, "Gain_setting: autog (vrf = 1.000)");
    add(lines, "N_excluded_pixels = 0");
    add(lines, "Wavelength %.6f A", wavelength);
    add(lines, "Energy_range (0, 0) eV");
    add(lines, "Detector_distance %.6f m", Math.abs(distance) / 1000);
    add(lines, "Detector_Voffset 0.00000 m");
    add(
        lines,
        "Beam_xy (%.3f, %.3f) pixels",
        hit.dot(panel.fast()) / panel.pixelWidth(),
        hit.dot(panel.slow()) / panel.pixelHeight());
    add(lines, "Flux 0.0");
    add(lines, "Filter_transmission %.4f", geometry.scan().transmission().orElse(1));
    add(lines, "Start_angle %.6f deg.", geometry.scan().start() + frame * geometry.scan().width());
    add(lines, "Angle_increment %.6f deg.", geometry.scan().width());
    add(lines, "Detector_2theta 0.0000 deg.");
    add(lines, "Polarization %.3f", geometry.beam().polarizationFraction());
    add(lines, "Alpha 0.0000 deg.");
    add(lines, "Kappa 0.0000 deg.");
    add(lines, "Phi 0.0000 deg.");
    add(lines, "Chi 0.0000 deg.");
    add(lines, "Oscillation_axis X, CW");
    add(lines, "N_oscillations 1");
    return new CbfHeader(lines);
  }

  private static void add(List<String> lines, String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private static String micro(double millimetres) {
    return new java.math.BigDecimal(String.format(Locale.ROOT, "%.3f", millimetres * 1000))
            .stripTrailingZeros()
            .toPlainString()
        + "e-6";
  }

  /**
   * All lines in order.
   *
   * @return without the leading #
   */
  public List<String> lines() {
    return lines;
  }

  /**
   * The rest of a line.
   *
   * @param key its first word, without colon
   * @return what follows, or empty if there is no such line
   */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * The first number of a line.
   *
   * @param key its first word, without colon
   * @return the number, or empty
   */
  public OptionalDouble number(String key) {
    return number(key, 0);
  }

  private OptionalDouble number(String key, int which) {
    Matcher m = NUMBER.matcher(values.getOrDefault(key, ""));
    for (int i = 0; m.find(); i++) {
      if (i == which) {
        return OptionalDouble.of(Double.parseDouble(m.group()));
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * A number in the unit that stands behind it.
   *
   * @param text of a line
   * @param which number
   * @param units what the units are worth
   * @param otherwise what a number without one of these units is worth
   */
  private static OptionalDouble quantity(
      String text, int which, Map<String, Double> units, double otherwise) {
    Matcher m = NUMBER.matcher(text);
    for (int i = 0; m.find(); i++) {
      if (i == which) {
        Matcher unit = UNIT.matcher(text).region(m.end(), text.length());
        double worth = unit.lookingAt() ? units.getOrDefault(unit.group(1), otherwise) : otherwise;
        return OptionalDouble.of(Double.parseDouble(m.group()) * worth);
      }
    }
    return OptionalDouble.empty();
  }

  /** A length in mm; metres where no unit is given. */
  private OptionalDouble length(String key, int which) {
    return quantity(values.getOrDefault(key, ""), which, MILLIMETRES, 1000);
  }

  private OptionalDouble time(String key) {
    return quantity(values.getOrDefault(key, ""), 0, SECONDS, 1);
  }

  /** A coordinate of the beam; a header that says mm means mm. */
  private OptionalDouble beam(int which, OptionalDouble pixel) {
    OptionalDouble v = number("Beam_xy", which);
    boolean inMillimetres = values.getOrDefault("Beam_xy", "").matches(".*\\bmm\\b.*");
    return v.isPresent() && pixel.isPresent() && inMillimetres
        ? OptionalDouble.of(v.getAsDouble() / pixel.getAsDouble())
        : v;
  }

  private String sensorLine() {
    for (String line : lines) {
      if (line.contains("sensor") && line.contains("thickness")) {
        return line;
      }
    }
    return "";
  }

  /** Gives all keys and what follows them, in order. */
  void forEach(java.util.function.BiConsumer<String, String> entry) {
    values.forEach(entry);
  }

  /**
   * Name and serial number of the detector.
   *
   * @return such as {@code PILATUS 300K, S/N 24-9999}; may be empty
   */
  public String detector() {
    return values.getOrDefault("Detector", "");
  }

  /**
   * When the image was recorded.
   *
   * @return as written; may be empty
   */
  public String timestamp() {
    return timestamp;
  }

  /**
   * Pixel size along fast.
   *
   * @return in mm
   */
  public OptionalDouble pixelWidth() {
    return length("Pixel_size", 0);
  }

  /**
   * Pixel size along slow.
   *
   * @return in mm
   */
  public OptionalDouble pixelHeight() {
    return length("Pixel_size", 1);
  }

  /**
   * Material of the sensor.
   *
   * @return chemical formula, {@code Si} for Silicon; may be empty
   */
  public String sensorMaterial() {
    String word = sensorLine().split("\\s+")[0];
    return word.equals("Silicon") ? "Si" : word;
  }

  /**
   * Thickness of the sensor.
   *
   * @return in mm
   */
  public OptionalDouble sensorThickness() {
    String line = sensorLine();
    return quantity(line.substring(Math.max(0, line.indexOf("thickness"))), 0, MILLIMETRES, 1000);
  }

  /**
   * Time during which photons were counted.
   *
   * @return in s
   */
  public OptionalDouble exposureTime() {
    return time("Exposure_time");
  }

  /**
   * Part of the beam that attenuators let through: {@code Filter_transmission} of PILATUS, {@code
   * Transmission} of others.
   *
   * @return as written, or a hundredth of it where {@code %} follows
   */
  public OptionalDouble transmission() {
    String text =
        values.getOrDefault("Filter_transmission", values.getOrDefault("Transmission", ""));
    OptionalDouble v = quantity(text, 0, Map.of(), 1);
    return v.isPresent() && text.contains("%") ? OptionalDouble.of(v.getAsDouble() / 100) : v;
  }

  /**
   * Time from one image to the next.
   *
   * @return in s
   */
  public OptionalDouble exposurePeriod() {
    return time("Exposure_period");
  }

  /**
   * Counts from which a pixel is saturated.
   *
   * @return counts
   */
  public OptionalDouble countCutoff() {
    return number("Count_cutoff");
  }

  /**
   * Wavelength λ.
   *
   * @return in Å
   */
  public OptionalDouble wavelength() {
    return quantity(values.getOrDefault("Wavelength", ""), 0, ANGSTROMS, 1);
  }

  /**
   * Distance of the detector.
   *
   * @return in mm
   */
  public OptionalDouble distance() {
    return length("Detector_distance", 0);
  }

  /**
   * Column in which the beam meets the detector.
   *
   * @return in pixels
   */
  public OptionalDouble beamX() {
    return beam(0, pixelWidth());
  }

  /**
   * Row in which the beam meets the detector.
   *
   * @return in pixels
   */
  public OptionalDouble beamY() {
    return beam(1, pixelHeight());
  }

  /**
   * Rotation angle at the beginning of the image.
   *
   * @return in degrees
   */
  public OptionalDouble startAngle() {
    return number("Start_angle");
  }

  /**
   * Rotation during the image.
   *
   * @return in degrees
   */
  public OptionalDouble angleIncrement() {
    return number("Angle_increment");
  }

  /**
   * Rotation axis and sense.
   *
   * @return such as {@code X, CW}; may be empty
   */
  public String oscillationAxis() {
    return values.getOrDefault("Oscillation_axis", "");
  }

  /**
   * Polarization of the beam as the header has it.
   *
   * @return 0 to 1
   */
  public OptionalDouble polarization() {
    return number("Polarization");
  }

  @Override
  public String toString() {
    return detector()
        + ", "
        + values.getOrDefault("Wavelength", "? A")
        + ", from "
        + values.getOrDefault("Start_angle", "?")
        + " by "
        + values.getOrDefault("Angle_increment", "?");
  }
}
