package org.mdx.cli.phil;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Programs that find and refine lattices. */
final class GeometryPrograms {
  private static final String EXPERIMENTS = "output.experiments";
  private static final String REFLECTIONS = "output.reflections";
  private static final String REFINEMENT = "refinement.parameterisation.";
  private static final String VARYING = REFINEMENT + "scan_varying";
  private static final String STATIC_CELL = REFINEMENT + "crystal.unit_cell.force_static";
  private static final String OPERATOR = "change_of_basis_op";

  /** Parameters of a rigid detector in DIALS, and those of mdx. */
  private static final Map<String, List<String>> DETECTOR = new LinkedHashMap<>();

  static {
    DETECTOR.put("dist", List.of("distance"));
    DETECTOR.put("shift1,shift2", List.of("shifts"));
    DETECTOR.put("tau1", List.of("tau-normal"));
    DETECTOR.put("tau2,tau3", List.of("tilts"));
  }

  private GeometryPrograms() {}

  static DialsProgram index() {
    String symmetry = "indexing.known_symmetry.";
    return DialsProgram.of(
        "index",
        "index",
        List.of(
            Parameter.option(symmetry + "space_group", "--space-group"),
            Parameter.numbers(symmetry + "unit_cell", "--unit-cell"),
            Parameter.only(
                "indexing.method",
                "mdx tries fft3d, fft1d and the grid search in turn and goes on with the best",
                "fft3d",
                "fft1d",
                "real_space_grid_search"),
            Parameter.option("indexing.max_cell", "--max-cell"),
            Parameter.option("indexing.index_assignment.simple.hkl_tolerance", "--tolerance"),
            Parameter.option("indexing.multiple_lattice_search.max_lattices", "--max-lattices"),
            Parameter.option("indexing.refinement_protocol.d_min_start", "--d-min"),
            Parameter.flag("indexing.joint_indexing", "--joint"),
            Parameter.option("indexing.nproc", "--threads"),
            new Parameter(
                REFINEMENT + "detector.fix", "`--fix-distance=true`", GeometryPrograms::distance),
            new Parameter(
                REFINEMENT + "detector.fix_list",
                "`--fix-distance=true`",
                GeometryPrograms::distance),
            Parameter.only(VARYING, "crystals are static while they are indexed", "false"),
            Parameter.option(EXPERIMENTS, "--output-experiments"),
            Parameter.option(REFLECTIONS, "--output")));
  }

  private static void distance(String value, Call call) {
    if (!value.equalsIgnoreCase("distance") && !value.equalsIgnoreCase("Dist")) {
      throw new IllegalArgumentException(
          "while indexing only the distance can be fixed (distance, Dist); dials.refine fixes more");
    }
    call.option("--fix-distance=true");
  }

  static DialsProgram refine() {
    return DialsProgram.of(
            "refine",
            "refine",
            List.of(
                Parameter.setting(VARYING, "`--varying none` if False"),
                Parameter.setting(STATIC_CELL, "`--varying orientation` if True"),
                new Parameter(
                    REFINEMENT + "detector.fix",
                    "`--fix`: distance; position: distance, shifts; orientation: tau-normal,"
                        + " tilts; all",
                    GeometryPrograms::fixDetector),
                new Parameter(
                    REFINEMENT + "detector.fix_list",
                    "`--fix`: Dist: distance; Shift1,Shift2: shifts; Tau1: tau-normal; Tau2,Tau3:"
                        + " tilts",
                    GeometryPrograms::fixParameters),
                new Parameter(
                    REFINEMENT + "beam.fix",
                    "`--fix`, and `--free` for those not named: in_spindle_plane: mu1;"
                        + " out_spindle_plane: mu2; wavelength: wavenumber; all",
                    GeometryPrograms::fixBeam),
                new Parameter(
                    REFINEMENT + "crystal.fix",
                    "`--fix`: cell; orientation; all",
                    GeometryPrograms::fixCrystal),
                Parameter.option("refinement.mp.nproc", "--threads"),
                Parameter.option(EXPERIMENTS, "--output-experiments"),
                Parameter.option(REFLECTIONS, "--output")))
        .doing((call, mdx) -> mdx.run(call.words(List.of("refine"), varying(call), call.files())));
  }

  private static List<String> varying(Call call) {
    boolean cell = call.has(STATIC_CELL) && !Parameter.truth(call.get(STATIC_CELL, ""));
    boolean fixed = call.has(STATIC_CELL) && !cell;
    if (call.has(VARYING) && !Parameter.truth(call.get(VARYING, ""))) {
      return List.of("--varying=none");
    } else if (fixed) {
      return List.of("--varying=orientation");
    }
    return cell ? List.of("--varying=both") : List.of();
  }

  private static void fix(Call call, List<String> names) {
    names.forEach(n -> call.option("--fix=" + n));
  }

  private static void fixDetector(String value, Call call) {
    for (String word : Parameter.parts(value)) {
      fix(
          call,
          switch (word.toLowerCase(Locale.ROOT)) {
            case "distance" -> List.of("distance");
            case "position" -> List.of("distance", "shifts");
            case "orientation" -> List.of("tau-normal", "tilts");
            case "all" -> List.of("distance", "shifts", "tau-normal", "tilts");
            default ->
                throw new IllegalArgumentException(
                    "must be of distance, position, orientation, all");
          });
    }
  }

  private static void fixParameters(String value, Call call) {
    List<String> words =
        new ArrayList<>(
            Parameter.parts(value).stream().map(w -> w.toLowerCase(Locale.ROOT)).toList());
    DETECTOR.forEach(
        (theirs, ours) -> {
          List<String> together = List.of(theirs.split(","));
          if (words.containsAll(together)) {
            fix(call, ours);
            words.removeAll(together);
          }
        });
    if (!words.isEmpty()) {
      throw new IllegalArgumentException(
          String.join(", ", words)
              + " cannot be fixed alone; these can: Dist; Shift1,Shift2; Tau1; Tau2,Tau3");
    }
  }

  private static void fixBeam(String value, Call call) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("in_spindle_plane", "mu1");
    names.put("out_spindle_plane", "mu2");
    names.put("wavelength", "wavenumber");
    List<String> words =
        Parameter.parts(value).stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
    for (String word : words) {
      if (!word.equals("all") && !names.containsKey(word)) {
        throw new IllegalArgumentException("must be of " + names.keySet() + " and all");
      }
    }
    names.forEach(
        (theirs, ours) -> {
          boolean fixed = words.contains("all") || words.contains(theirs);
          call.option((fixed ? "--fix=" : "--free=") + ours);
        });
  }

  private static void fixCrystal(String value, Call call) {
    fix(
        call,
        switch (value.toLowerCase(Locale.ROOT)) {
          case "cell", "orientation" -> List.of(value.toLowerCase(Locale.ROOT));
          case "all" -> List.of("cell", "orientation");
          default -> throw new IllegalArgumentException("must be one of cell, orientation, all");
        });
  }

  static DialsProgram bravais() {
    return DialsProgram.of(
        "refine_bravais_settings",
        "bravais",
        List.of(
            Parameter.option("crystal_id", "--crystal"),
            Parameter.option("output.prefix", "--prefix"),
            Parameter.option("nproc", "--threads")));
  }

  static DialsProgram reindex() {
    return DialsProgram.of(
            "reindex",
            "reindex",
            List.of(
                Parameter.setting(OPERATOR, "`--op`; a,b,c unless given"),
                Parameter.option("space_group", "--space-group"),
                Parameter.setting(EXPERIMENTS, "`--outfile` of the list"),
                Parameter.setting(REFLECTIONS, "`--outfile` of the table")))
        .silent()
        .doing(
            (call, mdx) -> {
              List<String> more = new ArrayList<>();
              more.add("--op=" + call.get(OPERATOR, "a,b,c"));
              for (String file : call.files()) {
                boolean list = file.endsWith(".expt") || file.endsWith(".json");
                more.add(
                    "--outfile="
                        + (list
                            ? call.get(EXPERIMENTS, "reindexed.expt")
                            : call.get(REFLECTIONS, "reindexed.refl")));
              }
              return mdx.run(call.words(List.of("reindex"), more, call.files()));
            });
  }

  static DialsProgram searchBeam() {
    return DialsProgram.of(
        "search_beam_position",
        "find-beam",
        List.of(
            Parameter.option("max_cell", "--max-cell"),
            Parameter.option("d_min", "--d-min"),
            Parameter.option("nproc", "--threads"),
            Parameter.option(EXPERIMENTS, "--output")));
  }

  static DialsProgram findAxis() {
    return DialsProgram.of(
        "find_rotation_axis",
        "find-axis",
        List.of(Parameter.option("nproc", "--threads"), Parameter.option(EXPERIMENTS, "--output")));
  }
}
