package org.mdx.io.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.mdx.geometry.Scan;
import org.mdx.image.ChunkedImages;
import org.mdx.image.ImageSeries;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.image.FileBytes;
import org.mdx.io.nexus.ImagePointer;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Opens images wherever they are:
 *
 * <pre>{@code
 * ImageSeries sweep = Images.open(Path.of("integrated.expt"));
 * List<ImageSeries> sweeps = Images.openAll(Path.of("xtal1"), Path.of("xtal2_####.cbf"));
 * }</pre>
 *
 * <p>A path is an experiment list of DIALS ({@code .expt}); an image or master file of any {@link
 * org.mdx.io.image.ImageFormat}; a folder of images; a template with {@code #} for digits or a
 * glob; or a {@code data.nxs}, which points to an experiment list or holds the images. What a file
 * is decides its content, not its name. Sweeps from images alone have the geometry that their
 * headers tell and no crystal. Only headers are read; frames are read when asked for.
 */
public final class Images {
  private static final int SEARCHED = 64;

  private Images() {}

  /**
   * The one sweep that a path holds.
   *
   * @param path as told above
   * @return the sweep
   * @throws IOException if a file does not exist or cannot be read
   * @throws MdxFormatException if there are several sweeps, or a file is damaged or of a kind that
   *     holds no images
   * @throws IllegalArgumentException if headers do not tell what is needed; the message names it
   */
  public static ImageSeries open(Path path) throws IOException {
    if (isList(path)) {
      return Dials.read(path);
    }
    List<ImageSeries> sweeps = openAll(path);
    if (sweeps.size() != 1) {
      throw new MdxFormatException(
          path,
          "",
          "one sweep",
          sweeps.size() + " sweeps",
          "open them all (openAll), or name the images of one by a template such as x_####.cbf");
    }
    return sweeps.get(0);
  }

  /**
   * All sweeps that paths hold.
   *
   * @param paths each as told above; images of one sweep may be named one by one
   * @return the sweeps, in the order of the paths, at least one
   * @throws IOException if a file does not exist or cannot be read
   * @throws MdxFormatException if a file is damaged or of a kind that holds no images
   * @throws IllegalArgumentException if no path is given, or headers do not tell what is needed;
   *     the message names it
   */
  public static List<ImageSeries> openAll(Path... paths) throws IOException {
    return openAll(ImportOptions.defaults(), paths);
  }

  /**
   * All sweeps that paths hold, with what is known apart from the headers of the images.
   *
   * @param options take part where images are named, not where a list tells the geometry
   * @param paths each as told above; images of one sweep may be named one by one
   * @return the sweeps, in the order of the paths, at least one
   * @throws IOException if a file does not exist or cannot be read
   * @throws MdxFormatException if a file is damaged or of a kind that holds no images
   * @throws IllegalArgumentException if no path is given, or headers and options do not tell what
   *     is needed; the message names it and how to give it
   */
  public static List<ImageSeries> openAll(ImportOptions options, Path... paths) throws IOException {
    if (paths.length == 0) {
      throw new IllegalArgumentException("no paths of images are given; give at least one");
    }
    List<ImageSeries> all = new ArrayList<>();
    List<String> images = new ArrayList<>();
    for (Path path : paths) {
      boolean list = isList(path);
      if (!list && !isMdx2(path)) {
        images.add(path.toString());
        continue;
      }
      all.addAll(imported(images, options));
      images.clear();
      if (list) {
        all.addAll(Dials.readAll(path));
      } else {
        all.add(mdx2(path));
      }
    }
    all.addAll(imported(images, options));
    return all;
  }

  private static List<ImageSeries> imported(List<String> images, ImportOptions options)
      throws IOException {
    List<ImageSeries> all = new ArrayList<>();
    if (!images.isEmpty()) {
      for (ImportedSweep s :
          SweepImport.read(images, options, Parallel.available(), Progress.NONE)) {
        for (DialsExperiment e : s.experiments()) {
          all.add(Dials.open(e));
        }
      }
    }
    return all;
  }

  /**
   * Whether a file is an experiment list. One that is empty or damaged is taken for a list by its
   * name.
   *
   * @param path of a file that may not exist
   * @return true if it is JSON, or an existing file named {@code .expt} or {@code .json}
   * @throws IOException if it cannot be read
   */
  public static boolean isList(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".expt") || name.endsWith(".json")) {
      return true;
    }
    // SMV files begin with a brace too, but go on with a key and no quote
    byte[] head = FileBytes.head(path, SEARCHED);
    String text = new String(head, StandardCharsets.ISO_8859_1).strip();
    return text.startsWith("{") && text.substring(1).strip().startsWith("\"");
  }

  private static boolean isMdx2(Path path) throws IOException {
    return Files.isRegularFile(path) && SweepFiles.isHdf5(path) && Mdx2.recognizes(path);
  }

  /**
   * The sweep that a data.nxs points to or holds. If it holds the images and does not point to a
   * list, then of the geometry only the number of pixels and the scan are known.
   */
  private static ImageSeries mdx2(Path images) throws IOException {
    boolean pointer = Mdx2.isImagePointer(images);
    if (!Mdx2.isImageStack(images)) {
      if (!pointer) {
        throw new MdxFormatException(
            images,
            "/entry",
            "images, or where they are",
            "a file of mdx2 without them",
            "give the data.nxs or the .expt of the images");
      }
      ImagePointer p = Mdx2.readImagePointer(images);
      ImageSeries series = Dials.read(p.find(images), p.experiment());
      return p.chunks()
          .map(c -> series.withSource(new ChunkedImages(series.source(), c)))
          .orElse(series);
    }
    ImageSeries stack = Mdx2.readImages(images);
    if (!pointer) {
      return stack;
    }
    ImagePointer p = Mdx2.readImagePointer(images);
    ImageSeries series = Dials.read(p.find(images), p.experiment(), stack.source());
    Scan scan = series.geometry().scan();
    OptionalDouble told = stack.geometry().scan().transmission();
    return told.isEmpty() || scan.transmission().isPresent()
        ? series // the images that the list names may be gone, and their headers with them
        : series.withGeometry(
            series.geometry().withScan(scan.withTransmission(told.getAsDouble())));
  }
}
