package org.mdx.io.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.MaskFile;
import org.mdx.io.image.GeometryHeader;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ScanHeader;
import org.mdx.io.instrument.Setting;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Finds the sweeps among image files and makes experiments of them.
 *
 * <pre>{@code
 * List<ImportedSweep> sweeps =
 *     SweepImport.read(List.of("xtal_####.cbf"), ImportOptions.defaults());
 * SweepImport.write(Path.of("imported.expt"), sweeps);
 * }</pre>
 */
public final class SweepImport {
  private SweepImport() {}

  /**
   * Finds sweeps with all processors.
   *
   * @param inputs as in {@link #read(List, ImportOptions, Parallel, Progress)}
   * @param options what is known apart from the headers
   * @return the sweeps
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if a file is damaged or no image
   * @throws IllegalArgumentException if something that is needed is not known; the message names it
   *     and how to give it
   */
  public static List<ImportedSweep> read(List<String> inputs, ImportOptions options)
      throws IOException {
    return read(inputs, options, Parallel.available(), Progress.NONE);
  }

  /**
   * Finds sweeps. Reads the header of every file and no image.
   *
   * @param inputs files; folders, of which all images are taken; templates with {@code #} for
   *     digits; globs with {@code *} and {@code ?} in the name of the file
   * @param options what is known apart from the headers
   * @param parallel threads that read headers
   * @param progress is told after every file
   * @return the sweeps, in the order of the inputs
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if a file is damaged or no image
   * @throws IllegalArgumentException if something that is needed is not known, or does not fit; the
   *     message names it and how to give it
   */
  public static List<ImportedSweep> read(
      List<String> inputs, ImportOptions options, Parallel parallel, Progress progress)
      throws IOException {
    Map<Path, Boolean> asked = InputFiles.of(inputs);
    List<Path> files = List.copyOf(asked.keySet());
    FileHeader[] headers = new FileHeader[files.size()];
    Progress.Counter done = progress.counter("read headers", headers.length);
    try {
      parallel.forEach(
          headers.length,
          i -> {
            headers[i] = FileHeader.read(files.get(i), asked.get(files.get(i)));
            done.advance();
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<FileHeader> images = Arrays.stream(headers).filter(Objects::nonNull).toList();
    if (images.isEmpty()) {
      throw new IOException(
          "no images in " + String.join(", ", inputs) + "; name files, or the folder they are in");
    }
    boolean given = options.stills() || new Lookup(options).given(Setting.WIDTH).isPresent();
    List<ImportedSweep> sweeps = new ArrayList<>();
    for (FoundSweep found : SweepFinder.find(images, given)) {
      if (isOfThreshold(found, options)) {
        sweeps.add(sweep(found, options));
      }
    }
    return sweeps;
  }

  /**
   * The files that inputs name.
   *
   * @param inputs as in {@link #read(List, ImportOptions, Parallel, Progress)}
   * @return the files, each once, in the order of the inputs; those of folders and patterns by
   *     name, without hidden ones
   * @throws IOException if a file or folder does not exist, or no file matches
   */
  public static List<Path> files(List<String> inputs) throws IOException {
    return List.copyOf(InputFiles.of(inputs).keySet());
  }

  /**
   * Writes the experiments of sweeps in one list that DIALS reads.
   *
   * @param expt the file
   * @param sweeps at least one
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path expt, List<ImportedSweep> sweeps) throws IOException {
    Dials.write(expt, sweeps.stream().flatMap(s -> s.experiments().stream()).toList());
  }

  private static boolean isOfThreshold(FoundSweep found, ImportOptions options) {
    int n = found.thresholds();
    int chosen = options.threshold();
    if (n > 1 && chosen == 0 || chosen > n) {
      StringBuilder names = new StringBuilder();
      for (int t = 1; t <= n; t++) {
        String energy = found.header().details().getOrDefault("Threshold " + t, "");
        names.append(t == 1 ? "" : ", ").append(t);
        names.append(energy.isEmpty() ? "" : " (" + energy + ")");
      }
      throw new IllegalArgumentException(
          found.firstFile()
              + ": the file has the counts above "
              + n
              + (n == 1 ? " threshold" : " thresholds")
              + (chosen == 0 ? "" : " and no number " + chosen)
              + "; choose one of "
              + names
              + " with --threshold N");
    }
    return n == 1 || found.threshold() == chosen;
  }

  private static ImportedSweep sweep(FoundSweep found, ImportOptions options) throws IOException {
    requireInstrument(found, options);
    requirePlace(found, options);
    Lookup look = new Lookup(options);
    ImageHeader header = known(found, options);
    Geometry geometry = geometry(found, header, options, look);
    Path mask = mask(geometry, look);
    boolean stills = geometry.scan().width() == 0;
    if (stills) {
      look.note(
          "stills: the sample does not turn; DIALS takes them (dials.stills_process), mdx reduces"
              + " sweeps only");
    }
    boolean turned = look.given(Setting.TWO_THETA).isPresent();
    header.notes().stream()
        .filter(n -> !(turned && n.contains(Setting.TWO_THETA.option())))
        .forEach(look::note);
    String reader = DialsReaders.missing(found.header().format());
    if (!reader.isEmpty()) {
      look.note(reader);
    }
    List<DialsExperiment> experiments = new ArrayList<>();
    for (int i = 0; i < (stills ? found.frames() : 1); i++) {
      experiments.add(stills ? still(found, geometry, i, mask) : whole(found, geometry, mask));
    }
    return new ImportedSweep(
        found.template(),
        found.frames(),
        found.begins(),
        found.header(),
        experiments,
        stills,
        look.findings(),
        look.notes());
  }

  /** What contradicts itself may be the header's fault or the user's: the message has the file. */
  private static Geometry geometry(
      FoundSweep found, ImageHeader header, ImportOptions options, Lookup look) {
    try {
      return new ModelBuilder(found, header, options, look).build();
    } catch (IllegalArgumentException e) {
      String file = found.firstFile().toString();
      throw String.valueOf(e.getMessage()).startsWith(file)
          ? e
          : new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static DialsExperiment whole(FoundSweep found, Geometry g, Path mask) {
    return new DialsExperiment(
        identifier(found, found.firstImage()), g, found.template(), mask, found.fileIndices());
  }

  private static DialsExperiment still(FoundSweep found, Geometry g, int i, Path mask) {
    Scan scan = g.scan().still(found.firstImage() + i);
    return new DialsExperiment(
        identifier(found, found.firstImage() + i),
        new Geometry(g.beam(), g.detector(), g.goniometer(), scan, null),
        found.template(),
        mask,
        found.fileIndices().isEmpty() ? List.of() : List.of(found.fileIndices().get(i)));
  }

  /** The same images have the same identifier. */
  private static String identifier(FoundSweep found, int image) {
    String what = found.template().toAbsolutePath().normalize() + " " + image;
    return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What the header says, or in its place what a reference says of beam, detector and axis. */
  private static ImageHeader known(FoundSweep found, ImportOptions options) {
    ImageHeader own = found.header();
    if (options.reference().isEmpty()) {
      return own;
    }
    ImageHeader r =
        GeometryHeader.of(options.reference().get(), own.format(), new LinkedHashMap<>());
    if (r.width() != own.width() || r.height() != own.height()) {
      throw new IllegalArgumentException(
          found.firstFile()
              + ": images of "
              + own.width()
              + " x "
              + own.height()
              + " pixels, the detector of the reference geometry has "
              + r.width()
              + " x "
              + r.height());
    }
    ScanHeader s = own.scan();
    return new ImageHeader(
        own.format(),
        own.pixelType(),
        own.frames(),
        own.width(),
        own.height(),
        r.panels(),
        r.beam(),
        new ScanHeader(
            s.start(),
            s.width(),
            s.angles(),
            r.scan().axis(),
            r.scan().fixedRotation(),
            s.exposureTime(),
            s.exposurePeriod(),
            s.transmission()),
        own.detector(),
        own.serial(),
        own.date(),
        r.distance(),
        r.beamX(),
        r.beamY(),
        Map.of(),
        List.of(),
        "");
  }

  private static void requireInstrument(FoundSweep found, ImportOptions options) {
    String want = options.profile().get(Setting.SERIAL).orElse("");
    String have = found.header().serial();
    if (!want.isEmpty() && !have.isEmpty() && !want.equals(have)) {
      throw new IllegalArgumentException(
          found.firstFile()
              + ": from the detector "
              + have
              + ", but the profile "
              + options.profileName()
              + " is of the detector "
              + want
              + " (instrument.serial); give the profile of this one");
    }
  }

  private static void requirePlace(FoundSweep found, ImportOptions options) {
    String why = found.header().unplaceable();
    if (!why.isEmpty() && options.reference().isEmpty()) {
      throw new IllegalArgumentException(
          found.firstFile()
              + ": "
              + why
              + "; give the geometry of such images with --geometry EXPT, for example that of"
              + " dials.import");
    }
  }

  private static Path mask(Geometry g, Lookup look) throws IOException {
    Optional<Lookup.Found<Path>> mask = look.given(Setting.MASK);
    if (mask.isEmpty()) {
      return null;
    }
    Path file = mask.get().value();
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    int masked = 0;
    for (PixelMask panel : MaskFile.read(file, g.detector())) {
      masked += panel.count();
    }
    look.tell("mask", file + ", " + masked + " pixels", mask.get().source());
    return file;
  }
}
