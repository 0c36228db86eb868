package org.mdx.io.dials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.scaling.PhysicalScaling;
import org.mdx.io.image.ImageFiles;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.scale.BraggScale;

/** DIALS experiment lists ({@code .expt}, or {@code .json} of older versions) as sweeps. */
public final class Dials {
  private Dials() {}

  /**
   * The sweep of an experiment list with one experiment. Finds all images and reads the mask, but
   * no image data.
   *
   * @param expt the experiment list; image and mask paths are relative to its folder
   * @return the sweep
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if the list is damaged or holds several experiments, or images are
   *     missing or do not match the detector
   */
  public static ImageSeries read(Path expt) throws IOException {
    return images(expt, single(expt, experiments(expt)), 0);
  }

  /**
   * One of the sweeps of an experiment list.
   *
   * @param expt the experiment list; image and mask paths are relative to its folder
   * @param row number of the experiment, from 0
   * @return the sweep
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if the list is damaged or has no such experiment, or images are
   *     missing or do not match the detector
   */
  public static ImageSeries read(Path expt, int row) throws IOException {
    return images(expt, experiment(expt, row), row);
  }

  /**
   * One of the sweeps of an experiment list with frames from elsewhere, such as a copy of them; its
   * images need not exist.
   *
   * @param expt the experiment list; the mask's path is relative to its folder
   * @param row number of the experiment, from 0
   * @param source the frames
   * @return the sweep
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if the list is damaged or has no such experiment
   * @throws IllegalArgumentException if the frames do not match it
   */
  public static ImageSeries read(Path expt, int row, ImageSource source) throws IOException {
    DialsExperiment e = experiment(expt, row);
    return new ImageSeries(
        attenuated(e), source, masks(expt, e, "/experiment/" + row + "/imageset"));
  }

  /**
   * One of the rows of an experiment list; images and mask need not exist.
   *
   * @param expt the experiment list
   * @param row number of the experiment, from 0
   * @return its models
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the list is damaged or has no such experiment
   */
  public static DialsExperiment experiment(Path expt, int row) throws IOException {
    List<DialsExperiment> experiments = experiments(expt);
    if (row < 0 || row >= experiments.size()) {
      throw new MdxFormatException(
          expt,
          "/experiment",
          "an experiment with the number " + row,
          experiments.size() + " experiments, numbers 0 to " + (experiments.size() - 1),
          "");
    }
    return experiments.get(row);
  }

  /**
   * All sweeps of an experiment list.
   *
   * @param expt the experiment list; image and mask paths are relative to its folder
   * @return the sweeps, in order
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if the list is damaged, or images are missing or do not match the
   *     detector
   */
  public static List<ImageSeries> readAll(Path expt) throws IOException {
    List<ImageSeries> series = new ArrayList<>();
    List<DialsExperiment> experiments = experiments(expt);
    for (int i = 0; i < experiments.size(); i++) {
      series.add(images(expt, experiments.get(i), i));
    }
    return series;
  }

  /**
   * The geometry of an experiment list with one experiment; images and mask need not exist.
   *
   * @param expt the experiment list
   * @return its geometry, without crystal before indexing
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the list is damaged or holds several experiments
   */
  public static Geometry readGeometry(Path expt) throws IOException {
    return attenuated(single(expt, experiments(expt)));
  }

  /**
   * All rows of an experiment list; images and masks need not exist.
   *
   * @param expt the experiment list
   * @return the rows with their models, at least one
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the list is damaged
   */
  public static List<DialsExperiment> experiments(Path expt) throws IOException {
    return ExptReader.read(expt);
  }

  /**
   * The reflections of some rows. Identifiers tell which row a reflection belongs to; where list or
   * table have none, its id is the number of the row.
   *
   * @param table the table of reflections
   * @param rows those of the experiment list that goes with it
   * @return the reflections, their ids the numbers of the rows; −1 stays
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the table is damaged or belongs to other experiments
   */
  public static Reflections reflections(Path table, List<DialsExperiment> rows) throws IOException {
    Reflections all = ReflectionFile.readReflections(table);
    if (all.identifiers().isEmpty() || !all.has(ReflectionKeys.ID)) {
      return all;
    }
    Map<Integer, Integer> numbers = numbers(table, all.identifiers(), rows);
    int[] id = all.get(ReflectionKeys.ID).clone();
    for (int i = 0; i < id.length; i++) {
      if (id[i] >= 0) {
        Integer row = numbers.get(id[i]);
        if (row == null) {
          throw refused(
              table,
              rows.size() + " experiments",
              all.identifiers().getOrDefault(id[i], "" + id[i]));
        }
        id[i] = row;
      }
    }
    if (numbers.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()))) {
      return all;
    }
    Map<Integer, String> identifiers = new TreeMap<>();
    numbers.forEach((old, row) -> identifiers.put(row, rows.get(row).identifier()));
    return all.with(ReflectionKeys.ID, id).withIdentifiers(identifiers);
  }

  /**
   * Whether spots were found in others than some experiments, as far as identifiers tell.
   *
   * @param spots of one or several experiments
   * @param rows experiments to take them for
   * @return what to tell if none of the rows is one of theirs; a list may have been imported anew
   */
  public static Optional<String> otherExperiments(Reflections spots, List<DialsExperiment> rows) {
    boolean known =
        spots.identifiers().isEmpty()
            || rows.stream()
                .anyMatch(
                    e ->
                        e.identifier().isEmpty()
                            || spots.identifiers().containsValue(e.identifier()));
    return known
        ? Optional.empty()
        : Optional.of(
            "the spots were found in experiment "
                + String.join(", ", spots.identifiers().values())
                + ", which the list does not have; the images should be the same");
  }

  /** Numbers of rows by the ids of a table. */
  private static Map<Integer, Integer> numbers(
      Path table, Map<Integer, String> identifiers, List<DialsExperiment> rows)
      throws MdxFormatException {
    Map<String, Integer> ids = new HashMap<>();
    identifiers.forEach((id, text) -> ids.put(text, id));
    Map<Integer, Integer> numbers = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      Integer id = ids.get(rows.get(row).identifier());
      if (id != null) {
        numbers.put(id, row);
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      String identifier = rows.get(row).identifier();
      if (!ids.containsKey(identifier) && !numbers.containsKey(row)) {
        if (!identifier.isEmpty() && identifiers.containsKey(row)) {
          throw refused(table, "experiment " + row + ", " + identifier, identifiers.get(row));
        }
        numbers.put(row, row);
      }
    }
    return numbers;
  }

  private static MdxFormatException refused(Path table, String rows, String found) {
    return new MdxFormatException(
        table,
        "experiment_identifiers",
        "reflections of the " + rows + " of the list",
        "reflections of " + found,
        "give the list that goes with the table");
  }

  /**
   * How the reflections of each row were scaled.
   *
   * @param expt the experiment list of {@code dials.scale}
   * @return for each row scale and decay of a {@code physical} model, of others the name alone;
   *     empty where it was not scaled
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if a model is damaged
   */
  public static List<Optional<BraggScale>> scaling(Path expt) throws IOException {
    return ExptReader.scaling(expt);
  }

  /**
   * The error models of scaled experiments, σ'² = a²(σ² + (bI)²).
   *
   * @param expt an experiment list
   * @return a and b of each row; an empty array where the list does not tell them
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is no experiment list
   */
  public static List<double[]> errorModels(Path expt) throws IOException {
    return ExptReader.errorModels(expt);
  }

  /**
   * Writes an experiment list that DIALS reads. Images and mask need not exist yet; their paths
   * become relative to the folder of the list.
   *
   * @param expt the file
   * @param experiments its rows
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path expt, List<DialsExperiment> experiments) throws IOException {
    ExptWriter.write(expt, experiments);
  }

  /**
   * One of the sweeps of an experiment list that has been read: so a list of thousands is read
   * once.
   *
   * @param expt the experiment list, for messages
   * @param experiment one of its {@link #experiments}
   * @param row its number, from 0, for messages
   * @return the sweep
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if it names no images, or they are missing or do not match the
   *     detector
   */
  public static ImageSeries read(Path expt, DialsExperiment experiment, int row)
      throws IOException {
    return images(expt, experiment, row);
  }

  /**
   * The sweep of an experiment that stands in no list yet. Finds all images and reads the mask, but
   * no image data.
   *
   * @param experiment with a template
   * @return the sweep
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if images are missing or do not match the detector
   * @throws IllegalArgumentException if the experiment has no template of images
   */
  public static ImageSeries open(DialsExperiment experiment) throws IOException {
    if (experiment.template() == null) {
      throw new IllegalArgumentException("the experiment has no template of images");
    }
    return images(experiment.template(), experiment, 0);
  }

  /**
   * The same experiments with other crystals; covariances of the old ones are dropped.
   *
   * @param list the experiments
   * @param crystals one for each experiment
   * @return a list as long
   * @throws IllegalArgumentException if there are more or fewer of them than experiments
   */
  public static ExperimentList withCrystals(ExperimentList list, List<Crystal> crystals) {
    return new ExperimentList(list.file, ExptWriter.withCrystals(list.root.deepCopy(), crystals));
  }

  /**
   * The same experiments with physical scaling models.
   *
   * @param list the experiments
   * @param models one for each experiment, or null for one that was not scaled
   * @return a list as long
   * @throws IllegalArgumentException if there are more or fewer of them than experiments
   */
  public static ExperimentList withScaling(ExperimentList list, List<PhysicalScaling> models) {
    return new ExperimentList(list.file, ExptWriter.withScaling(list.root.deepCopy(), models));
  }

  private static DialsExperiment single(Path expt, List<DialsExperiment> experiments) {
    if (experiments.size() != 1) {
      throw new MdxFormatException(
          expt,
          "/experiment",
          "one experiment",
          experiments.size() + " experiments",
          "read them all, or separate them with dials.split_experiments");
    }
    return experiments.get(0);
  }

  private static ImageSeries images(Path expt, DialsExperiment experiment, int row)
      throws IOException {
    String place = "/experiment/" + row + "/imageset";
    if (experiment.template() == null) {
      throw new MdxFormatException(
          expt, place, "an image template", "none", "import the images again");
    }
    Geometry geometry = experiment.geometry();
    List<PixelMask> masks = masks(expt, experiment, place);
    int frames = geometry.scan().frames();
    List<Path> files =
        ImageFiles.expand(experiment.template(), geometry.scan().firstImage(), frames);
    ImageSource source =
        files.size() == 1 && !isNumbered(experiment.template())
            ? ImageFiles.open(files.get(0), indices(experiment), geometry.detector())
            : ImageFiles.open(files, frames, geometry.detector());
    return new ImageSeries(attenuated(experiment), source, masks);
  }

  /** Its geometry with the attenuators that the first image tells, where the list does not. */
  private static Geometry attenuated(DialsExperiment experiment) {
    Geometry geometry = experiment.geometry();
    Scan scan = geometry.scan();
    if (scan.transmission().isPresent() || experiment.template() == null) {
      return geometry;
    }
    try {
      Path image = ImageFiles.expand(experiment.template(), scan.firstImage(), 1).get(0);
      OptionalDouble told = ImageFiles.header(image).scan().transmission();
      return told.isEmpty()
          ? geometry
          : geometry.withScan(scan.withTransmission(told.getAsDouble()));
    } catch (IOException | MdxFormatException e) {
      return geometry; // images that are not there, or a header that cannot be read, tell nothing
    }
  }

  private static boolean isNumbered(Path template) {
    return template.getFileName().toString().contains("#");
  }

  /** Which images of a file with many: those that the scan numbers from 1. */
  private static int[] indices(DialsExperiment experiment) {
    Scan scan = experiment.geometry().scan();
    return IntStream.range(0, scan.frames()).map(i -> scan.firstImage() - 1 + i).toArray();
  }

  private static List<PixelMask> masks(Path expt, DialsExperiment experiment, String place)
      throws IOException {
    List<Panel> panels = experiment.geometry().detector().panels();
    if (experiment.mask() == null) {
      return panels.stream().map(p -> PixelMask.none(p.width(), p.height())).toList();
    }
    if (!Files.isRegularFile(experiment.mask())) {
      throw new MdxFormatException(
          expt,
          place + "/mask",
          "the file " + experiment.mask(),
          "no such file",
          "copy the mask there or correct the path");
    }
    return MaskFile.read(experiment.mask(), experiment.geometry().detector());
  }
}
