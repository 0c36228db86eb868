package org.mdx.io.dials;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.scaling.PhysicalScaling;
import org.mdx.io.internal.json.JsonTree;
import org.mdx.io.output.AtomicFile;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Writes experiment lists that dxtbx reads. Rows share beam, detector and goniometer where these
 * are equal, as {@code dials.import} has it, so that DIALS refines them together.
 */
final class ExptWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String[] MODELS = {
    "imageset", "beam", "detector", "goniometer", "scan", "crystal"
  };

  private ExptWriter() {}

  static void write(Path expt, List<DialsExperiment> experiments) throws IOException {
    ObjectNode root = JSON.objectNode().put("__id__", "ExperimentList");
    ArrayNode rows = root.putArray("experiment");
    for (String model : MODELS) {
      root.putArray(model);
    }
    root.putArray("profile");
    root.putArray("scaling_model");
    for (DialsExperiment e : experiments) {
      Geometry g = e.geometry();
      ObjectNode row =
          rows.addObject().put("__id__", "Experiment").put("identifier", e.identifier());
      // dxtbx wants a positive width: turning the other way about the axis is the same
      boolean reversed = g.scan().width() < 0;
      share(root, row, "beam", beam(g));
      share(root, row, "detector", detector(g.detector()));
      share(root, row, "goniometer", goniometer(g.goniometer(), reversed));
      add(root, row, "scan", scan(g.scan(), reversed));
      if (g.crystal().isPresent()) {
        add(root, row, "crystal", crystal(g.crystal().get()));
      }
      if (e.template() != null) {
        add(root, row, "imageset", images(expt, e));
      }
    }
    write(expt, root);
  }

  /** Gives each experiment of a tree a profile model. */
  static ObjectNode withProfiles(ObjectNode root, List<ExperimentList.GaussianProfile> profiles) {
    if (profiles.size() != root.get("experiment").size()) {
      throw new IllegalArgumentException(
          profiles.size()
              + " profile models for "
              + root.get("experiment").size()
              + " experiments");
    }
    ArrayNode models = root.putArray("profile");
    for (int i = 0; i < profiles.size(); i++) {
      ExperimentList.GaussianProfile p = profiles.get(i);
      models
          .addObject()
          .put("__id__", "gaussian_rs")
          .put("n_sigma", p.nSigma())
          .put("sigma_b", p.sigmaB())
          .put("sigma_m", p.sigmaM());
      ((ObjectNode) root.get("experiment").get(i)).put("profile", i);
    }
    return root;
  }

  /** Gives each experiment of a tree a crystal of its own. */
  static ObjectNode withCrystals(ObjectNode root, List<Crystal> crystals) {
    if (crystals.size() != root.get("experiment").size()) {
      throw new IllegalArgumentException(
          crystals.size() + " crystals for " + root.get("experiment").size() + " experiments");
    }
    ArrayNode models = root.putArray("crystal");
    for (int i = 0; i < crystals.size(); i++) {
      models.add(crystal(crystals.get(i)));
      ((ObjectNode) root.get("experiment").get(i)).put("crystal", i);
    }
    return root;
  }

  /** Gives each experiment of a tree a scaling model, or none. */
  static ObjectNode withScaling(ObjectNode root, List<PhysicalScaling> models) {
    if (models.size() != root.get("experiment").size()) {
      throw new IllegalArgumentException(
          models.size() + " scaling models for " + root.get("experiment").size() + " experiments");
    }
    ArrayNode list = root.putArray("scaling_model");
    for (int i = 0; i < models.size(); i++) {
      ObjectNode row = (ObjectNode) root.get("experiment").get(i);
      row.remove("scaling_model");
      if (models.get(i) != null) {
        row.put("scaling_model", list.size());
        models.get(i).describe(list.addObject());
      }
    }
    return root;
  }

  /** Writes the tree of an experiment list, numbers that are none as Python does. */
  static void write(Path expt, ObjectNode root) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    byte[] text = JsonTree.write(root, printer);
    AtomicFile.write(expt, out -> out.write(text));
  }

  private static void add(ObjectNode root, ObjectNode row, String name, ObjectNode model) {
    ArrayNode list = (ArrayNode) root.get(name);
    row.put(name, list.size());
    list.add(model);
  }

  private static void share(ObjectNode root, ObjectNode row, String name, ObjectNode model) {
    ArrayNode list = (ArrayNode) root.get(name);
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).equals(model)) {
        row.put(name, i);
        return;
      }
    }
    add(root, row, name, model);
  }

  private static ArrayNode list(double... values) {
    ArrayNode list = JSON.arrayNode();
    for (double v : values) {
      list.add(v);
    }
    return list;
  }

  private static ArrayNode list(Vec3 v) {
    return list(v.x(), v.y(), v.z());
  }

  private static ArrayNode list(Mat3 m) {
    return list(m.toRowMajor());
  }

  private static ObjectNode images(Path expt, DialsExperiment e) {
    ObjectNode set = JSON.objectNode().put("__id__", "ImageSequence");
    set.put("template", relative(expt, e.template()));
    set.put("mask", e.mask() == null ? "" : relative(expt, e.mask()));
    for (String map : new String[] {"gain", "pedestal", "dx", "dy"}) {
      set.put(map, "");
    }
    if (!e.fileIndices().isEmpty()) {
      ArrayNode indices = set.putArray("single_file_indices");
      e.fileIndices().forEach(indices::add);
    }
    set.set("params", JSON.objectNode());
    return set;
  }

  /** Relative to the folder of the list where that is possible, with forward slashes. */
  static String relative(Path expt, Path path) {
    Path folder = expt.toAbsolutePath().normalize().getParent();
    Path absolute = path.toAbsolutePath().normalize();
    boolean sameRoot = folder != null && folder.getRoot().equals(absolute.getRoot());
    return (sameRoot ? folder.relativize(absolute) : absolute).toString().replace('\\', '/');
  }

  private static ObjectNode beam(Geometry geometry) {
    Beam beam = geometry.beam();
    ObjectNode b = JSON.objectNode();
    b.set("direction", list(beam.direction()));
    b.put("wavelength", beam.wavelength()).put("divergence", 0.0).put("sigma_divergence", 0.0);
    if (beam.isVarying()) {
      ArrayNode points = b.putArray("s0_at_scan_points");
      beam.scanPoints().forEach(s0 -> points.add(list(s0)));
    }
    b.set("polarization_normal", list(beam.polarizationNormal()));
    b.put("polarization_fraction", beam.polarizationFraction());
    b.put("flux", 0.0).put("transmission", geometry.scan().transmission().orElse(1));
    return b.put(
        "probe",
        beam.probe() == Probe.X_RAY ? "x-ray" : beam.probe().name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode detector(Detector detector) {
    ObjectNode d = JSON.objectNode();
    ArrayNode panels = d.putArray("panels");
    ObjectNode root = frame("", "", new Vec3(1, 0, 0), new Vec3(0, 1, 0), Vec3.ZERO);
    ArrayNode children = root.putArray("children");
    for (Panel panel : detector.panels()) {
      children.addObject().put("panel", panels.size());
      panels.add(panel(panel));
    }
    d.set("hierarchy", root);
    return d;
  }

  private static ObjectNode frame(String name, String type, Vec3 fast, Vec3 slow, Vec3 origin) {
    ObjectNode f = JSON.objectNode().put("name", name).put("type", type);
    f.set("fast_axis", list(fast));
    f.set("slow_axis", list(slow));
    f.set("origin", list(origin));
    return f;
  }

  /**
   * The trusted limits are moved half a count outwards: then it is all the same whether a version
   * of DIALS includes them or not.
   */
  private static ObjectNode panel(Panel p) {
    ObjectNode n = frame(p.name(), "SENSOR_PAD", p.fast(), p.slow(), p.origin());
    n.putArray("raw_image_offset").add(p.imageX()).add(p.imageY());
    n.putArray("image_size").add(p.width()).add(p.height());
    n.set("pixel_size", list(p.pixelWidth(), p.pixelHeight()));
    n.set(
        "trusted_range",
        list(
            Math.max(p.trustedMin(), Integer.MIN_VALUE) - 0.5,
            Math.min(p.trustedMax(), Integer.MAX_VALUE) + 0.5));
    n.put("thickness", p.sensor().thickness());
    n.put("material", p.sensor().material());
    n.put("mu", p.sensor().mu());
    n.put("identifier", "");
    ArrayNode mask = n.putArray("mask");
    for (PixelRectangle r : p.untrusted()) {
      mask.addArray().add(r.x0()).add(r.y0()).add(r.x1()).add(r.y1());
    }
    n.put("gain", p.gain()).put("pedestal", p.pedestal());
    if (p.readNoise() > 0) {
      n.put("read_noise", p.readNoise()); // DIALS does not look at it
    }
    n.putObject("px_mm_strategy")
        .put(
            "type", p.sensor().parallax() ? "ParallaxCorrectedPxMmStrategy" : "SimplePxMmStrategy");
    return n;
  }

  private static ObjectNode goniometer(Goniometer goniometer, boolean reversed) {
    ObjectNode g = JSON.objectNode();
    g.set("rotation_axis", list(goniometer.axis().times(reversed ? -1 : 1)));
    g.set("fixed_rotation", list(goniometer.fixedRotation()));
    g.set("setting_rotation", list(goniometer.settingRotation()));
    return g;
  }

  private static ObjectNode scan(Scan scan, boolean reversed) {
    int sign = reversed ? -1 : 1;
    ObjectNode s = JSON.objectNode();
    s.putArray("image_range").add(scan.firstImage()).add(scan.firstImage() + scan.frames() - 1);
    s.put("batch_offset", 0);
    s.set("oscillation", list(sign * scan.start(), sign * scan.width()));
    double[] exposures = new double[scan.frames()];
    for (int i = 0; i < exposures.length && scan.isExposureKnown(); i++) {
      exposures[i] = scan.exposure(i);
    }
    s.set("exposure_time", list(exposures));
    s.set("epochs", list(new double[scan.frames()]));
    s.set("valid_image_ranges", JSON.objectNode());
    return s;
  }

  private static ObjectNode crystal(Crystal crystal) {
    ObjectNode c = JSON.objectNode().put("__id__", "crystal");
    Mat3 axes = crystal.a().inverse();
    c.set("real_space_a", list(axes.row(0)));
    c.set("real_space_b", list(axes.row(1)));
    c.set("real_space_c", list(axes.row(2)));
    String hall = crystal.spaceGroup().hall().trim();
    c.put("space_group_hall_symbol", hall.startsWith("-") ? hall : " " + hall);
    if (!crystal.scanPoints().isEmpty()) {
      ArrayNode points = c.putArray("A_at_scan_points");
      for (Mat3 a : crystal.scanPoints()) {
        points.add(list(a));
      }
    }
    crystal.bCovariance().ifPresent(b -> c.set("B_covariance", list(b.toArray())));
    return c;
  }
}
