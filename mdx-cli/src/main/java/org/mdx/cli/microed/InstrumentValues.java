package org.mdx.cli.microed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.Electrons;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.instrument.CameraLength;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.io.sweep.CameraLengths;
import org.mdx.math.Vec3;
import org.mdx.microed.process.Movie;
import org.mdx.microed.process.Values;
import picocli.CommandLine.Option;

/** Values of the instrument and the crystal that trials need. */
final class InstrumentValues {

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Instrument profile, as mdx import takes it.")
  private Path profile;

  @Option(names = "--mask", paramLabel = "FILE", description = "Pixel mask of DIALS.")
  private Path mask;

  @Option(
      names = "--pedestal",
      paramLabel = "COUNTS",
      description = "Counts of a pixel that nothing hits.")
  private Double pedestal;

  @Option(
      names = "--distance",
      paramLabel = "MM",
      description = "Calibrated distance of the detector.")
  private Double distance;

  @Option(
      names = "--beam-centre",
      paramLabel = "FAST,SLOW",
      split = ",",
      description = "Beam centre on the detector, in pixels.")
  private double[] beamCentre;

  @Option(names = "--axis", paramLabel = "X,Y,Z", split = ",", description = "Rotation axis.")
  private double[] axis;

  @Option(
      names = "--spot-gain",
      paramLabel = "X",
      description = "Gain for finding spots, such as 0.1.")
  private Double spotGain;

  @Option(
      names = "--d-min",
      paramLabel = "ANGSTROM",
      description = "Resolution to which to integrate and scale.")
  private Double dMin;

  @Option(
      names = "--space-group",
      paramLabel = "SYMBOL",
      description = "Symmetry of the lattice, for mP.")
  private String spaceGroup;

  @Option(
      names = "--unit-cell",
      paramLabel = "A,B,C,AL,BE,GA",
      split = ",",
      description = "Known cell, for mP.")
  private double[] unitCell;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Any other value that arguments of steps have as {NAME}. Several times if wanted.")
  private List<String> others = List.of();

  private InstrumentProfile known = InstrumentProfile.empty();

  /** These values over others, those of the profile between them. */
  Values over(Values below, CommonOptions common) throws IOException {
    known = profile == null ? InstrumentProfile.empty() : InstrumentProfile.read(profile);
    Values v = common.checked(() -> profile(below, known));
    if (profile != null) {
      v = v.with("profile", profile.toAbsolutePath().normalize().toString());
    }
    if (mask != null) {
      if (!Files.isRegularFile(mask)) {
        throw common.usage("--mask " + mask + ": no such file");
      }
      v = v.with("mask", mask.toAbsolutePath().normalize().toString());
    }
    v = number(v, "pedestal", pedestal);
    v = number(v, "distance", distance);
    v = number(v, "spot_gain", spotGain);
    v = numbers(v, "beam_centre", beamCentre, 2, common);
    v = numbers(v, "axis", axis, 3, common);
    v = numbers(v, "unit_cell", unitCell, 6, common);
    v = spaceGroup == null ? v : v.with("space_group", spaceGroup);
    if (dMin != null) {
      for (String name : new String[] {"d_min", "first_d_min", "scale_d_min"}) {
        v = number(v, name, dMin);
      }
      v = number(v, "check_d_min", Math.max(1.2, dMin));
    }
    for (String other : others) {
      int equals = other.indexOf('=');
      if (equals < 1) {
        throw common.usage("--set " + other + ": give NAME=VALUE");
      }
      v = v.with(other.substring(0, equals), other.substring(equals + 1));
    }
    return v;
  }

  /**
   * A movie with the distance that the profile has for the camera length in its header; call after
   * {@link #over}, whose distance wins.
   */
  Movie calibrated(Movie movie, CommonOptions common) throws IOException {
    Optional<List<CameraLength>> table = known.get(Setting.CAMERA_LENGTHS);
    if (table.isEmpty() || distance != null) {
      return movie;
    }
    ImageHeader header;
    try {
      header = ImageFiles.header(movie.files().get(0));
    } catch (IOException | MdxFormatException e) {
      return movie; // the trial says what is wrong with it, and the other movies have theirs
    }
    OptionalDouble nominal = CameraLengths.nominal(header);
    Double mm =
        nominal.isPresent()
            ? common.checked(() -> CameraLengths.calibrated(table.get(), nominal.getAsDouble()))
            : known.get(Setting.DISTANCE).orElse(null);
    return mm == null ? movie : movie.with("distance", plain(mm));
  }

  /** What of a profile {@code dials.import} has to know, in the same for all movies. */
  private static Values profile(Values below, InstrumentProfile p) {
    Values v = below;
    Optional<Double> ofElectrons =
        p.get(Setting.VOLTAGE).map(kilovolts -> Electrons.wavelength(kilovolts * 1000));
    v = number(v, "wavelength", p.get(Setting.WAVELENGTH).or(() -> ofElectrons).orElse(null));
    if (p.get(Setting.CAMERA_LENGTHS).isEmpty()) {
      v = number(v, "distance", p.get(Setting.DISTANCE).orElse(null));
    }
    v = number(v, "gain", p.get(Setting.GAIN).orElse(null));
    v = number(v, "pedestal", p.get(Setting.PEDESTAL).orElse(null));
    v = pair(v, "pixel_size", p.get(Setting.PIXEL_SIZE));
    v = pair(v, "beam_centre", p.get(Setting.BEAM_CENTRE).or(() -> centre(p)));
    v = pair(v, "trusted_range", p.get(Setting.TRUSTED_RANGE));
    if (p.get(Setting.MASK).isPresent()) {
      v = v.with("mask", p.get(Setting.MASK).get().toAbsolutePath().toString());
    }
    Vec3 turns = p.get(Setting.AXIS).orElse(null);
    return turns == null
        ? v
        : v.with("axis", plain(turns.x()) + "," + plain(turns.y()) + "," + plain(turns.z()));
  }

  private static Optional<Pair> centre(InstrumentProfile p) {
    Optional<Pair> mm = p.get(Setting.BEAM_CENTRE_MM);
    if (mm.isEmpty()) {
      return mm;
    }
    Pair pixel =
        p.get(Setting.PIXEL_SIZE)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the profile tells beam_centre_mm but no pixel_size; give beam_centre in"
                            + " pixels, or pixel_size as well"));
    return Optional.of(
        new Pair(mm.get().first() / pixel.first(), mm.get().second() / pixel.second()));
  }

  private static Values pair(Values v, String name, Optional<Pair> p) {
    return p.map(q -> v.with(name, plain(q.first()) + "," + plain(q.second()))).orElse(v);
  }

  private static Values number(Values v, String name, Double number) {
    return number == null ? v : v.with(name, plain(number));
  }

  private static Values numbers(
      Values v, String name, double[] numbers, int count, CommonOptions common) {
    if (numbers == null) {
      return v;
    }
    if (numbers.length != count) {
      throw common.usage(
          "--" + name.replace('_', '-') + ": " + numbers.length + " numbers, must be " + count);
    }
    StringBuilder text = new StringBuilder();
    for (double x : numbers) {
      text.append(text.length() == 0 ? "" : ",").append(plain(x));
    }
    return v.with(name, text.toString());
  }

  private static String plain(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e9
        ? String.format(Locale.ROOT, "%.0f", x)
        : Double.toString(x);
  }
}
