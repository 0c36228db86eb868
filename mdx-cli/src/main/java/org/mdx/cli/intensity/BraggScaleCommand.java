package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.scale.AbsorptionLevel;
import org.mdx.bragg.scale.IntensityChoice;
import org.mdx.bragg.scale.ReferenceIntensity;
import org.mdx.bragg.scale.ScaleOptions;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.scale.Scaler;
import org.mdx.bragg.scale.SweepScaling;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.scaling.PhysicalScaling;
import org.mdx.io.mtz.MergedMtz;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.trials.bragg.ScalingModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scales Bragg intensities. */
@Command(
    name = "scale",
    description = {
      "Scale integrated intensities of one or several sweeps, as dials.scale does.",
      "DIALS and mdx go on from scaled.expt and scaled.refl."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggScaleCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "symmetrized.expt and symmetrized.refl, or integrated ones.")
  private List<Path> files;

  @Option(
      names = "--intensities",
      paramLabel = "KIND",
      defaultValue = "best",
      description = "profile, sum, or the best of the two.")
  private String intensities;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Resolution; all if it is 0.")
  private double resolution;

  @Option(
      names = "--absorption",
      paramLabel = "LEVEL",
      description =
          "off, low, medium or high; chosen by cross-validation if not given. Scans of less than"
              + " 60° have no absorption surface.")
  private String absorption;

  @Option(names = "--no-decay", description = "B is 0.")
  private boolean noDecay;

  @Option(
      names = "--min-partiality",
      paramLabel = "PART",
      defaultValue = "0.4",
      description = "Least part of a reflection that was recorded.")
  private double minPartiality;

  @Option(
      names = "--outlier",
      paramLabel = "SIGMAS",
      defaultValue = "6",
      description = "Measurements farther than this from their equivalents are left out.")
  private double outlier;

  @Option(
      names = "--min-expected",
      paramLabel = "I",
      description =
          "Fit the error model to measurements of which at least this intensity is expected; to all"
              + " if not given.")
  private Double minExpected;

  @Option(
      names = "--delta-cc-half",
      paramLabel = "SIGMAS",
      defaultValue = "0",
      description =
          "Leave out sweeps whose ΔCC½ is so many standard deviations below the mean; 0 for none.")
  private double deltaCcHalf;

  @Option(
      names = "--reference",
      paramLabel = "MTZ",
      description = "Merged intensities IMEAN, SIGIMEAN to scale against.")
  private Path reference;

  @Option(
      names = "--output-experiments",
      paramLabel = "FILE",
      defaultValue = "scaled.expt",
      description = "Where to write the experiment list.")
  private Path experimentsFile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "scaled.refl",
      description = "Where to write the reflections.")
  private Path output;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(experimentsFile);
    ScaleOptions options = common.checked(this::options);
    if (reference != null) {
      options = options.reference(referenceIntensities());
    }
    IntegratedFiles input = IntegratedFiles.read(files);
    Scaled scaled = Scaler.scale(input.geometries(), input.reflections(), options);
    if (json) {
      common.out().println(JsonText.of(numbers(scaled)));
    } else {
      common.out().print(scaled.table());
    }
    ResultFiles.write(
        Dials.withScaling(input.experiments(), models(input.geometries(), scaled)),
        experimentsFile,
        scaled.reflections(),
        output,
        json ? null : common);
    return 0;
  }

  private ScaleOptions options() {
    ScaleOptions o =
        ScaleOptions.defaults()
            .intensities(constant(IntensityChoice.class, "--intensities", intensities))
            .dMin(resolution)
            .decay(!noDecay)
            .minPartiality(minPartiality)
            .outlier(outlier)
            .deltaCcHalf(deltaCcHalf);
    if (minExpected != null) {
      o = o.minExpected(minExpected);
    }
    return absorption == null
        ? o
        : o.absorption(constant(AbsorptionLevel.class, "--absorption", absorption));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String option, String word) {
    try {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          option
              + " "
              + word
              + ", must be one of "
              + java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT),
          e);
    }
  }

  private List<ReferenceIntensity> referenceIntensities() throws IOException {
    List<ReferenceIntensity> out = new ArrayList<>();
    for (MergedMtz.Mean m : MergedMtz.readMeans(reference)) {
      out.add(new ReferenceIntensity(m.h(), m.k(), m.l(), m.intensity(), m.sigma()));
    }
    return out;
  }

  /** The models as DIALS keeps them; those of sweeps that were left out too. */
  static List<PhysicalScaling> models(List<Geometry> geometries, Scaled scaled) {
    return ScalingModels.of(geometries, scaled);
  }

  static Map<String, Object> numbers(Scaled scaled) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("intensities", scaled.intensities().name().toLowerCase(Locale.ROOT));
    map.put("r_meas_profile", ResultFiles.finite(scaled.rMeasProfile()));
    map.put("r_meas_sum", ResultFiles.finite(scaled.rMeasSum()));
    map.put("components", scaled.components());
    List<Object> sweeps = new ArrayList<>();
    for (SweepScaling s : scaled.sweeps()) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("scaled", s.measured());
      m.put("outliers", s.outliers());
      m.put("component", s.component());
      m.put("scale", s.scale());
      m.put("decay", s.decay());
      m.put("absorption", s.absorption());
      m.put("error_model", List.of(s.errors().a(), s.errors().b()));
      m.put("delta_cc_half", ResultFiles.finite(s.deltaCcHalf()));
      m.put("left_out", s.leftOut());
      sweeps.add(m);
    }
    map.put("sweeps", sweeps);
    map.put(
        "widths",
        scaled.shells().stream()
            .map(
                w -> {
                  Map<String, Object> m = new LinkedHashMap<>();
                  m.put("d_max", w.dMax());
                  m.put("d_min", w.dMin());
                  m.put("measured", w.measured());
                  m.put("width", ResultFiles.finite(w.width()));
                  return m;
                })
            .toList());
    map.put("notes", scaled.notes());
    return map;
  }
}
