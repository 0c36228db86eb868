package org.mdx.io.dials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mdx.crystal.BCovariance;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.io.internal.json.JsonTree;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.scale.BraggScale;
import org.mdx.scale.SmoothedCurve;

/** Reads experiment lists: rows of indices into lists of models. */
final class ExptReader {
  /** Å; a shorter wavelength is that of electrons where the file does not name the probe. */
  private static final double ELECTRONS = 0.1;

  private static final String STILLS =
      "mdx knows rotation scans only; import the images as one, or leave stills to DIALS";
  private static final int SEARCHED = 4096;

  /** White space, and the mark that some programs put before UTF-8. */
  private static final String BEFORE = " \t\r\n\u00ef\u00bb\u00bf";

  /** What a Java array holds. */
  private static final long MOST = Integer.MAX_VALUE - 8;

  private final Path file;
  private final JsonCursor root;

  private ExptReader(Path file, JsonNode root) {
    this.file = file;
    this.root = new JsonCursor(file, "", root);
  }

  static List<DialsExperiment> read(Path file) throws IOException {
    ExptReader reader = new ExptReader(file, tree(file));
    JsonCursor rows = reader.root.get("experiment");
    List<DialsExperiment> experiments = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      experiments.add(reader.experiment(rows.at(i)));
    }
    if (experiments.isEmpty()) {
      throw rows.failure("at least one experiment", "an empty list", "");
    }
    return experiments;
  }

  /** The tree of a file that says that it is an experiment list. */
  static JsonNode tree(Path file) throws IOException {
    JsonNode root = parse(file);
    if (root.isArray() && root.path(0).path("__id__").asText().equals("DataBlock")) {
      throw new MdxFormatException(
          file,
          "/0/__id__",
          "ExperimentList",
          "DataBlock: a list of images as DIALS before version 2 wrote it (datablock.json)",
          "import the images again with dials.import or mdx import");
    }
    if (!root.isObject()) {
      throw new MdxFormatException(
          file,
          "",
          "a DIALS experiment list",
          "JSON that is " + root.getNodeType().name().toLowerCase(Locale.ROOT),
          "give the .expt file of a DIALS step");
    }
    JsonCursor id = new JsonCursor(file, "", root).optional("__id__");
    if (id == null || !id.text().equals("ExperimentList")) {
      throw new MdxFormatException(
          file,
          "/__id__",
          "ExperimentList",
          id == null ? "none" : id.text(),
          "give the .expt file of a DIALS step");
    }
    return root;
  }

  /** How each row was scaled; empty where it was not. */
  static List<Optional<BraggScale>> scaling(Path file) throws IOException {
    JsonCursor root = new JsonCursor(file, "", tree(file));
    JsonCursor rows = root.get("experiment");
    List<Optional<BraggScale>> scales = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      JsonCursor index = rows.at(i).optional("scaling_model");
      scales.add(
          index == null || index.integer() < 0
              ? Optional.empty()
              : Optional.of(scale(root.get("scaling_model").at(index.integer()))));
    }
    return scales;
  }

  /** a and b of the error model of each row; an empty array where they are not known. */
  static List<double[]> errorModels(Path file) throws IOException {
    JsonCursor root = new JsonCursor(file, "", tree(file));
    JsonCursor rows = root.get("experiment");
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      JsonCursor index = rows.at(i).optional("scaling_model");
      JsonCursor settings =
          index == null || index.integer() < 0
              ? null
              : root.get("scaling_model").at(index.integer()).optional("configuration_parameters");
      JsonCursor values = settings == null ? null : settings.optional("error_model_parameters");
      all.add(values == null || values.size() != 2 ? new double[0] : values.numbers(2));
    }
    return all;
  }

  private static BraggScale scale(JsonCursor model) {
    String kind = model.text("__id__", "");
    if (!kind.equals("physical")) {
      return new BraggScale(kind, Double.NaN, Double.NaN, Optional.empty(), Optional.empty());
    }
    JsonCursor settings = model.get("configuration_parameters");
    double[] range = settings.get("valid_osc_range").numbers(2);
    return model.build(
        "scale and decay of a physical model",
        () ->
            new BraggScale(
                kind,
                range[0],
                range[1],
                curve(model.optional("scale"), range, settings, "scale_rot_interval"),
                curve(model.optional("decay"), range, settings, "decay_rot_interval")));
  }

  private static Optional<SmoothedCurve> curve(
      JsonCursor term, double[] range, JsonCursor settings, String interval) {
    if (term == null) {
      return Optional.empty();
    }
    double[] values = term.get("parameters").numbers();
    JsonCursor sigmas = term.optional("est_standard_devs");
    // the interval has no sign, also where the angle falls
    double spacing = Math.copySign(settings.get(interval).number(), range[1] - range[0]);
    SmoothedCurve curve = SmoothedCurve.of(range[0], spacing, values);
    boolean known = sigmas != null && sigmas.size() == values.length;
    return Optional.of(known ? curve.errors(sigmas.numbers()) : curve);
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      requirePossible(file);
      JsonNode node = JsonTree.read(Files.readAllBytes(file));
      if (node == null) {
        throw new MdxFormatException(
            file, "", "a DIALS experiment list", "an empty file", "run the DIALS step again");
      }
      return node;
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    } catch (CharConversionException e) {
      throw new MdxFormatException(
          file,
          "",
          "a DIALS experiment list (JSON in UTF-8)",
          String.valueOf(e.getMessage()),
          "the file is damaged, copy it again",
          e);
    } catch (JsonProcessingException e) {
      throw new MdxFormatException(
          file,
          e.getLocation() == null
              ? ""
              : "line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr(),
          "a DIALS experiment list (JSON)",
          // where the parser's source began is of no use: it is this file
          e.getOriginalMessage().replaceAll(" \\(start marker at .*?\\]\\)", ""),
          "the file is damaged or truncated, copy it again",
          e);
    }
  }

  /** Tells a file that cannot be a list before it is read: one may name a stack of images. */
  private static void requirePossible(Path file) throws IOException {
    byte[] head = InputFile.head(file, SEARCHED);
    int at = 0;
    while (at < head.length && BEFORE.indexOf(head[at] & 0xff) >= 0) {
      at++;
    }
    boolean json = at < head.length && (head[at] == '{' || head[at] == '[');
    boolean long64 = at == head.length && at == SEARCHED;
    if (at < head.length && !json || long64) {
      throw new MdxFormatException(
          file,
          "byte " + at,
          "a DIALS experiment list (JSON in UTF-8), which begins with {",
          head.length > at ? String.format("byte %02X", head[at]) : "blanks",
          "give the .expt file of a DIALS step");
    }
    long size = Files.size(file);
    if (size > MOST) {
      throw new MdxFormatException(
          file,
          "",
          "a DIALS experiment list of at most " + MOST + " bytes",
          size + " bytes",
          "give the .expt file of a DIALS step, or split it with dials.split_experiments");
    }
  }

  private DialsExperiment experiment(JsonCursor row) {
    JsonCursor scan = model(row, "scan");
    JsonCursor goniometer = model(row, "goniometer");
    if (scan == null || goniometer == null) {
      throw row.failure(
          "a scan and a goniometer",
          scan == null ? "no scan: a still image" : "no goniometer: a still image",
          STILLS);
    }
    Beam beam = beam(required(row, "beam"));
    Detector detector = DetectorJson.read(required(row, "detector"));
    Goniometer axes = goniometer(goniometer);
    Scan images = attenuated(ScanJson.read(scan), required(row, "beam"));
    JsonCursor crystalModel = model(row, "crystal");
    Crystal crystal = crystalModel == null ? null : crystal(crystalModel, images.frames());
    if (beam.isVarying() && beam.scanPoints().size() != images.frames() + 1) {
      throw required(row, "beam")
          .get("s0_at_scan_points")
          .failure(
              (images.frames() + 1) + " vectors, one more than the images of the scan",
              beam.scanPoints().size() + " vectors",
              "scan and beam do not belong together");
    }
    Geometry geometry =
        row.build("consistent models", () -> new Geometry(beam, detector, axes, images, crystal));
    JsonCursor set = model(row, "imageset");
    for (String map : List.of("gain", "pedestal", "dx", "dy")) {
      if (set != null && !set.text(map, "").isEmpty()) {
        throw set.get(map)
            .failure(
                "no map of " + map, set.text(map, ""), "maps other than masks are not supported");
      }
    }
    return new DialsExperiment(
        row.text("identifier", ""),
        geometry,
        set == null ? null : path(set, "template"),
        set == null ? null : path(set, "mask"),
        set == null ? List.of() : fileIndices(set, images),
        Stream.of(ScanJson.note(scan, images)).filter(n -> !n.isEmpty()).toList());
  }

  /**
   * DIALS writes {@code single_file_indices}, which may count from the first image of the scan or
   * belong to a longer one, and reads image n of a sweep from frame n - 1 whatever they say.
   */
  private static List<Integer> fileIndices(JsonCursor set, Scan images) {
    JsonCursor indices = set.optional("single_file_indices");
    int first = images.firstImage() - 1;
    return indices == null || indices.size() == 0
        ? List.of()
        : IntStream.range(first, first + images.frames()).boxed().toList();
  }

  private JsonCursor required(JsonCursor row, String name) {
    JsonCursor model = model(row, name);
    if (model == null) {
      throw row.failure("a " + name, "none", "import the images again");
    }
    return model;
  }

  /** The model that a row refers to, or null. */
  private JsonCursor model(JsonCursor row, String name) {
    JsonCursor index = row.optional(name);
    if (index == null || index.integer() == -1) {
      return null;
    }
    JsonCursor list = root.optional(name);
    int size = list == null ? 0 : list.size();
    if (index.integer() < 0 || index.integer() >= size) {
      throw index.failure(
          "an index into the " + size + " models of /" + name,
          String.valueOf(index.integer()),
          "the file is damaged");
    }
    return list.at(index.integer());
  }

  /** A path relative to the folder of this file, or null. */
  private Path path(JsonCursor set, String key) {
    String text = set.text(key, "");
    return text.isEmpty()
        ? null
        : set.get(key).build("a path", () -> file.resolveSibling(text).normalize());
  }

  /** DIALS writes a transmission of 1 where it knows none, and does not look for it in headers. */
  private static Scan attenuated(Scan scan, JsonCursor beam) {
    double transmission = beam.number("transmission", 1);
    return transmission > 0 && transmission < 1 ? scan.withTransmission(transmission) : scan;
  }

  static Beam beam(JsonCursor beam) {
    String id = beam.text("__id__", "monochromatic");
    if (beam.optional("wavelength") == null && !id.equals("monochromatic")) {
      throw beam.failure(
          "a beam of one wavelength",
          "a beam that is " + id,
          "time-of-flight and Laue experiments are not supported");
    }
    boolean electrons = beam.get("wavelength").number() < ELECTRONS;
    String probe = beam.text("probe", electrons ? "electron" : "x-ray").toLowerCase(Locale.ROOT);
    Probe kind =
        probe.contains("electron")
            ? Probe.ELECTRON
            : probe.contains("neutron") ? Probe.NEUTRON : Probe.X_RAY;
    return beam.build(
        "a monochromatic beam",
        () ->
            new Beam(
                kind,
                beam.get("wavelength").number(),
                beam.get("direction").vector(),
                beam.number("polarization_fraction", 0.999),
                beam.vector("polarization_normal", new Vec3(0, 1, 0)),
                scanPoints(beam)));
  }

  private static List<Vec3> scanPoints(JsonCursor beam) {
    JsonCursor points = beam.optional("s0_at_scan_points");
    List<Vec3> out = new ArrayList<>();
    for (int i = 0; points != null && i < points.size(); i++) {
      out.add(points.at(i).vector());
    }
    return out;
  }

  private static void noScanPoints(JsonCursor model, String key) {
    JsonCursor points = model.optional(key);
    if (points != null && points.size() > 0) {
      throw points.failure(
          "a model that does not change during the scan",
          points.size() + " scan points",
          "refine with a scan-varying crystal only");
    }
  }

  /**
   * One axis with fixed and setting rotation, or several: those before the scan axis make the fixed
   * rotation, those after it the setting rotation, each later one applied after the earlier.
   */
  private static Goniometer goniometer(JsonCursor goniometer) {
    noScanPoints(goniometer, "setting_rotation_at_scan_points");
    JsonCursor axes = goniometer.optional("axes");
    if (axes == null) {
      return goniometer.build(
          "a rotation axis",
          () ->
              new Goniometer(
                  goniometer.get("rotation_axis").vector(),
                  goniometer.matrix("fixed_rotation", Mat3.IDENTITY),
                  goniometer.matrix("setting_rotation", Mat3.IDENTITY)));
    }
    double[] angles = goniometer.get("angles").numbers(axes.size());
    int scanAxis = goniometer.get("scan_axis").integer();
    Vec3 axis = axes.at(scanAxis).vector();
    return goniometer.build(
        "goniometer axes",
        () -> {
          Mat3 fixed = Mat3.IDENTITY;
          Mat3 setting = Mat3.IDENTITY;
          for (int i = 0; i < angles.length; i++) {
            if (i < scanAxis) {
              fixed = Mat3.rotation(axes.at(i).vector(), angles[i]).times(fixed);
            } else if (i > scanAxis) {
              setting = Mat3.rotation(axes.at(i).vector(), angles[i]).times(setting);
            }
          }
          return new Goniometer(axis, fixed, setting);
        });
  }

  private static Crystal crystal(JsonCursor crystal, int frames) {
    JsonCursor hall = crystal.get("space_group_hall_symbol");
    SpaceGroup group = hall.build("a Hall symbol", () -> SpaceGroup.ofHall(hall.text()));
    Mat3 axes =
        Mat3.ofRows(
            crystal.get("real_space_a").vector(),
            crystal.get("real_space_b").vector(),
            crystal.get("real_space_c").vector());
    Crystal bare =
        crystal.build("three axes of a cell", () -> Crystal.ofRealSpaceAxes(axes, group));
    JsonCursor covariance = crystal.optional("B_covariance");
    Crystal fixed =
        covariance == null || covariance.size() == 0
            ? bare
            : covariance.build(
                "the covariance of the 9 elements of B",
                () -> bare.withBCovariance(BCovariance.of(covariance.numbers(81))));
    JsonCursor points = crystal.optional("A_at_scan_points");
    if (points == null || points.size() == 0) {
      return fixed;
    }
    if (points.size() != frames + 1) {
      throw points.failure(
          (frames + 1) + " matrices, one more than the " + frames + " images of the scan",
          points.size() + " matrices",
          "scan and crystal do not belong together");
    }
    List<Mat3> matrices = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      JsonCursor point = points.at(i);
      Mat3 a = point.matrix();
      point.build("a matrix with an inverse", a::inverse);
      matrices.add(a);
    }
    return points.build("setting matrices of one crystal", () -> fixed.withScanPoints(matrices));
  }
}
