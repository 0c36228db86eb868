package org.mdx.cli.file;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.mdx.cli.plot.MaskPlot;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.MaskFile;
import org.mdx.io.output.AtomicFile;
import org.mdx.mask.FoundShadow;
import org.mdx.mask.GeneratedMask;
import org.mdx.mask.MaskGenerator;
import org.mdx.mask.MaskOptions;
import org.mdx.mask.ShadowFinder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a mask of DIALS. */
@Command(
    name = "generate-mask",
    description = {
      "Make a mask of pixels to leave out in every image, as dials.generate_mask does: borders,"
          + " shapes, ranges of resolution, rings of ice and powder; and shadows.",
      "Coordinates are in pixels, fast then slow, from the corner of the first."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class GenerateMaskCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "EXPT", description = "Experiment list that has the detector.")
  private Path expt;

  @Mixin private MaskArguments arguments;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "Leave out what this mask leaves out, too. May be given several times.")
  private List<Path> others = List.of();

  @Option(
      names = "--shadow",
      description =
          "What stands in front of the detector, such as a beamstop, found from the images; it must"
              + " not turn with the crystal.")
  private boolean shadow;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "pixels.mask",
      description =
          "File to write the mask to; for several image sets FILE_1.mask, FILE_2.mask and so on.")
  private Path output;

  @Option(
      names = "--apply",
      paramLabel = "FILE",
      description = "Write the experiment list with the mask to this file as well.",
      showDefaultValue = Visibility.NEVER)
  private Path applied;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Draw the mask on the first image, as PNG.",
      showDefaultValue = Visibility.NEVER)
  private Path picture;

  @Override
  public Integer call() throws IOException {
    ExperimentList list = ExperimentList.read(expt);
    List<Integer> rows = list.imageSets();
    if (rows.isEmpty()) {
      throw new MdxFormatException(
          expt, "/imageset", "images of an experiment", "none", "import the images again");
    }
    arguments.noteReading(common);
    List<GeneratedMask> masks = new ArrayList<>();
    for (int row : rows) {
      masks.add(mask(list, row));
    }
    List<Path> files = numbered(output, rows.size());
    for (int i = 0; i < masks.size(); i++) {
      OutputFolder.requireNotInterrupted();
      report(list.detector(rows.get(i)), masks.get(i), common.out());
      MaskFile.write(files.get(i), masks.get(i).masks());
      common.out().println("wrote " + files.get(i));
      if (picture != null) {
        draw(list, rows.get(i), masks.get(i), numbered(picture, rows.size()).get(i));
      }
    }
    if (applied != null) {
      rows.forEach(row -> list.mask(row).ifPresent(this::noteReplaced));
      list.withMasks(files).write(applied);
      common.out().println("wrote " + applied);
    }
    return 0;
  }

  private GeneratedMask mask(ExperimentList list, int row) throws IOException {
    Detector detector = list.detector(row);
    MaskOptions options = common.checked(() -> arguments.options(detector.panels().size()));
    GeneratedMask mask =
        common.checked(
            () -> MaskGenerator.generate(list.beam(row), detector, options, common.parallel()));
    if (shadow) {
      FoundShadow found = ShadowFinder.find(Dials.read(expt, row), common.parallel());
      common.out().println("shadow: " + found);
      mask = mask.or("shadow", found.masks());
    }
    for (Path other : others) {
      mask = mask.or(other.toString(), MaskFile.read(other, detector));
    }
    return mask;
  }

  private void noteReplaced(Path old) {
    Path before = old.toAbsolutePath().normalize();
    if (others.stream().noneMatch(o -> o.toAbsolutePath().normalize().equals(before))) {
      common.out().println("the mask takes the place of " + old + "; --mask adds that to it");
    }
  }

  /** The file itself for one image set; otherwise with numbers of equal length before the dot. */
  static List<Path> numbered(Path file, int count) {
    if (count == 1) {
      return List.of(file);
    }
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    int digits = String.valueOf(count).length();
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String number = String.format(Locale.ROOT, "_%0" + digits + "d", i);
      files.add(file.resolveSibling(name.substring(0, dot) + number + name.substring(dot)));
    }
    return files;
  }

  private static void report(Detector detector, GeneratedMask mask, PrintWriter out) {
    long all = detector.pixels();
    for (GeneratedMask.Part part : mask.parts()) {
      out.println(line(part.name(), part.pixels(), all));
    }
    out.println(line("left out together", mask.count(), all));
  }

  private static String line(String name, long pixels, long all) {
    return String.format(
        Locale.ROOT, "%-40s %,12d pixels %8.3f %%", name, pixels, 100.0 * pixels / all);
  }

  private void draw(ExperimentList list, int row, GeneratedMask mask, Path file)
      throws IOException {
    Detector detector = list.detector(row);
    int[][] image = firstImage(row);
    BufferedImage drawn = MaskPlot.draw(detector.panels(), mask.masks(), image);
    AtomicFile.write(file, out -> ImageIO.write(drawn, "png", out));
    common.out().println("wrote " + file);
  }

  /** The pixels of the first image, or null if it cannot be had. */
  private int[][] firstImage(int row) {
    try {
      ImageSource source = Dials.read(expt, row).source();
      int[][] pixels = new int[source.panels()][];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = new int[source.width(p) * source.height(p)];
      }
      source.read(0, pixels);
      return pixels;
    } catch (IOException | MdxFormatException e) {
      common.out().println("the picture is without image: " + e.getMessage());
      return null;
    }
  }
}
