package org.mdx.cli.phil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Programs that integrate, scale and merge. */
final class IntensityPrograms {
  private static final String EXPERIMENTS = "output.experiments";
  private static final String REFLECTIONS = "output.reflections";
  private static final String HTML = "output.html";
  private static final String JSON = "output.json";
  private static final String MTZ = "output.mtz";
  private static final String BINS = "output.merging.nbins";
  private static final String D_MIN = "cut_data.d_min";
  private static final String UNMERGED = "output.unmerged_mtz";
  private static final String MERGED = "output.merged_mtz";
  private static final String DELTA_CC = "filtering.method";
  private static final String DELTA_CC_SIGMAS = "filtering.deltacchalf.stdcutoff";
  private static final String GROUP = "space_group";
  private static final String FORMAT = "format";

  private IntensityPrograms() {}

  static DialsProgram integrate() {
    return DialsProgram.of(
            "integrate",
            "bragg integrate",
            List.of(
                Parameter.option("prediction.d_min", "--d-min"),
                Parameter.option("integration.mp.nproc", "--threads"),
                new Parameter(
                    "profile.gaussian_rs.min_spots.overall",
                    "with fewer spots profiles are mostly normal distributions, never an error",
                    (v, c) ->
                        c.note(
                            "min_spots.overall="
                                + (int) Parameter.number(v)
                                + ": mdx integrates with fewer spots too, by profiles that are"
                                + " mostly normal distributions")),
                Parameter.only(
                    "integration.background.algorithm",
                    "a robust Poisson mean, a plane where the pixels ask for it",
                    "glm"),
                Parameter.option(EXPERIMENTS, "--output-experiments"),
                Parameter.option(REFLECTIONS, "--output")))
        .doing(
            (call, mdx) -> {
              int code =
                  mdx.run(call.words(List.of("bragg", "integrate"), List.of(), call.files()));
              if (code == 0) {
                CrystalLog.print(
                    Path.of(outputOf(call, "--output-experiments", "integrated.expt")), mdx.out());
              }
              return code;
            });
  }

  /** The file that an option of mdx names. */
  private static String outputOf(Call call, String option, String otherwise) {
    return call.options().stream()
        .filter(o -> o.startsWith(option + "="))
        .map(o -> o.substring(option.length() + 1))
        .reduce((a, b) -> b)
        .orElse(otherwise);
  }

  static DialsProgram checkIndexing() {
    return DialsProgram.of(
        "check_indexing_symmetry",
        "bragg check",
        List.of(
            Parameter.option("d_min", "--d-min"),
            Parameter.option("d_max", "--d-max"),
            Parameter.option("grid", "--reach")));
  }

  static DialsProgram symmetry() {
    return DialsProgram.of(
        "symmetry",
        "symmetry",
        List.of(
            Parameter.option("d_min", "--d-min"),
            Parameter.option("laue_group", "--laue-group"),
            Parameter.option("lattice_symmetry_max_delta", "--lattice-tolerance"),
            Parameter.option("partiality_threshold", "--min-partiality"),
            Parameter.option(EXPERIMENTS, "--output-experiments"),
            Parameter.option(REFLECTIONS, "--output")));
  }

  static DialsProgram cosym() {
    return DialsProgram.of(
            "cosym",
            "cosym",
            List.of(
                Parameter.option("d_min", "--d-min"),
                new Parameter(
                    GROUP,
                    "`--laue-group`, and the space group of what is written",
                    (v, c) -> {
                      c.option("--laue-group=" + v);
                      c.set(GROUP, v);
                    }),
                Parameter.option("lattice_symmetry_max_delta", "--lattice-tolerance"),
                Parameter.option("relative_length_tolerance", "--cell-length-tolerance"),
                Parameter.option("absolute_angle_tolerance", "--cell-angle-tolerance"),
                Parameter.option("min_pairs", "--min-common"),
                Parameter.option(EXPERIMENTS, "--output-experiments"),
                Parameter.option(REFLECTIONS, "--output")))
        .doing(IntensityPrograms::cosym);
  }

  /** Of the space groups of a Laue group absences leave several; the one that is known is meant. */
  private static int cosym(Call call, Mdx mdx) {
    int code = mdx.run(call.words(List.of("cosym"), List.of(), call.files()));
    if (code != 0 || !call.has(GROUP)) {
      return code;
    }
    String list = outputOf(call, "--output-experiments", "symmetrized.expt");
    String table = outputOf(call, "--output", "symmetrized.refl");
    return mdx.run(
        List.of(
            "reindex",
            "--op=a,b,c",
            "--space-group=" + call.get(GROUP, ""),
            "--outfile=" + list,
            "--outfile=" + table,
            "--",
            list,
            table));
  }

  static DialsProgram scale() {
    return DialsProgram.of(
            "scale",
            "bragg scale, then bragg report",
            List.of(
                new Parameter(D_MIN, "`--d-min`", IntensityPrograms::resolution),
                Parameter.option("cut_data.partiality_cutoff", "--min-partiality"),
                new Parameter(
                    "reflection_selection.intensity_choice",
                    "`--intensities`; combine: the better of both",
                    IntensityPrograms::intensities),
                Parameter.option("physical.absorption_level", "--absorption"),
                new Parameter(
                    "physical.absorption_correction",
                    "`--absorption off` if False",
                    (v, c) -> {
                      if (!Parameter.truth(v)) {
                        c.option("--absorption=off");
                      }
                    }),
                Parameter.unless("physical.decay_correction", "--no-decay"),
                Parameter.only("model", "the physical model", "physical"),
                Parameter.option("weighting.error_model.basic.min_Ih", "--min-expected"),
                Parameter.option("scaling_options.outlier_zmax", "--outlier"),
                Parameter.option("scaling_options.reference", "--reference"),
                Parameter.option("scaling_options.nproc", "--threads"),
                Parameter.setting(DELTA_CC, "`--delta-cc-half 4` if deltacchalf"),
                Parameter.setting(DELTA_CC_SIGMAS, "`--delta-cc-half` with it"),
                Parameter.setting(BINS, "`--shells` of `bragg report`"),
                Parameter.setting(JSON, "`--output` of `bragg report`"),
                Parameter.setting(HTML, "`--output-html` of `bragg report`"),
                Parameter.setting(UNMERGED, "`--output` of `bragg export`, afterwards"),
                Parameter.setting(MERGED, "`--output` of `bragg merge`, afterwards"),
                Parameter.option(EXPERIMENTS, "--output-experiments"),
                Parameter.option(REFLECTIONS, "--output")))
        .doing(IntensityPrograms::scale);
  }

  private static void resolution(String value, Call call) {
    call.option("--d-min=" + value);
    call.set(D_MIN, value);
  }

  private static void intensities(String value, Call call) {
    call.option(
        "--intensities="
            + switch (value.toLowerCase(Locale.ROOT)) {
              case "profile", "sum" -> value.toLowerCase(Locale.ROOT);
              case "combine" -> "best";
              default -> throw new IllegalArgumentException("must be one of profile, sum, combine");
            });
  }

  private static int scale(Call call, Mdx mdx) throws IOException {
    List<String> more = new ArrayList<>();
    if (call.has(DELTA_CC)) {
      if (!call.get(DELTA_CC, "").equalsIgnoreCase("deltacchalf")) {
        throw new IllegalArgumentException(DELTA_CC + " must be deltacchalf");
      }
      more.add("--delta-cc-half=" + call.get(DELTA_CC_SIGMAS, "4"));
    }
    int code = mdx.run(call.words(List.of("bragg", "scale"), more, call.files()));
    String list = outputOf(call, "--output-experiments", "scaled.expt");
    String table = outputOf(call, "--output", "scaled.refl");
    String bins = call.get(BINS, "20");
    String dMin = call.get(D_MIN, "0");
    if (code == 0) {
      MergingLog.print(
          List.of(Path.of(list), Path.of(table)),
          (int) Parameter.number(bins),
          Parameter.number(dMin),
          mdx.out());
      code = report(call, mdx, List.of(list, table), bins, dMin);
    }
    if (code == 0 && call.has(UNMERGED)) {
      code = mdx.run(List.of("bragg", "export", "--output=" + call.get(UNMERGED, ""), list, table));
    }
    if (code == 0 && call.has(MERGED)) {
      code =
          mdx.run(
              List.of(
                  "bragg",
                  "merge",
                  "--output=" + call.get(MERGED, ""),
                  "--d-min=" + dMin,
                  list,
                  table));
    }
    return code;
  }

  private static int report(Call call, Mdx mdx, List<String> files, String bins, String dMin) {
    List<String> words = new ArrayList<>(List.of("bragg", "report"));
    words.add("--shells=" + bins);
    words.add("--d-min=" + dMin);
    words.add("--output=" + call.get(JSON, "dials.scale.json"));
    words.add("--output-html=" + call.get(HTML, "dials.scale.html"));
    words.addAll(files);
    return mdx.run(words);
  }

  static DialsProgram merge() {
    return DialsProgram.of(
        "merge",
        "bragg merge",
        List.of(
            Parameter.option("d_min", "--d-min"),
            Parameter.option("merging.n_bins", "--shells"),
            Parameter.option(MTZ, "--output")));
  }

  static DialsProgram report() {
    return DialsProgram.of(
            "report",
            "bragg report",
            List.of(
                Parameter.setting(JSON, "`--output`; dials.report.json unless given"),
                Parameter.setting(HTML, "`--output-html`")))
        .silent()
        .doing(
            (call, mdx) ->
                mdx.run(
                    call.words(
                        List.of("bragg", "report"),
                        List.of(
                            "--output=" + call.get(JSON, "dials.report.json"),
                            "--output-html=" + call.get(HTML, "dials.report.html")),
                        call.files())));
  }

  static DialsProgram export() {
    return DialsProgram.of(
            "export",
            "bragg export",
            List.of(
                Parameter.setting(FORMAT, "ending of `--output`: mtz, shelx (.hkl), mmcif, pets"),
                Parameter.setting("mtz.hklout", "`--output`"),
                Parameter.setting("shelx.hklout", "`--output`"),
                Parameter.setting("mmcif.hklout", "`--output`"),
                Parameter.setting("pets.filename_prefix", "`--output` with .cif_pets")))
        .doing(IntensityPrograms::export);
  }

  private static int export(Call call, Mdx mdx) {
    String stem =
        call.files().stream().anyMatch(f -> f.contains("scaled")) ? "scaled" : "integrated";
    String format = call.get(FORMAT, "mtz").toLowerCase(Locale.ROOT);
    String output =
        switch (format) {
          case "mtz" -> call.get("mtz.hklout", stem + ".mtz");
          case "shelx" -> call.get("shelx.hklout", "dials.hkl");
          case "mmcif" -> call.get("mmcif.hklout", stem + ".cif");
          case "pets" -> call.get("pets.filename_prefix", "dials_dyn") + ".cif_pets";
          default ->
              throw new IllegalArgumentException(
                  "format=" + format + ": must be one of mtz, shelx, mmcif, pets");
        };
    return mdx.run(
        call.words(List.of("bragg", "export"), List.of("--output=" + output), call.files()));
  }
}
