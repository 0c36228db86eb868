package org.mdx.cli.microed;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.axes.AxesDrawing;
import org.mdx.microed.axes.AxisAngles;
import org.mdx.microed.axes.AxisDirection;
import org.mdx.microed.axes.CrystalPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how the axes of crystals lie to the beam. */
@Command(
    name = "crystal-axes",
    description = {
      "Print the angles between the axes of crystals and the beam at every tilt: 0 where one looks"
          + " along an axis.",
      "With --picture the axes are drawn on a picture of the crystal."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class CrystalAxesCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "EXPT",
      description = "Experiment lists with crystals: indexed.expt, refined.expt, integrated.expt.")
  private List<Path> files;

  @Option(
      names = "--direction",
      paramLabel = "U,V,W",
      description = "A direction of the lattice besides a, b and c, such as 1,1,0. Several times.")
  private List<String> others = List.of();

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "1",
      description = "Every Nth image only.")
  private int every;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a table of all images to this file.")
  private Path csv;

  @Option(
      names = "--picture",
      paramLabel = "IMAGE",
      description =
          "A picture of the crystal at low magnification: PNG, JPEG, or any image that mdx reads.")
  private Path picture;

  @Option(
      names = "--tilt",
      paramLabel = "DEG",
      defaultValue = "0",
      description = "Rotation angle at which the picture was taken.")
  private double tilt;

  @Option(
      names = "--turn",
      paramLabel = "DEG",
      defaultValue = "0",
      description =
          "By how much the picture is turned against the diffraction pattern, clockwise; that of"
              + " the microscope's lenses.")
  private double turn;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "crystal-axes.png",
      description = "Where to write the picture with the axes of the first crystal.")
  private Path output;

  /** A crystal and its angles. */
  private record Found(Path file, int row, Geometry geometry, AxisAngles angles) {}

  @Override
  public Integer call() throws IOException {
    List<AxisDirection> directions =
        new ArrayList<>(List.of(AxisDirection.A, AxisDirection.B, AxisDirection.C));
    common.checked(() -> others.stream().map(AxisDirection::of).toList()).forEach(directions::add);
    if (every < 1) {
      throw common.usage("--every " + every + ", must be 1 or more");
    }
    AxesDrawing drawing = common.checked(() -> new AxesDrawing(tilt, turn));
    List<Found> all = new ArrayList<>();
    for (Path file : files) {
      List<DialsExperiment> rows = Dials.experiments(file);
      for (int row = 0; row < rows.size(); row++) {
        Geometry g = rows.get(row).geometry();
        if (g.crystal().isEmpty()) {
          throw new IllegalArgumentException(
              file + ": experiment " + row + " has no crystal; index it first");
        }
        all.add(new Found(file, row, g, AxisAngles.of(g, directions, every)));
      }
    }
    if (json) {
      common.out().println(JsonText.of(all.stream().map(CrystalAxesCommand::json).toList()));
    } else {
      all.forEach(this::print);
    }
    if (csv != null) {
      String text = csv(all, directions);
      AtomicFile.write(
          csv, out -> out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    if (picture != null) {
      draw(drawing, all.get(0), directions);
    }
    return 0;
  }

  private void draw(AxesDrawing drawing, Found crystal, List<AxisDirection> directions)
      throws IOException {
    BufferedImage image =
        drawing.draw(CrystalPicture.read(picture), crystal.geometry(), directions);
    AtomicFile.write(output, out -> ImageIO.write(image, "png", out));
    if (!json) {
      common.out().println("wrote " + output);
    }
  }

  private void print(Found f) {
    List<AxisDirection> directions = f.angles().directions();
    common.out().println(name(f) + ": " + f.geometry().crystal().orElseThrow().cell());
    StringBuilder heading = new StringBuilder("  image     tilt");
    directions.forEach(d -> heading.append(String.format(Locale.ROOT, " %9s", d.name())));
    common.out().println(heading);
    for (AxisAngles.Row r : f.angles().rows()) {
      StringBuilder line =
          new StringBuilder(String.format(Locale.ROOT, "  %5d %8.2f", r.image(), r.tilt()));
      r.angles().forEach(a -> line.append(String.format(Locale.ROOT, " %9.2f", a)));
      common.out().println(line);
    }
    for (int d = 0; d < directions.size(); d++) {
      AxisAngles.Row r = f.angles().closest(d);
      common
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "  %s closest to the beam: %.2f° at a tilt of %.2f° (image %d)",
                  directions.get(d).name(),
                  r.angles().get(d),
                  r.tilt(),
                  r.image()));
    }
  }

  private static String name(Found f) {
    return f.file() + (f.row() == 0 ? "" : ", lattice " + f.row());
  }

  private static Map<String, Object> json(Found f) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", f.file().toString());
    map.put("experiment", f.row());
    map.put("directions", f.angles().directions().stream().map(AxisDirection::name).toList());
    List<Object> rows = new ArrayList<>();
    for (AxisAngles.Row r : f.angles().rows()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("image", r.image());
      row.put("tilt", r.tilt());
      row.put("angles", r.angles());
      rows.add(row);
    }
    map.put("images", rows);
    return map;
  }

  private static String csv(List<Found> all, List<AxisDirection> directions) {
    StringBuilder out = new StringBuilder("file,experiment,image,tilt");
    directions.forEach(d -> out.append(',').append(d.name()));
    out.append('\n');
    for (Found f : all) {
      String file = "\"" + f.file().toString().replace("\"", "\"\"") + "\"";
      for (AxisAngles.Row r : f.angles().rows()) {
        out.append(file).append(',').append(f.row()).append(',').append(r.image());
        out.append(String.format(Locale.ROOT, ",%.4f", r.tilt()));
        r.angles().forEach(a -> out.append(String.format(Locale.ROOT, ",%.4f", a)));
        out.append('\n');
      }
    }
    return out.toString();
  }
}
