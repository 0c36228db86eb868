package org.mdx.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.mdx.bragg.process.ProcessOptions;
import org.mdx.bragg.process.Processed;
import org.mdx.bragg.process.Stage;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.output.AtomicFile;

/** Whether a folder holds the complete results of the same images with the same options. */
final class EarlierRun {
  private final Path folder;
  private final String key;

  private EarlierRun(Path folder, String key) {
    this.folder = folder;
    this.key = key;
  }

  static EarlierRun of(Path folder, List<FoundCrystal> found, ProcessOptions options, Path mask) {
    StringBuilder text = new StringBuilder();
    text.append(options.crystal().key(Stage.INTEGRATE)).append('\n');
    text.append(options.symmetry()).append(options.scale()).append(options.merge()).append('\n');
    text.append(options.deltaCcHalf()).append(' ').append(options.clusters()).append('\n');
    text.append(mask).append('\n');
    for (FoundCrystal c : found) {
      text.append(c.name());
      for (DialsExperiment e : c.experiments()) {
        Geometry g = e.geometry();
        text.append(' ').append(e.template()).append(' ').append(e.mask()).append(' ').append(g);
        text.append(' ').append(g.beam()).append(' ').append(g.goniometer());
        text.append(' ').append(g.detector().panels());
      }
      text.append('\n');
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return new EarlierRun(folder, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Path marker() {
    return folder.resolve("complete.txt");
  }

  boolean isComplete() throws IOException {
    if (!Files.exists(marker()) || !Files.readString(marker()).strip().equals(key)) {
      return false;
    }
    boolean all = Files.exists(folder.resolve("summary.txt")) && Files.exists(jsonFile());
    if (!all) {
      return false;
    }
    for (JsonNode set : numbers().path("data_sets")) {
      for (String name : DataSetFiles.NAMES) {
        all &= Files.exists(folder.resolve(set.path("name").asText()).resolve(name));
      }
    }
    return all;
  }

  private Path jsonFile() {
    return folder.resolve("process.json");
  }

  private JsonNode numbers() throws IOException {
    return new ObjectMapper().readTree(jsonFile().toFile());
  }

  String summary() throws IOException {
    return Files.readString(folder.resolve("summary.txt"));
  }

  String json() throws IOException {
    return Files.readString(jsonFile());
  }

  int exitCode() throws IOException {
    return numbers().path("data_sets").isEmpty() ? 1 : 0;
  }

  /** Remembers that all is there; a run without a data set is tried again. */
  void keep(Processed done) throws IOException {
    if (done.dataSets().isEmpty()) {
      Files.deleteIfExists(marker());
    } else {
      AtomicFile.write(marker(), out -> out.write((key + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }
}
