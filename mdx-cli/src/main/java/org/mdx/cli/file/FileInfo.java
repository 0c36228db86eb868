package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.io.DecimalText;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.image.GeometryHeader;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.io.input.Images;
import org.mdx.io.sweep.SweepImport;

/**
 * The facts that {@code info} prints of one image file or one experiment.
 *
 * @param name the file, with the number of the experiment if it has several
 * @param header what it says
 * @param counts of the first frame; empty if its images are not there
 * @param problem why there are no counts; empty if there are
 */
record FileInfo(String name, ImageHeader header, Optional<FrameCounts> counts, String problem) {
  /** Takes what is known of a file as soon as it is. */
  @FunctionalInterface
  interface Sink {
    void accept(FileInfo info) throws IOException;
  }

  /** The image file, each experiment of a list, or the first of the images of a template. */
  static void read(String input, Sink sink) throws IOException {
    List<Path> files = SweepImport.files(List.of(input));
    if (files.isEmpty()) {
      throw new IOException(input + ": the folder has no files");
    }
    Path first = Files.isDirectory(Path.of(input)) ? firstImage(files) : files.get(0);
    boolean one = files.size() == 1 && first.toString().equals(input);
    if (one && Images.isList(first)) {
      experiments(first, sink);
      return;
    }
    String name =
        one
            ? input
            : input + ", " + files.size() + " files, of which the first is " + first.getFileName();
    sink.accept(image(first, name));
  }

  /** The first file of a folder that is an image, or the first if none is. */
  private static Path firstImage(List<Path> files) throws IOException {
    for (Path file : files) {
      try {
        ImageFiles.format(file);
        return file;
      } catch (MdxFormatException e) {
        continue; // something else that lies beside the images
      }
    }
    return files.get(0);
  }

  private static FileInfo image(Path file, String name) throws IOException {
    ImageHeader header = ImageFiles.header(file);
    FrameCounts counts = FrameCounts.of(ImageFiles.open(file, header), header.panels());
    return new FileInfo(name, header, Optional.of(counts), "");
  }

  private static void experiments(Path file, Sink sink) throws IOException {
    List<DialsExperiment> experiments = Dials.experiments(file);
    Map<List<Object>, FrameCounts> known = new HashMap<>();
    for (int i = 0; i < experiments.size(); i++) {
      ImageHeader header = header(experiments.get(i));
      List<Object> images = images(experiments.get(i));
      FrameCounts counts = known.get(images);
      String problem = "";
      try {
        if (counts == null) {
          counts = counts(Dials.read(file, experiments.get(i), i), header);
          known.put(images, counts);
        }
      } catch (MdxFormatException | IOException e) {
        problem = String.valueOf(e.getMessage());
      }
      String name = experiments.size() == 1 ? file.toString() : file + ", experiment " + i;
      sink.accept(new FileInfo(name, header, Optional.ofNullable(counts), problem));
    }
  }

  /** Crystals in the same images have them in common, and the first of them is counted once. */
  private static List<Object> images(DialsExperiment e) {
    return List.of(
        Optional.ofNullable(e.template()),
        Optional.ofNullable(e.mask()),
        e.fileIndices(),
        e.geometry().scan().firstImage(),
        e.geometry().detector());
  }

  private static FrameCounts counts(ImageSeries series, ImageHeader header) throws IOException {
    List<PanelHeader> masked = new ArrayList<>();
    for (int p = 0; p < header.panels().size(); p++) {
      masked.add(withMask(header.panels().get(p), series.mask(p)));
    }
    return FrameCounts.of(series.source(), masked);
  }

  private static ImageHeader header(DialsExperiment experiment) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("Identifier", experiment.identifier());
    details.put("Images", String.valueOf(experiment.template()));
    details.put("First image", String.valueOf(experiment.geometry().scan().firstImage()));
    details.put("Mask", experiment.mask() == null ? "none" : experiment.mask().toString());
    OptionalDouble noise =
        experiment.geometry().detector().panels().stream().mapToDouble(Panel::readNoise).max();
    if (noise.orElse(0) > 0) {
      details.put("Read noise", DecimalText.of(noise.getAsDouble()));
    }
    experiment.notes().forEach(n -> details.merge("Note", n, (a, b) -> a + "; " + b));
    experiment.geometry().crystal().ifPresent(c -> details.put("Crystal", c.toString()));
    return GeometryHeader.of(experiment.geometry(), "DIALS experiment list", details);
  }

  private static PanelHeader withMask(PanelHeader p, PixelMask mask) {
    return new PanelHeader(
        p.name(),
        p.imageX(),
        p.imageY(),
        p.width(),
        p.height(),
        p.pixelWidth(),
        p.pixelHeight(),
        p.origin(),
        p.fast(),
        p.slow(),
        p.trustedMin(),
        p.trustedMax(),
        p.material(),
        p.thickness(),
        p.gain(),
        p.pedestal(),
        Optional.of(mask));
  }
}
