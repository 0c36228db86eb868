package org.mdx.cli.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Numbers;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.PixelRectangle;
import org.mdx.mask.MaskOptions;
import org.mdx.mask.MaskRegion;
import org.mdx.mask.PowderRings;
import org.mdx.mask.ResolutionRange;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Options that tell what a mask leaves out. */
public final class MaskArguments {
  private static final String REPEAT = " May be given several times.";

  @Option(
      names = "--border",
      paramLabel = "N",
      description = "Pixels along each edge of every panel.")
  private int border;

  @Option(
      names = "--circle",
      paramLabel = "[P:]X,Y,R",
      description = "A circle: centre and radius in pixels, on panel P." + REPEAT)
  private List<String> circles = List.of();

  @Option(
      names = "--rectangle",
      paramLabel = "[P:]X0,X1,Y0,Y1",
      description = "Columns X0 to X1 - 1 of rows Y0 to Y1 - 1." + REPEAT)
  private List<String> rectangles = List.of();

  @Option(
      names = "--polygon",
      paramLabel = "[P:]X,Y,X,Y,…",
      description = "A polygon, by its corners in pixels." + REPEAT)
  private List<String> polygons = List.of();

  @Option(
      names = "--pixel",
      paramLabel = "[P:]X,Y",
      description = "One pixel: column and row, from 0." + REPEAT)
  private List<String> pixels = List.of();

  @Option(
      names = "--panel",
      split = ",",
      paramLabel = "P",
      description = "All of a panel, counted from 0." + REPEAT)
  private List<Integer> panels = List.of();

  @Option(
      names = "--d-min",
      paramLabel = "D",
      description = "Pixels of this resolution in Å and finer.",
      showDefaultValue = Visibility.NEVER)
  private Double dMin;

  @Option(
      names = "--d-max",
      paramLabel = "D",
      description = "Pixels of this resolution in Å and coarser.",
      showDefaultValue = Visibility.NEVER)
  private Double dMax;

  @Option(
      names = "--resolution-range",
      paramLabel = "D,D",
      description = "Pixels between two resolutions in Å." + REPEAT)
  private List<String> resolutionRanges = List.of();

  @Option(names = "--ice-rings", description = "The rings of hexagonal ice.")
  private boolean iceRings;

  @Option(
      names = "--powder-ring",
      split = ",",
      paramLabel = "D",
      description = "A ring at this resolution in Å." + REPEAT)
  private List<Double> powderRings = List.of();

  @Option(
      names = "--powder-cell",
      paramLabel = "A,B,C,ALPHA,BETA,GAMMA",
      parameterConsumer = Numbers.SixReals.class,
      description = "The rings of a powder with this unit cell; with --powder-group.",
      showDefaultValue = Visibility.NEVER)
  private Numbers.Values powderCell;

  @Option(
      names = "--powder-group",
      paramLabel = "GROUP",
      description = "Space group of the powder: a number or symbol.",
      showDefaultValue = Visibility.NEVER)
  private String powderGroup;

  @Option(
      names = "--ring-width",
      paramLabel = "W",
      defaultValue = "0.002",
      description = "Full width of a ring, of ice or powder, in 1/d².")
  private double ringWidth;

  @Option(
      names = "--ring-d-min",
      paramLabel = "D",
      description =
          "Rings of ice and of a cell are made up to this resolution in Å. Default: that of each"
              + " panel's farthest corner.",
      showDefaultValue = Visibility.NEVER)
  private Double ringDMin;

  @Option(
      names = "--no-parallax",
      description = "Resolution by the plane of the panel, without the depth of absorption.")
  private boolean noParallax;

  /**
   * What they say.
   *
   * @param panelCount number of panels of the detector
   * @throws IllegalArgumentException if a value cannot be, or a shape on one of several panels does
   *     not tell which
   */
  public MaskOptions options(int panelCount) {
    MaskOptions o = MaskOptions.none().border(border).parallax(!noParallax);
    for (int panel : panels) {
      o = o.and(new MaskRegion.WholePanel(panel));
    }
    for (MaskRegion region : regions(panelCount)) {
      o = o.and(region);
    }
    o = dMin == null ? o : o.dMin(dMin);
    o = dMax == null ? o : o.dMax(dMax);
    for (String range : resolutionRanges) {
      double[] d = numbers("--resolution-range", range, "D,D", 2);
      o = o.and(new ResolutionRange(Math.min(d[0], d[1]), Math.max(d[0], d[1])));
    }
    for (double d : powderRings) {
      o = o.and(ResolutionRange.ring(d, ringWidth));
    }
    for (PowderRings powder : powders()) {
      o = o.and(powder);
    }
    return o;
  }

  private List<MaskRegion> regions(int panelCount) {
    List<MaskRegion> all = new ArrayList<>();
    for (String text : circles) {
      Shape s = Shape.of("--circle", text, "[P:]X,Y,R", 3, panelCount);
      all.add(new MaskRegion.Circle(s.panel, s.values[0], s.values[1], s.values[2]));
    }
    for (String text : rectangles) {
      Shape s = Shape.of("--rectangle", text, "[P:]X0,X1,Y0,Y1", 4, panelCount);
      all.add(
          new MaskRegion.Rectangle(
              s.panel, new PixelRectangle(s.integer(0), s.integer(2), s.integer(1), s.integer(3))));
    }
    for (String text : polygons) {
      Shape s = Shape.of("--polygon", text, "[P:]X,Y,X,Y,…", -2, panelCount);
      List<MaskRegion.Vertex> vertices = new ArrayList<>();
      for (int i = 0; i < s.values.length; i += 2) {
        vertices.add(new MaskRegion.Vertex(s.values[i], s.values[i + 1]));
      }
      all.add(new MaskRegion.Polygon(s.panel, vertices));
    }
    for (String text : pixels) {
      Shape s = Shape.of("--pixel", text, "[P:]X,Y", 2, panelCount);
      all.add(new MaskRegion.Pixel(s.panel, s.integer(0), s.integer(1)));
    }
    return all;
  }

  /** Says how the powder's space group is read where its name could mean another. */
  public void noteReading(CommonOptions common) {
    if (powderGroup != null) {
      common.checked(() -> SimulateCommand.group(powderGroup, common));
    }
  }

  private List<PowderRings> powders() {
    if ((powderCell == null) != (powderGroup == null)) {
      throw new IllegalArgumentException("--powder-cell and --powder-group go together");
    }
    double limit = ringDMin == null ? 0 : ringDMin;
    List<PowderRings> powders = new ArrayList<>();
    if (iceRings) {
      powders.add(PowderRings.ice().width(ringWidth).dMin(limit));
    }
    if (powderCell != null) {
      UnitCell cell =
          new UnitCell(
              powderCell.get(0),
              powderCell.get(1),
              powderCell.get(2),
              powderCell.get(3),
              powderCell.get(4),
              powderCell.get(5));
      powders.add(
          PowderRings.of("powder rings", cell, SpaceGroup.parse(powderGroup))
              .width(ringWidth)
              .dMin(limit));
    }
    return powders;
  }

  /** A panel and numbers, as in {@code 2:100,120,15}. */
  private record Shape(String option, int panel, double[] values) {

    static Shape of(String option, String text, String form, int count, int panelCount) {
      int colon = text.indexOf(':');
      if (colon < 0 && panelCount > 1) {
        throw new IllegalArgumentException(
            option
                + " "
                + text
                + ": the detector has "
                + panelCount
                + " panels, say which, as in "
                + option
                + " 0:"
                + text);
      }
      int panel = 0;
      if (colon >= 0) {
        double[] p = numbers(option, text.substring(0, colon), form, 1);
        panel = integer(option, p[0]);
      }
      return new Shape(option, panel, numbers(option, text.substring(colon + 1), form, count));
    }

    int integer(int i) {
      return integer(option, values[i]);
    }

    private static int integer(String option, double value) {
      if (value != (int) value) {
        throw new IllegalArgumentException(option + " takes integers; found " + value);
      }
      return (int) value;
    }
  }

  /** Numbers with commas between them: as many as given, or a multiple if that is negative. */
  private static double[] numbers(String option, String text, String form, int count) {
    try {
      double[] n = Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      if (count > 0 ? n.length == count : n.length % count == 0) {
        return n;
      }
    } catch (NumberFormatException e) {
      // the message below says it
    }
    throw new IllegalArgumentException(option + " takes " + form + "; found '" + text + "'");
  }
}
