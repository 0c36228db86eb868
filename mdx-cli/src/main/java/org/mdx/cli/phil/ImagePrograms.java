package org.mdx.cli.phil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.geometry.Panel;
import org.mdx.io.dials.Dials;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.input.Images;

/** Programs that work on images. */
final class ImagePrograms {
  private static final String RANGE = "geometry.scan.image_range";
  private static final String EXPERIMENTS = "output.experiments";
  private static final String GAIN = "spotfinder.threshold.dispersion.gain";
  private static final String GLOBAL = "spotfinder.threshold.dispersion.global_threshold";
  private static final String MASK = "input.mask";

  private ImagePrograms() {}

  static DialsProgram importing() {
    return DialsProgram.of(
            "import",
            "import",
            List.of(
                new Parameter("input.template", "a file", (v, c) -> c.file(v)),
                new Parameter("input.directory", "a file", (v, c) -> c.file(v)),
                Parameter.option("input.reference_geometry", "--geometry"),
                Parameter.option("lookup.mask", "--mask"),
                Parameter.option("geometry.beam.wavelength", "--wavelength"),
                Parameter.option("geometry.beam.probe", "--probe"),
                Parameter.option("geometry.beam.polarization_fraction", "--polarization"),
                Parameter.option("geometry.detector.distance", "--distance"),
                Parameter.numbers("geometry.detector.fast_slow_beam_centre", "--beam-centre"),
                Parameter.option("geometry.detector.panel.gain", "--gain"),
                Parameter.option("geometry.detector.panel.pedestal", "--pedestal"),
                Parameter.numbers("geometry.detector.panel.pixel_size", "--pixel-size"),
                Parameter.numbers("geometry.detector.panel.trusted_range", "--trusted-range"),
                Parameter.option("geometry.detector.panel.thickness", "--thickness"),
                Parameter.option("geometry.detector.panel.material", "--material"),
                Parameter.numbers("geometry.goniometer.axis", "--axis"),
                Parameter.numbers("geometry.scan.oscillation", "--oscillation"),
                Parameter.setting(RANGE, "`--images` of `dials-select`, afterwards"),
                Parameter.setting(EXPERIMENTS, "`--output`")))
        .doing(ImagePrograms::importImages);
  }

  private static int importImages(Call call, Mdx mdx) throws IOException {
    String output = call.get(EXPERIMENTS, "imported.expt");
    List<String> more = new ArrayList<>(List.of("--output=" + output));
    velox(call, more, mdx);
    int code = mdx.run(call.words(List.of("import"), more, call.files()));
    if (code != 0 || !call.has(RANGE)) {
      return code;
    }
    List<String> range = Parameter.parts(call.get(RANGE, ""));
    return mdx.run(
        List.of(
            "dials-select",
            output,
            "--images=" + String.join(":", range),
            "--output=" + ending(output, ".expt")));
  }

  /** The name without its ending, for commands that append it. */
  static String ending(String file, String ending) {
    if (!file.endsWith(ending)) {
      throw new IllegalArgumentException(file + ": must end in " + ending);
    }
    return file.substring(0, file.length() - ending.length());
  }

  /**
   * What the format class of DIALS for movies of Velox (FormatVelox.py of dxtbx_ED_formats) takes
   * for granted, where the header says nothing: the axis, and 26 counts per electron of a Ceta.
   */
  private static void velox(Call call, List<String> more, Mdx mdx) throws IOException {
    if (call.files().size() != 1 || Images.isList(Path.of(call.files().get(0)))) {
      return;
    }
    Path file = Path.of(call.files().get(0));
    if (!file.toString().endsWith(".emd")) {
      return;
    }
    ImageHeader header = ImageFiles.header(file);
    if (call.options().stream().noneMatch(o -> o.startsWith("--axis="))) {
      more.add("--axis=0,1,0");
      mdx.out().println(file + ": axis (0, 1, 0), as DIALS takes it for Velox");
    }
    boolean gain = call.options().stream().anyMatch(o -> o.startsWith("--gain="));
    if (!gain && header.detector().toLowerCase(Locale.ROOT).contains("ceta")) {
      more.add("--gain=26");
      mdx.out().println(file + ": gain 26, as DIALS takes it for Ceta cameras");
    }
  }

  static DialsProgram findSpots() {
    String dispersion = "spotfinder.threshold.dispersion.";
    String radial = "spotfinder.threshold.radial_profile.";
    String filter = "spotfinder.filter.";
    List<Parameter> all =
        new ArrayList<>(
            List.of(
                Parameter.option("spotfinder.threshold.algorithm", "--method"),
                Parameter.setting(GAIN, "`--gain`, times the gain of the detector"),
                Parameter.setting(GLOBAL, "`--global-threshold`, times the gain of the detector"),
                new Parameter(
                    dispersion + "kernel_size", "`--kernel-size`", ImagePrograms::kernelSize),
                Parameter.option(dispersion + "sigma_background", "--sigma-background"),
                Parameter.option(dispersion + "sigma_strong", "--sigma-strong"),
                Parameter.option(dispersion + "min_local", "--min-local"),
                Parameter.option(radial + "n_iqr", "--n-iqr"),
                Parameter.option(radial + "n_bins", "--n-bins"),
                Parameter.option(radial + "blur", "--blur"),
                Parameter.option(filter + "min_spot_size", "--min-spot-size"),
                Parameter.option(filter + "max_separation", "--max-separation"),
                Parameter.option(filter + "max_strong_pixel_fraction", "--max-strong-fraction"),
                Parameter.option("spotfinder.lookup.mask", "--mask"),
                Parameter.option("spotfinder.mp.nproc", "--threads"),
                Parameter.unless("output.shoeboxes", "--no-shoeboxes"),
                Parameter.option("output.reflections", "--output")));
    all.addAll(shapes(filter));
    return DialsProgram.of("find_spots", "find-spots", all).doing(ImagePrograms::findSpots);
  }

  /**
   * DIALS divides images by the gain of the panel first, and its parameters hold for the result.
   */
  private static int findSpots(Call call, Mdx mdx) throws IOException {
    List<String> more = new ArrayList<>();
    if (call.has(GAIN) || call.has(GLOBAL)) {
      double gain = panelGain(call.files());
      if (call.has(GAIN)) {
        more.add("--gain=" + gain * Parameter.number(call.get(GAIN, "")));
      }
      if (call.has(GLOBAL)) {
        more.add("--global-threshold=" + gain * Parameter.number(call.get(GLOBAL, "")));
      }
    }
    return mdx.run(call.words(List.of("find-spots"), more, call.files()));
  }

  private static double panelGain(List<String> files) throws IOException {
    if (files.size() != 1 || !Images.isList(Path.of(files.get(0)))) {
      throw new IllegalArgumentException(
          "gain and global_threshold need an experiment list, which tells the detector's gain:"
              + " give imported.expt of dials.import");
    }
    List<Double> gains =
        Dials.experiments(Path.of(files.get(0))).stream()
            .flatMap(e -> e.geometry().detector().panels().stream())
            .map(Panel::gain)
            .distinct()
            .toList();
    if (gains.size() != 1) {
      throw new IllegalArgumentException(
          files.get(0) + ": panels of different gains " + gains + "; find spots sweep by sweep");
    }
    return gains.get(0);
  }

  private static void kernelSize(String value, Call call) {
    List<String> parts = Parameter.parts(value);
    if (parts.size() > 2 || !parts.get(0).equals(parts.get(parts.size() - 1))) {
      throw new IllegalArgumentException("the two sizes must be equal");
    }
    call.option("--kernel-size=" + parts.get(0));
  }

  /** Pixels to leave out. */
  private static List<Parameter> shapes(String before) {
    return List.of(
        Parameter.option(before + "d_min", "--d-min"),
        Parameter.option(before + "d_max", "--d-max"),
        Parameter.numbers(before + "resolution_range", "--resolution-range"),
        Parameter.option(before + "border", "--border"),
        Parameter.numbers(before + "untrusted.circle", "--circle"),
        Parameter.numbers(before + "untrusted.rectangle", "--rectangle"),
        Parameter.numbers(before + "untrusted.polygon", "--polygon"),
        Parameter.flag(before + "ice_rings.filter", "--ice-rings"),
        Parameter.flag(before + "disable_parallax_correction", "--no-parallax"));
  }

  static DialsProgram generateMask() {
    List<Parameter> all =
        new ArrayList<>(
            List.of(
                Parameter.option("output.mask", "--output"),
                Parameter.option(EXPERIMENTS, "--apply")));
    all.addAll(shapes(""));
    return DialsProgram.of("generate_mask", "generate-mask", all);
  }

  static DialsProgram applyMask() {
    return DialsProgram.of(
            "apply_mask",
            "apply-mask",
            List.of(
                Parameter.setting(MASK, "a file, after the list"),
                Parameter.option(EXPERIMENTS, "--output")))
        .silent()
        .doing(
            (call, mdx) -> {
              List<String> files = new ArrayList<>(call.files());
              if (!call.has(MASK)) {
                throw new IllegalArgumentException("give input.mask=FILE");
              }
              files.add(call.get(MASK, ""));
              return mdx.run(call.words(List.of("apply-mask"), List.of(), files));
            });
  }
}
