package org.mdx.io.dials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Scan;
import org.mdx.io.MdxFormatException;

/**
 * An experiment list as it stands in its file: rows that refer to models, such as beam and crystal.
 * Whatever is in a model stays as it is, whether or not it is understood here, and models that
 * several rows share stay shared; so lists can be taken apart and put together without loss. {@link
 * Dials} reads what the models mean.
 */
public final class ExperimentList {
  private static final String ROWS = "experiment";

  /** The file that it was read from: its folder is what paths are relative to. */
  final Path file;

  final ObjectNode root;

  ExperimentList(Path file, ObjectNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a list.
   *
   * @param file the {@code .expt}, or {@code .json} of older versions
   * @return the list
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is damaged or no experiment list
   */
  public static ExperimentList read(Path file) throws IOException {
    ExperimentList list = new ExperimentList(file, (ObjectNode) ExptReader.tree(file));
    JsonCursor rows = list.cursor().get(ROWS);
    for (int i = 0; i < rows.size(); i++) {
      rows.at(i).text("identifier", "");
      for (String kind : list.kinds(i)) {
        list.model(i, kind);
      }
    }
    return list;
  }

  /**
   * Writes the list. Paths that are relative are changed if the list comes to lie in another
   * folder.
   *
   * @param target the file
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public void write(Path target) throws IOException {
    ExptWriter.write(target, ExptPaths.copied(root, file, target));
  }

  /**
   * The same list with paths that mean the same wherever it comes to lie.
   *
   * @return a list as long
   */
  public ExperimentList withAbsolutePaths() {
    return new ExperimentList(file, ExptPaths.absolute(root, file));
  }

  private JsonCursor cursor() {
    return new JsonCursor(file, "", root);
  }

  private JsonCursor row(int i) {
    Objects.checkIndex(i, size());
    return cursor().get(ROWS).at(i);
  }

  /**
   * Number of experiments.
   *
   * @return at least 0
   */
  public int size() {
    return root.get(ROWS).size();
  }

  /**
   * The identifier of an experiment.
   *
   * @param row the experiment
   * @return a unique name, or an empty text
   * @throws IndexOutOfBoundsException if there is no such experiment
   */
  public String identifier(int row) {
    return row(row).text("identifier", "");
  }

  /** What a row refers to: members that are integers and have a list of their name. */
  private List<String> kinds(int row) {
    List<String> kinds = new ArrayList<>();
    row(row)
        .node()
        .properties()
        .forEach(
            e -> {
              if (e.getValue().isIntegralNumber()
                  && root.path(e.getKey()).isArray()
                  && !e.getKey().equals(ROWS)) {
                kinds.add(e.getKey());
              }
            });
    return kinds;
  }

  /**
   * Which model of a kind an experiment has.
   *
   * @param row the experiment
   * @param kind such as {@code imageset} or {@code crystal}
   * @return index into the list of models, or empty if it has none
   * @throws IndexOutOfBoundsException if there is no such experiment
   */
  public OptionalInt model(int row, String kind) {
    JsonCursor index = row(row).optional(kind);
    if (index == null || index.integer() == -1) {
      return OptionalInt.empty();
    }
    int size = root.path(kind).size();
    if (index.integer() < 0 || index.integer() >= size) {
      throw index.failure(
          "an index into the " + size + " models of /" + kind,
          String.valueOf(index.integer()),
          "the file is damaged");
    }
    return OptionalInt.of(index.integer());
  }

  /**
   * Number of models of a kind, whether or not experiments refer to them.
   *
   * @param kind such as {@code imageset} or {@code crystal}
   * @return at least 0
   */
  public int models(String kind) {
    return root.path(kind).isArray() ? root.path(kind).size() : 0;
  }

  /**
   * The images of an experiment.
   *
   * @param row the experiment
   * @return their numbers, or empty if it has no scan
   * @throws IndexOutOfBoundsException if there is no such experiment
   * @throws MdxFormatException if the scan is damaged
   */
  public Optional<ImageRange> images(int row) {
    OptionalInt scan = model(row, "scan");
    return scan.isEmpty()
        ? Optional.empty()
        : Optional.of(ScanSlice.images(cursor().get("scan").at(scan.getAsInt())));
  }

  /**
   * The scan of an experiment.
   *
   * @param row the experiment
   * @return its angles and exposures, or empty if it has no scan
   * @throws IndexOutOfBoundsException if there is no such experiment
   * @throws MdxFormatException if the scan is damaged
   */
  public Optional<Scan> scan(int row) {
    OptionalInt scan = model(row, "scan");
    return scan.isEmpty()
        ? Optional.empty()
        : Optional.of(ScanJson.read(cursor().get("scan").at(scan.getAsInt())));
  }

  /**
   * The beam of an experiment.
   *
   * @param row the experiment
   * @return the beam
   * @throws IndexOutOfBoundsException if there is no such experiment
   * @throws MdxFormatException if it has none, or the beam is damaged or changes during the scan
   */
  public Beam beam(int row) {
    return ExptReader.beam(required(row, "beam"));
  }

  /**
   * The detector of an experiment.
   *
   * @param row the experiment
   * @return the detector
   * @throws IndexOutOfBoundsException if there is no such experiment
   * @throws MdxFormatException if it has none, or the detector is damaged
   */
  public Detector detector(int row) {
    return DetectorJson.read(required(row, "detector"));
  }

  private JsonCursor required(int row, String kind) {
    OptionalInt index = model(row, kind);
    if (index.isEmpty()) {
      throw row(row).failure("a " + kind, "none", "import the images again");
    }
    return cursor().get(kind).at(index.getAsInt());
  }

  /**
   * The first experiment of each image set, in which several may share one.
   *
   * @return their numbers, rising
   */
  public List<Integer> imageSets() {
    Set<Integer> seen = new HashSet<>();
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      OptionalInt set = model(i, "imageset");
      if (set.isPresent() && seen.add(set.getAsInt())) {
        rows.add(i);
      }
    }
    return rows;
  }

  /**
   * The mask file of an experiment's images.
   *
   * @param row the experiment
   * @return its path, or empty if there is none
   * @throws IndexOutOfBoundsException if there is no such experiment
   */
  public Optional<Path> mask(int row) {
    OptionalInt set = model(row, "imageset");
    if (set.isEmpty()) {
      return Optional.empty();
    }
    JsonCursor images = cursor().get("imageset").at(set.getAsInt());
    String mask = images.text("mask", "");
    return mask.isEmpty()
        ? Optional.empty()
        : Optional.of(
            images.get("mask").build("a path", () -> file.resolveSibling(mask).normalize()));
  }

  /**
   * The same experiments with other masks. In the file the path of a mask is absolute, as DIALS
   * writes it, or relative to the list where the path of the images is.
   *
   * @param masks a mask file for each of the {@linkplain #imageSets() image sets}, null for none
   * @return a list as long
   * @throws IllegalArgumentException if there are more or fewer masks than image sets
   */
  public ExperimentList withMasks(List<Path> masks) {
    List<Integer> sets = imageSets();
    if (masks.size() != sets.size()) {
      throw new IllegalArgumentException(
          masks.size() + " masks for " + sets.size() + " image sets");
    }
    ObjectNode copy = root.deepCopy();
    for (int i = 0; i < masks.size(); i++) {
      int index = model(sets.get(i), "imageset").orElseThrow();
      ExptPaths.setMask((ObjectNode) copy.get("imageset").get(index), masks.get(i), file);
    }
    return new ExperimentList(file, copy);
  }

  /**
   * A profile model {@code gaussian_rs}.
   *
   * @param sigmaB standard deviation of the beam divergence, degrees
   * @param sigmaM standard deviation of the mosaic spread, degrees
   * @param nSigma half the foreground in standard deviations
   */
  public record GaussianProfile(double sigmaB, double sigmaM, double nSigma) {}

  /**
   * The same experiments with profile models in place of those that they have.
   *
   * @param profiles one for each experiment
   * @return a list as long
   * @throws IllegalArgumentException if there are more or fewer of them than experiments
   */
  public ExperimentList withProfiles(List<GaussianProfile> profiles) {
    return new ExperimentList(file, ExptWriter.withProfiles(root.deepCopy(), profiles));
  }

  /**
   * Some of the experiments, with the models that they need.
   *
   * @param rows their numbers, in the order wanted
   * @return a list of them
   * @throws IndexOutOfBoundsException if there is no such experiment
   * @throws IllegalArgumentException if one is given twice
   */
  public ExperimentList select(int... rows) {
    if (Arrays.stream(rows).distinct().count() != rows.length) {
      throw new IllegalArgumentException(
          "an experiment is given twice in " + Arrays.toString(rows));
    }
    return rebuilt(rows, (row, model) -> model.node());
  }

  /**
   * Shorter scans of the same experiments: scan, image set and models that vary during the scan are
   * cut to some of the images. Scaling models stay as they are.
   *
   * @param ranges images for each experiment, or null for all of its images
   * @return a list as long
   * @throws IllegalArgumentException if there are more or fewer ranges than experiments, or images
   *     are asked for that a scan does not have
   * @throws MdxFormatException if a scan is damaged
   */
  public ExperimentList slice(List<ImageRange> ranges) {
    if (ranges.size() != size()) {
      throw new IllegalArgumentException(
          ranges.size() + " ranges of images for " + size() + " experiments");
    }
    List<ScanSlice> slices = new ArrayList<>();
    int[] rows = new int[size()];
    for (int i = 0; i < size(); i++) {
      rows[i] = i;
      slices.add(ranges.get(i) == null ? null : ScanSlice.of(i, images(i), ranges.get(i)));
    }
    return rebuilt(
        rows,
        (row, model) -> slices.get(row) == null ? model.node() : slices.get(row).apply(model));
  }

  /** Makes another model for a row, or gives back the same one. */
  @FunctionalInterface
  private interface Change {
    JsonNode apply(int row, JsonCursor model);
  }

  private ExperimentList rebuilt(int[] rows, Change change) {
    ObjectNode copy = root.deepCopy();
    for (int i = 0; i < size(); i++) {
      kinds(i).forEach(copy::putArray);
    }
    ArrayNode newRows = copy.putArray(ROWS);
    Map<List<Object>, Integer> places = new HashMap<>();
    for (int row : rows) {
      ObjectNode newRow = row(row).node().deepCopy();
      for (String kind : kinds(row)) {
        int index = model(row, kind).orElse(-1);
        if (index >= 0) {
          JsonCursor old = cursor().get(kind).at(index);
          JsonNode model = change.apply(row, old);
          ArrayNode models = (ArrayNode) copy.get(kind);
          List<Object> key = List.of(kind, index, model == old.node() ? "" : model);
          Integer place = places.putIfAbsent(key, models.size());
          if (place == null) {
            newRow.put(kind, models.size());
            models.add(model.deepCopy());
          } else {
            newRow.put(kind, place);
          }
        }
      }
      newRows.add(newRow);
    }
    return new ExperimentList(file, copy);
  }

  /**
   * The experiments of several lists in one.
   *
   * @param lists at least one; paths in it become relative to the folder of the first
   * @return their experiments, in order
   * @throws IllegalArgumentException if an identifier is there twice
   */
  public static ExperimentList combine(List<ExperimentList> lists) {
    ExperimentList first = lists.get(0);
    ObjectNode all = first.root.deepCopy();
    Set<String> identifiers = new HashSet<>();
    requireNew(identifiers, first);
    for (ExperimentList list : lists.subList(1, lists.size())) {
      requireNew(identifiers, list);
      ObjectNode more = ExptPaths.copied(list.root, list.file, first.file);
      for (int i = 0; i < list.size(); i++) {
        ObjectNode row = (ObjectNode) more.get(ROWS).get(i);
        for (String kind : list.kinds(i)) {
          int before = all.path(kind).size();
          list.model(i, kind).ifPresent(index -> row.put(kind, before + index));
        }
      }
      for (Map.Entry<String, JsonNode> member : more.properties()) {
        if (member.getValue().isArray() && all.path(member.getKey()).isArray()) {
          ((ArrayNode) all.get(member.getKey())).addAll((ArrayNode) member.getValue());
        } else if (!all.has(member.getKey())) {
          all.set(member.getKey(), member.getValue());
        }
      }
    }
    return new ExperimentList(first.file, all);
  }

  private static void requireNew(Set<String> identifiers, ExperimentList list) {
    for (int i = 0; i < list.size(); i++) {
      String identifier = list.identifier(i);
      if (!identifier.isEmpty() && !identifiers.add(identifier)) {
        throw new IllegalArgumentException(
            list.file
                + (": the experiment "
                    + identifier
                    + " is there twice; give each file once, or new")
                + " identifiers with dials.assign_experiment_identifiers");
      }
    }
  }

  @Override
  public String toString() {
    return "ExperimentList["
        + (size() == 1 ? "1 experiment" : size() + " experiments")
        + (size() == 0 ? "]" : ", " + models("crystal") + " crystals]");
  }
}
