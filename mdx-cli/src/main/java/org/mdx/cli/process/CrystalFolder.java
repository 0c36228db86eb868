package org.mdx.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.bragg.process.Stage;
import org.mdx.bragg.process.StageProduct;
import org.mdx.bragg.process.StageStore;
import org.mdx.cli.terminal.JsonText;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.output.AtomicFile;
import org.mdx.reflection.Reflections;

/**
 * The results of one crystal under DIALS's names, and {@code crystal.json}, which tells with what
 * options each was made.
 */
final class CrystalFolder implements StageStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<DialsExperiment> experiments;
  private final Map<String, Object> stages = new LinkedHashMap<>();
  private JsonNode before;

  CrystalFolder(Path folder, List<DialsExperiment> experiments) {
    this.folder = folder;
    this.experiments = List.copyOf(experiments);
  }

  Path file(Stage stage, String ending) {
    return folder.resolve(stage.product() + ending);
  }

  /** Makes the folder; what is there of other images or another geometry does not count. */
  private void open() throws IOException {
    if (before != null) {
      return;
    }
    Files.createDirectories(folder);
    before = JSON.createObjectNode();
    if (experiments.isEmpty()) {
      return;
    }
    Path list = file(Stage.IMPORT, ".expt");
    Path fresh = folder.resolve("imported.expt.new");
    Dials.write(fresh, experiments);
    boolean same = Files.exists(list) && Files.mismatch(list, fresh) < 0;
    if (same) {
      Files.delete(fresh);
    } else {
      Files.move(fresh, list, StandardCopyOption.REPLACE_EXISTING);
    }
    Path told = folder.resolve("crystal.json");
    if (same && Files.exists(told)) {
      before = JSON.readTree(told.toFile());
    }
  }

  @Override
  public Optional<StageProduct> load(Stage stage, String key) throws IOException {
    open();
    JsonNode told = before.path("stages").path(stage.product());
    Path list = file(stage == Stage.SPOTS ? Stage.IMPORT : stage, ".expt");
    Path table = file(stage, ".refl");
    if (!told.path("options").asText().equals(key) || !Files.exists(list) || !Files.exists(table)) {
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> e : before.path("stages").properties()) {
      stages.put(e.getKey(), JSON.convertValue(e.getValue(), Map.class));
    }
    List<String> notes = new ArrayList<>();
    told.path("notes").forEach(n -> notes.add(n.asText()));
    return Optional.of(
        new StageProduct(
            stage,
            Dials.experiments(list).stream().map(DialsExperiment::geometry).toList(),
            ReflectionFile.readReflections(table),
            Optional.empty(),
            SummaryJson.read(told.path("summary")),
            notes));
  }

  @Override
  public void save(StageProduct p, String key) throws IOException {
    open();
    Map<Integer, String> identifiers = new LinkedHashMap<>();
    List<DialsExperiment> rows = new ArrayList<>();
    for (int row = 0; row < p.geometries().size(); row++) {
      int sweep = row % experiments.size();
      DialsExperiment e = experiments.get(sweep);
      String identifier = e.latticeIdentifier(sweep, row / experiments.size());
      identifiers.put(row, identifier);
      rows.add(row(e, identifier, p.geometries().get(row)));
    }
    Reflections table = p.reflections().withIdentifiers(identifiers);
    if (p.stage() != Stage.SPOTS) {
      Path list = file(p.stage(), ".expt");
      Dials.write(list, rows);
      if (p.widths().isPresent()) {
        ExperimentList.read(list).withProfiles(profiles(p.widths().get())).write(list);
      }
    }
    ReflectionFile.write(file(p.stage(), ".refl"), table);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("options", key);
    told.put("summary", SummaryJson.of(p.summary()));
    told.put("notes", p.notes());
    stages.put(p.stage().product(), told);
    byte[] text = JsonText.of(Map.of("stages", stages)).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve("crystal.json"), out -> out.write(text));
  }

  private static DialsExperiment row(DialsExperiment e, String identifier, Geometry g) {
    return e.ofScan(g).withIdentifier(identifier);
  }

  private static List<ExperimentList.GaussianProfile> profiles(List<SpotWidths> widths) {
    return widths.stream()
        .map(w -> new ExperimentList.GaussianProfile(w.sigmaB(), w.sigmaM(), SpotWidths.N_SIGMA))
        .toList();
  }
}
