package org.mdx.io.nexus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.FoundCutoff;
import org.mdx.peaks.FoundThreshold;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.parts.SweepPart;
import org.mdx.pipeline.parts.SweepParts;
import org.mdx.table.HKLTable;

/**
 * Single sweeps of a reduction in a folder: {@code split_0}, {@code split_1}, …, each with {@code
 * corrected.nxs}, {@code peaks.nxs}, {@code mask.nxs} and, written last, {@code sweep.json} with
 * the key of the part and its totals. A sweep without that file is not there. Several processes may
 * write different sweeps to one folder.
 */
public final class SweepFolder implements SweepParts {
  /** The file that says that a sweep is whole. */
  public static final String WHOLE = "sweep.json";

  private static final String FORMAT = "mdx sweep of a reduction";
  private static final Pattern NAME = Pattern.compile("split_(\\d{1,9})");
  private static final JsonMapper JSON = new JsonMapper();
  private static final long LONGEST = 1 << 20;

  private final Path folder;
  private final List<Sweep> sweeps;
  private final String program;
  private final boolean replaces;

  private SweepFolder(Path folder, List<Sweep> sweeps, String program, boolean replaces) {
    this.folder = folder;
    this.sweeps = List.copyOf(sweeps);
    this.program = program;
    this.replaces = replaces;
  }

  /**
   * The parts of a reduction.
   *
   * @param folder where; it is made when a part is kept
   * @param sweeps all sweeps of the reduction, in order
   * @param program name and version of what reduces; parts of another one are not taken
   * @return the parts, which refuses those of another reduction
   */
  public static SweepFolder of(Path folder, List<Sweep> sweeps, String program) {
    return new SweepFolder(folder, sweeps, program, false);
  }

  /**
   * The same, but parts of another reduction are replaced.
   *
   * @return parts
   */
  public SweepFolder replacing() {
    return new SweepFolder(folder, sweeps, program, true);
  }

  /**
   * The folder of a sweep.
   *
   * @param folder of the reduction
   * @param number of the sweep, from 0
   * @return a folder in it
   */
  public static Path of(Path folder, int number) {
    return folder.resolve("split_" + number);
  }

  /**
   * How many sweeps a folder's parts need at least.
   *
   * @param folder of a reduction
   * @return one more than the highest number of a part; 0 if there is none
   * @throws IOException if the folder cannot be read
   */
  public static int count(Path folder) throws IOException {
    int count = 0;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inner = Files.list(folder)) {
        for (Path p : inner.toList()) {
          Matcher m = NAME.matcher(p.getFileName().toString());
          if (m.matches() && Files.exists(p.resolve(WHOLE))) {
            count = Math.max(count, Integer.parseInt(m.group(1)) + 1);
          }
        }
      }
    }
    return count;
  }

  @Override
  public Optional<SweepPart> find(int number, String key) {
    Path in = of(folder, number);
    Path whole = in.resolve(WHOLE);
    try {
      if (!Files.exists(whole) || !Files.exists(in.resolve("corrected.nxs"))) {
        return Optional.empty();
      }
      JsonNode o = read(whole);
      if (key.equals(o.path("key").asText()) && program.equals(o.path("program").asText())) {
        return Optional.of(part(number, in, o));
      }
      if (replaces) {
        return Optional.empty();
      }
      throw new IllegalArgumentException(
          whole
              + ": sweep "
              + number
              + " was reduced "
              + (program.equals(o.path("program").asText())
                  ? "from other images, geometry or background, or with other options"
                  : "by " + o.path("program").asText() + ", this is " + program)
              + "; replace it with --overwrite, or name another folder with --out");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) throws IOException {
    long size = Files.size(file);
    if (size <= LONGEST) {
      try {
        JsonNode o = JSON.readTree(Files.readAllBytes(file));
        if (FORMAT.equals(o.path("format").asText())) {
          return o;
        }
      } catch (JsonProcessingException e) {
        throw damaged(file, e.getOriginalMessage());
      }
    }
    throw damaged(file, size + " bytes without its format");
  }

  private static MdxFormatException damaged(Path file, String found) {
    return new MdxFormatException(
        file, "", FORMAT, found, "delete it, and the sweep is reduced again");
  }

  private SweepPart part(int number, Path in, JsonNode o) throws IOException {
    Path file = in.resolve(WHOLE);
    HKLTable table = Mdx2.readTable(in.resolve("corrected.nxs"));
    if (table.rows() != o.path("observations").asLong(-1)) {
      throw new MdxFormatException(
          in.resolve("corrected.nxs"),
          "hkl_table",
          o.path("observations").asText() + " rows, as " + WHOLE + " says",
          table.rows() + " rows",
          "delete " + WHOLE + ", and the sweep is reduced again");
    }
    PeaksFile p = Mdx2.readPeaks(in.resolve("peaks.nxs"), sweeps.get(number).geometry().scan());
    BraggMask mask = Mdx2.readMask(in.resolve("mask.nxs"));
    try {
      Peaks peaks =
          new Peaks(
              p.model(),
              p.positions(),
              p.outliers(),
              p.countThreshold().orElse(mask.countThreshold()),
              record(o, "found_threshold", FoundThreshold.class));
      return new SweepPart(
          peaks,
          mask,
          record(o, "found_cutoff", FoundCutoff.class),
          JSON.treeToValue(o.get("totals"), SweepPart.Totals.class),
          table);
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage());
    }
  }

  private static <T> Optional<T> record(JsonNode o, String name, Class<T> type)
      throws JsonProcessingException {
    return o.hasNonNull(name) ? Optional.of(JSON.treeToValue(o.get(name), type)) : Optional.empty();
  }

  @Override
  public void keep(int number, String key, SweepPart part) {
    Path in = of(folder, number);
    try {
      Files.createDirectories(in);
      Files.deleteIfExists(in.resolve(WHOLE)); // what follows replaces what it vouches for
      Mdx2.writeTable(in.resolve("corrected.nxs"), part.corrected());
      Mdx2.writePeaks(in.resolve("peaks.nxs"), part.peaks(), sweeps.get(number).geometry().scan());
      Mdx2.writeMask(in.resolve("mask.nxs"), part.mask());
      ObjectNode o = JSON.createObjectNode().put("format", FORMAT).put("program", program);
      o.put("key", key).put("sweep", number).put("of", sweeps.size());
      o.put("images", sweeps.get(number).images().source().describe(0));
      o.put("observations", part.corrected().rows());
      o.set("totals", JSON.valueToTree(part.totals()));
      o.set("found_threshold", JSON.valueToTree(part.peaks().foundThreshold().orElse(null)));
      o.set("found_cutoff", JSON.valueToTree(part.cutoff().orElse(null)));
      byte[] text = (o.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(in.resolve(WHOLE), out -> out.write(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "SweepFolder[" + folder + ", " + sweeps.size() + " sweeps]";
  }
}
