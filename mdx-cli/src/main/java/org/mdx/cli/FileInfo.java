package org.mdx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.io.GeometryHeader;
import org.mdx.io.ImageFiles;
import org.mdx.io.ImageHeader;
import org.mdx.io.MdxFormatException;
import org.mdx.io.PanelHeader;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.input.SweepFiles;

/**
 * What was understood of one image file or one experiment.
 *
 * @param name the file, with the number of the experiment if it has several
 * @param header what it says
 * @param counts of the first frame; empty if its images are not there
 * @param problem why there are no counts; empty if there are
 */
record FileInfo(String name, ImageHeader header, Optional<FrameCounts> counts, String problem) {
  private static final int JSON_SEARCHED = 64;

  /** The image file, or each experiment of a list. */
  static List<FileInfo> read(Path file) throws IOException {
    return !SweepFiles.isHdf5(file) && isJson(file) ? experiments(file) : List.of(image(file));
  }

  private static FileInfo image(Path file) throws IOException {
    ImageHeader header = ImageFiles.header(file);
    FrameCounts counts = FrameCounts.of(ImageFiles.open(file), header.panels());
    return new FileInfo(file.toString(), header, Optional.of(counts), "");
  }

  /** SMV files begin with a brace too, but go on with a key and no quote. */
  private static boolean isJson(Path file) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(JSON_SEARCHED);
    }
    String text = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).strip();
    return text.startsWith("{") && text.substring(1).strip().startsWith("\"");
  }

  private static List<FileInfo> experiments(Path file) throws IOException {
    List<DialsExperiment> experiments = Dials.experiments(file);
    List<FileInfo> all = new ArrayList<>();
    for (int i = 0; i < experiments.size(); i++) {
      ImageHeader header = header(experiments.get(i));
      FrameCounts counts = null;
      String problem = "";
      try {
        ImageSeries series = Dials.read(file, i);
        List<PanelHeader> masked = new ArrayList<>();
        for (int p = 0; p < header.panels().size(); p++) {
          masked.add(withMask(header.panels().get(p), series.mask(p)));
        }
        ImageSource source = series.source();
        counts = FrameCounts.of(source, masked);
      } catch (MdxFormatException | IOException e) {
        problem = String.valueOf(e.getMessage());
      }
      String name = experiments.size() == 1 ? file.toString() : file + ", experiment " + i;
      all.add(new FileInfo(name, header, Optional.ofNullable(counts), problem));
    }
    return all;
  }

  private static ImageHeader header(DialsExperiment experiment) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("Identifier", experiment.identifier());
    details.put("Images", String.valueOf(experiment.template()));
    details.put("First image", String.valueOf(experiment.geometry().scan().firstImage()));
    details.put("Mask", experiment.mask() == null ? "none" : experiment.mask().toString());
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
