package org.mdx.io.instrument;

import java.nio.file.Path;
import java.util.List;
import org.mdx.geometry.Probe;
import org.mdx.math.Vec3;

/**
 * One thing that can be set for an instrument: its key in a profile, and the option of {@code mdx
 * import} that overrides it. Compared by identity: there are those here and no others.
 *
 * @param <T> type of its values
 */
public final class Setting<T> {
  private static final String ABOVE_0 = "a number above 0";
  private static final String NOT_NEGATIVE = "a number, 0 or above";

  /** Name of the instrument, for messages and reports. */
  public static final Setting<String> NAME = new Setting<>("instrument.name", "", Kind.text());

  /** Serial number of the detector; a profile that has one is refused for images of another. */
  public static final Setting<String> SERIAL = new Setting<>("instrument.serial", "", Kind.text());

  /** What the beam is made of. */
  public static final Setting<Probe> PROBE = new Setting<>("beam.probe", "--probe", Kind.probe());

  /** Wavelength, Å. */
  public static final Setting<Double> WAVELENGTH =
      new Setting<>("beam.wavelength", "--wavelength", Kind.number(ABOVE_0, v -> v > 0));

  /** Acceleration voltage of electrons, kV; stands for a wavelength. */
  public static final Setting<Double> VOLTAGE =
      new Setting<>("beam.voltage", "--voltage", Kind.number(ABOVE_0, v -> v > 0));

  /** The part of the beam that is polarized normal to {@link #POLARIZATION_NORMAL}. */
  public static final Setting<Double> POLARIZATION =
      new Setting<>(
          "beam.polarization",
          "--polarization",
          Kind.number("a number from 0 to 1", v -> v >= 0 && v <= 1));

  /** Normal of the plane of polarization. */
  public static final Setting<Vec3> POLARIZATION_NORMAL =
      new Setting<>("beam.polarization_normal", "", Kind.direction());

  /** Pixel size along fast and slow, mm. */
  public static final Setting<Pair> PIXEL_SIZE =
      new Setting<>(
          "detector.pixel_size",
          "--pixel-size",
          Kind.pair("a number above 0, or two in brackets", true, v -> v > 0, false));

  /** Distance along the detector's normal, mm. */
  public static final Setting<Double> DISTANCE =
      new Setting<>("detector.distance", "--distance", Kind.number(ABOVE_0, v -> v > 0));

  /** Nominal and calibrated camera lengths, for headers that tell the nominal one. */
  public static final Setting<List<CameraLength>> CAMERA_LENGTHS =
      new Setting<>("detector.camera_lengths", "", Kind.cameraLengths());

  /** Where the beam meets the detector, in pixels from the outer corner of the image. */
  public static final Setting<Pair> BEAM_CENTRE =
      new Setting<>(
          "detector.beam_centre",
          "--beam-centre",
          Kind.pair("two numbers in brackets", false, v -> true, false));

  /** The same in mm. */
  public static final Setting<Pair> BEAM_CENTRE_MM =
      new Setting<>(
          "detector.beam_centre_mm",
          "--beam-centre-mm",
          Kind.pair("two numbers in brackets", false, v -> true, false));

  /** Direction of rising columns in the laboratory. */
  public static final Setting<Vec3> FAST_AXIS =
      new Setting<>("detector.fast_axis", "--fast-axis", Kind.direction());

  /** Direction of rising rows in the laboratory. */
  public static final Setting<Vec3> SLOW_AXIS =
      new Setting<>("detector.slow_axis", "--slow-axis", Kind.direction());

  /** Angle of the detector's arm about the rotation axis, after all else has placed it. */
  public static final Setting<Double> TWO_THETA =
      new Setting<>("detector.two_theta", "--two-theta", Kind.number("a number", v -> true));

  /** Counts for one photon or electron. */
  public static final Setting<Double> GAIN =
      new Setting<>("detector.gain", "--gain", Kind.number(ABOVE_0, v -> v > 0));

  /** Standard uncertainty of the gain. */
  public static final Setting<Double> GAIN_SIGMA =
      new Setting<>("detector.gain_sigma", "", Kind.number(NOT_NEGATIVE, v -> v >= 0));

  /** Counts of a pixel that nothing hits. */
  public static final Setting<Double> PEDESTAL =
      new Setting<>("detector.pedestal", "--pedestal", Kind.number("a number", v -> true));

  /** Standard uncertainty of the pedestal. */
  public static final Setting<Double> PEDESTAL_SIGMA =
      new Setting<>("detector.pedestal_sigma", "", Kind.number(NOT_NEGATIVE, v -> v >= 0));

  /** Standard deviation of the counts of a pixel that nothing hits. */
  public static final Setting<Double> READ_NOISE =
      new Setting<>("detector.read_noise", "", Kind.number(NOT_NEGATIVE, v -> v >= 0));

  /** Standard uncertainty of the read noise. */
  public static final Setting<Double> READ_NOISE_SIGMA =
      new Setting<>("detector.read_noise_sigma", "", Kind.number(NOT_NEGATIVE, v -> v >= 0));

  /** Lowest and highest counts that are trusted, as recorded, pedestal included. */
  public static final Setting<Pair> TRUSTED_RANGE =
      new Setting<>(
          "detector.trusted_range",
          "--trusted-range",
          Kind.pair("two rising numbers in brackets", false, v -> true, true));

  /** A mask file of DIALS. */
  public static final Setting<Path> MASK = new Setting<>("detector.mask", "--mask", Kind.path());

  /** Chemical formula of the sensor. */
  public static final Setting<String> MATERIAL =
      new Setting<>("detector.material", "--material", Kind.text());

  /** Thickness of the sensor, mm. */
  public static final Setting<Double> THICKNESS =
      new Setting<>("detector.thickness", "--thickness", Kind.number(NOT_NEGATIVE, v -> v >= 0));

  /** Rotation axis in the laboratory, right-handed. */
  public static final Setting<Vec3> AXIS =
      new Setting<>("goniometer.axis", "--axis", Kind.direction());

  /** Angle at the beginning of the first image, degrees. */
  public static final Setting<Double> START =
      new Setting<>("scan.start", "--oscillation", Kind.number("a number", v -> true));

  /** Rotation during an image, degrees; 0 for stills. */
  public static final Setting<Double> WIDTH =
      new Setting<>("scan.width", "--oscillation", Kind.number("a number", v -> true));

  /** Exposure of an image, s. */
  public static final Setting<Double> EXPOSURE =
      new Setting<>("scan.exposure", "--exposure", Kind.number(ABOVE_0, v -> v > 0));

  private static final List<Setting<?>> ALL =
      List.of(
          NAME,
          SERIAL,
          PROBE,
          WAVELENGTH,
          VOLTAGE,
          POLARIZATION,
          POLARIZATION_NORMAL,
          PIXEL_SIZE,
          DISTANCE,
          CAMERA_LENGTHS,
          BEAM_CENTRE,
          BEAM_CENTRE_MM,
          FAST_AXIS,
          SLOW_AXIS,
          TWO_THETA,
          GAIN,
          GAIN_SIGMA,
          PEDESTAL,
          PEDESTAL_SIGMA,
          READ_NOISE,
          READ_NOISE_SIGMA,
          TRUSTED_RANGE,
          MASK,
          MATERIAL,
          THICKNESS,
          AXIS,
          START,
          WIDTH,
          EXPOSURE);

  private final String key;
  private final String option;
  private final Kind<T> kind;

  private Setting(String key, String option, Kind<T> kind) {
    this.key = key;
    this.option = option;
    this.kind = kind;
  }

  /**
   * All settings, in the order in which profiles are written.
   *
   * @return each once
   */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /**
   * Its key in a profile.
   *
   * @return table and key, such as {@code detector.gain}
   */
  public String key() {
    return key;
  }

  /**
   * The option of {@code mdx import} that overrides it.
   *
   * @return such as {@code --gain}; empty if there is none
   */
  public String option() {
    return option;
  }

  String table() {
    return key.substring(0, key.indexOf('.'));
  }

  String name() {
    return key.substring(key.indexOf('.') + 1);
  }

  Kind<T> kind() {
    return kind;
  }

  /** The setting that says the same in other words, or null. */
  Setting<?> alternative() {
    for (Setting<?>[] pair :
        new Setting<?>[][] {{WAVELENGTH, VOLTAGE}, {BEAM_CENTRE, BEAM_CENTRE_MM}}) {
      if (this == pair[0] || this == pair[1]) {
        return this == pair[0] ? pair[1] : pair[0];
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return key;
  }
}
