package org.mdx.microed.results;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ImageRange;

/** Reads what DIALS left in the folder of a trial. */
final class TrialReader {
  /** Python writes NaN as such. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final Pattern BEST = Pattern.compile("(?m)^\\s*Best solution:\\s*(.+?)\\s*$");
  private static final Pattern PROBABILITY =
      Pattern.compile("(?m)^\\s*Laue group probability:\\s*([\\d.]+)");
  private static final Pattern VERSION =
      Pattern.compile("(?m)(?:^DIALS (?=\\d)|^(?=mdx ))((?:mdx )?[^\\s,]+)");
  private static final String PICTURE = "crystal-axes.png";
  private static final long MOST_BYTES = 64 << 20;

  private static final String[] WITHOUT_BLANKS = {
    "not_blank/dials.scale.log", "dials.scale_not_blank.log", "not_blank/scaled.json"
  };
  private static final String[] WITH_BLANKS = {"dials.scale.log", "scaled.json"};

  private static final String[][] STEPS = {
    {"imported.expt", "import"},
    {"strong.refl", "find-spots"},
    {"indexed.expt", "index"},
    {"refined.expt", "refine"},
    {"integrated.expt", "integrate"},
    {"not_blank.expt", "filter-blanks"}
  };

  private final Path folder;

  private TrialReader(Path folder) {
    this.folder = folder;
  }

  /** Whether a folder is that of a trial. */
  static boolean isTrial(Path folder) {
    for (String name : new String[] {"state.json", "dials.import.log", "dials.index.log"}) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return true;
      }
    }
    return Files.isRegularFile(folder.resolve("dials.scale.log"))
        || Files.isRegularFile(folder.resolve("not_blank/dials.scale.log"));
  }

  static CrystalResult read(Path folder, String path, double limit) {
    return new TrialReader(folder).read(path, limit);
  }

  private CrystalResult read(String path, double ccLimit) {
    Optional<MergingTable> merging = merging(WITHOUT_BLANKS);
    boolean removed = merging.isPresent();
    if (!removed) {
      merging = merging(WITH_BLANKS);
    }
    String integrated = text("dials.integrate.log");
    List<CellText> cells = CellText.parse(integrated);
    String symmetry = symmetryLog();
    int frames = frames("imported.expt").orElse(frames("integrated.expt").orElse(0));
    return new CrystalResult(
        path,
        stopped(merging.isPresent()),
        merging.map(m -> ResolutionLimit.of(m, ccLimit)).orElse(ResolutionLimit.NONE),
        cells.stream().findFirst(),
        cells.size(),
        first(BEST, symmetry).orElse(""),
        first(PROBABILITY, symmetry).map(Double::parseDouble).orElse(Double.NaN),
        frames("not_blank.expt").orElse(0),
        frames,
        removed,
        merging,
        scales(json(removed ? "not_blank/scaled.json" : "scaled.json")),
        first(VERSION, integrated).or(() -> first(VERSION, text("dials.import.log"))).orElse(""),
        picture());
  }

  /** That of the trial, or of the crystal. */
  private Optional<Path> picture() {
    return Stream.of(folder.resolve(PICTURE), folder.resolveSibling(PICTURE))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The first table in one of some files. */
  private Optional<MergingTable> merging(String[] files) {
    for (String name : files) {
      Optional<MergingTable> table =
          name.endsWith(".json") ? MergingTable.of(json(name)) : MergingTable.parse(text(name));
      if (table.isPresent()) {
        return table;
      }
    }
    return Optional.empty();
  }

  private String symmetryLog() {
    for (String log :
        new String[] {"dials.symmetry_not_blank.log", "dials.symmetry.log", "dials.cosym.log"}) {
      String text = text(log);
      if (BEST.matcher(text).find()) {
        return text;
      }
    }
    return "";
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find() ? Optional.of(m.group(1)) : Optional.empty();
  }

  /** A text file; empty if there is none that can be read. */
  private String text(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      return ""; // a row with what the other files say is worth more than none
    }
  }

  private JsonNode json(String name) {
    try {
      String text = text(name);
      return text.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** Images of all experiments that share none; empty if the list cannot be read. */
  private Optional<Integer> frames(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      ExperimentList list = ExperimentList.read(file);
      // lattices of one crystal have the same images
      return list.size() == 0 ? Optional.empty() : list.images(0).map(ImageRange::length);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Where a trial stopped: as its state says, or by the first file that is missing. */
  private String stopped(boolean scaled) {
    JsonNode state = json("state.json");
    if (state.has("status")) {
      String status = state.path("status").asText();
      JsonNode steps = state.path("steps");
      return switch (status) {
        case "done" -> "";
        case "running" ->
            steps.path(steps.size() - 1).path("name").asText() + ": running, or interrupted";
        default -> state.path("reason").asText(status);
      };
    }
    for (String[] step : STEPS) {
      if (!Files.exists(folder.resolve(step[0])) && !(scaled && step[1].equals("filter-blanks"))) {
        return step[1];
      }
    }
    return scaled ? "" : "scale";
  }

  private static List<CrystalResult.Point> scales(JsonNode root) {
    JsonNode plot = root.at("/batch_plots/scale_rmerge_vs_batch/data/0");
    JsonNode x = plot.path("x");
    JsonNode y = plot.path("y");
    List<CrystalResult.Point> points = new ArrayList<>();
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      if (Double.isFinite(y.get(i).asDouble(Double.NaN))) {
        points.add(new CrystalResult.Point(x.get(i).asDouble(), y.get(i).asDouble()));
      }
    }
    return points;
  }
}
