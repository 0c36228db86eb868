package org.mdx.cli.file;

import java.nio.file.Path;
import org.mdx.cli.terminal.Numbers;
import org.mdx.geometry.Probe;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.math.Vec3;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that say what headers lack or have wrong. */
public final class InstrumentOptions {

  @Option(
      names = "--distance",
      paramLabel = "MM",
      description = "Distance of the detector along its normal.")
  private Double distance;

  @Option(
      names = {"--beam-centre", "--beam-center"},
      paramLabel = "X,Y",
      parameterConsumer = Numbers.TwoReals.class,
      description = "Beam centre on the detector, in pixels from the corner of the image.")
  private Numbers.Values centre;

  @Option(
      names = {"--beam-centre-mm", "--beam-center-mm"},
      paramLabel = "X,Y",
      parameterConsumer = Numbers.TwoReals.class,
      description = "The same in mm.")
  private Numbers.Values centreMm;

  @Option(names = "--wavelength", paramLabel = "Å", description = "Wavelength.")
  private Double wavelength;

  @Option(
      names = "--voltage",
      paramLabel = "KV",
      description = "Acceleration voltage of electrons, in place of the wavelength.")
  private Double voltage;

  @Option(
      names = "--probe",
      paramLabel = "NAME",
      converter = ProbeName.class,
      description = "Radiation: x-ray, electron, neutron.")
  private Probe probe;

  @Option(
      names = "--polarization",
      paramLabel = "F",
      description = "Part of the beam that is polarized normal to the plane of polarization.")
  private Double polarization;

  @Option(
      names = "--pixel-size",
      paramLabel = "MM[,MM]",
      converter = OneOrTwo.class,
      description = "Size of a pixel along fast and slow.")
  private Pair pixelSize;

  @Option(
      names = "--fast-axis",
      paramLabel = "X,Y,Z",
      parameterConsumer = Numbers.ThreeReals.class,
      description = "Direction of rising columns in the laboratory.")
  private Numbers.Values fast;

  @Option(
      names = "--slow-axis",
      paramLabel = "X,Y,Z",
      parameterConsumer = Numbers.ThreeReals.class,
      description = "Direction of rising rows in the laboratory.")
  private Numbers.Values slow;

  @Option(
      names = "--two-theta",
      paramLabel = "DEG",
      description =
          "Angle of the detector's arm about the rotation axis, after all else has placed it.")
  private Double twoTheta;

  @Option(
      names = "--oscillation",
      paramLabel = "START,WIDTH",
      parameterConsumer = Numbers.TwoReals.class,
      description = "Angle at the beginning of the first image and rotation per image, degrees.")
  private Numbers.Values oscillation;

  @Option(
      names = "--axis",
      paramLabel = "X,Y,Z",
      parameterConsumer = Numbers.ThreeReals.class,
      description = "Rotation axis in the laboratory, right-handed.")
  private Numbers.Values axis;

  @Option(names = "--exposure", paramLabel = "S", description = "Exposure of an image.")
  private Double exposure;

  @Option(names = "--gain", paramLabel = "N", description = "Counts for one photon or electron.")
  private Double gain;

  @Option(
      names = "--pedestal",
      paramLabel = "N",
      description = "Counts of a pixel that nothing hits.")
  private Double pedestal;

  @Option(
      names = "--trusted-range",
      paramLabel = "MIN,MAX",
      parameterConsumer = Numbers.TwoReals.class,
      description = "Lowest and highest counts that are trusted, as recorded.")
  private Numbers.Values trusted;

  @Option(names = "--mask", paramLabel = "FILE", description = "A mask file of DIALS.")
  private Path mask;

  @Option(
      names = "--material",
      paramLabel = "FORMULA",
      description = "Material of the sensor: Si, Ge, GaAs, CdTe.")
  private String material;

  @Option(names = "--thickness", paramLabel = "MM", description = "Thickness of the sensor.")
  private Double thickness;

  /** The probe by its name in files. */
  private static final class ProbeName implements ITypeConverter<Probe> {
    @Override
    public Probe convert(String text) {
      for (Probe p : Probe.values()) {
        if (p.name().replace('_', '-').equalsIgnoreCase(text)) {
          return p;
        }
      }
      throw new TypeConversionException("'" + text + "' is none of x-ray, electron, neutron");
    }
  }

  /** One number that stands for two, or two. */
  private static final class OneOrTwo implements ITypeConverter<Pair> {
    @Override
    public Pair convert(String text) {
      String[] words = text.split(",", -1);
      try {
        double first = Double.parseDouble(words[0]);
        if (words.length <= 2) {
          return new Pair(first, words.length == 1 ? first : Double.parseDouble(words[1]));
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not one or two numbers");
      }
      throw new TypeConversionException("'" + text + "' is not one or two numbers");
    }
  }

  /**
   * The values that are given.
   *
   * @throws IllegalArgumentException if one is not allowed
   */
  public InstrumentProfile values() {
    if (wavelength != null && voltage != null || centre != null && centreMm != null) {
      throw new IllegalArgumentException(
          wavelength != null && voltage != null
              ? "give --wavelength or --voltage, not both"
              : "give --beam-centre or --beam-centre-mm, not both");
    }
    InstrumentProfile p = InstrumentProfile.empty();
    p = with(p, Setting.DISTANCE, distance);
    p = with(p, Setting.BEAM_CENTRE, pair(centre));
    p = with(p, Setting.BEAM_CENTRE_MM, pair(centreMm));
    p = with(p, Setting.WAVELENGTH, wavelength);
    p = with(p, Setting.VOLTAGE, voltage);
    p = with(p, Setting.PROBE, probe);
    p = with(p, Setting.POLARIZATION, polarization);
    p = with(p, Setting.PIXEL_SIZE, pixelSize);
    p = with(p, Setting.FAST_AXIS, vector(fast));
    p = with(p, Setting.SLOW_AXIS, vector(slow));
    p = with(p, Setting.TWO_THETA, twoTheta);
    p = with(p, Setting.START, oscillation == null ? null : oscillation.get(0));
    p = with(p, Setting.WIDTH, oscillation == null ? null : oscillation.get(1));
    p = with(p, Setting.AXIS, vector(axis));
    p = with(p, Setting.EXPOSURE, exposure);
    p = with(p, Setting.GAIN, gain);
    p = with(p, Setting.PEDESTAL, pedestal);
    p = with(p, Setting.TRUSTED_RANGE, pair(trusted));
    p = with(p, Setting.MASK, mask);
    p = with(p, Setting.MATERIAL, material);
    return with(p, Setting.THICKNESS, thickness);
  }

  private static <T> InstrumentProfile with(InstrumentProfile p, Setting<T> setting, T value) {
    return value == null ? p : p.with(setting, value);
  }

  private static Pair pair(Numbers.Values v) {
    return v == null ? null : new Pair(v.get(0), v.get(1));
  }

  private static Vec3 vector(Numbers.Values v) {
    return v == null ? null : new Vec3(v.get(0), v.get(1), v.get(2));
  }
}
