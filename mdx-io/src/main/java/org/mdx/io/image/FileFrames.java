package org.mdx.io.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;

/**
 * Frames in one or more files, each file with one or more of them, read when asked for and by any
 * number of threads. Keeps one reader for each thread that reads at the same time, and nothing
 * else. What a format has to do is to read one whole image.
 */
public final class FileFrames implements ImageSource {

  /** Reads whole images of one format; used by one thread at a time, so it may keep buffers. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads an image.
     *
     * @param file the file
     * @param index of the frame in this file, from 0
     * @param number of the frame in the sweep, from 0
     * @param fractionBits real numbers become whole numbers of steps of 2 to the power of minus
     *     this; 0 for other pixels
     * @param image receives width × height values in row order, of which there may be more
     * @throws IOException if the file cannot be read
     * @throws MdxFormatException if it is damaged or has another size than the first
     */
    void read(Path file, int index, int number, int fractionBits, int[] image) throws IOException;
  }

  private final List<Path> files;
  private final int[] first;
  private final int width;
  private final int height;
  private final List<Panel> panels;
  private final Supplier<Reader> readers;
  private final boolean fractions;
  private final Queue<Scratch> spare = new ConcurrentLinkedQueue<>();

  private static final class Scratch {
    final Reader reader;
    int[] image;

    Scratch(Reader reader) {
      this.reader = reader;
    }
  }

  private FileFrames(
      List<Path> files,
      int[] first,
      int width,
      int height,
      List<Panel> panels,
      Supplier<Reader> readers,
      boolean fractions) {
    this.fractions = fractions;
    this.files = files;
    this.first = first;
    this.width = width;
    this.height = height;
    this.panels = panels;
    this.readers = readers;
  }

  /**
   * Frames of files that hold one each.
   *
   * @param files in the order of the frames
   * @param frames how many there must be
   * @param width of the images, pixels
   * @param height of the images, pixels
   * @param detector its panels are cut from the images at their {@code imageX}, {@code imageY}; a
   *     single panel must fill the image
   * @param readers makes a reader for a thread
   * @return the frames
   * @throws MdxFormatException if the number of files is another or the detector does not fit
   */
  public static FileFrames single(
      List<Path> files,
      int frames,
      int width,
      int height,
      Detector detector,
      Supplier<Reader> readers) {
    int[] counts = new int[files.size()];
    Arrays.fill(counts, 1);
    return of(files, counts, frames, width, height, detector, readers);
  }

  /**
   * Frames of files that may hold many.
   *
   * @param files in the order of the frames
   * @param counts number of frames in each file
   * @param frames how many there must be together
   * @param width of the images, pixels
   * @param height of the images, pixels
   * @param detector its panels are cut from the images at their {@code imageX}, {@code imageY}; a
   *     single panel must fill the image
   * @param readers makes a reader for a thread
   * @return the frames
   * @throws MdxFormatException if the number of frames is another or the detector does not fit
   */
  public static FileFrames of(
      List<Path> files,
      int[] counts,
      int frames,
      int width,
      int height,
      Detector detector,
      Supplier<Reader> readers) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs at least one image file");
    }
    int[] first = new int[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      first[i + 1] = Math.addExact(first[i], counts[i]);
    }
    int total = first[counts.length];
    if (total != frames) {
      boolean single = total == files.size();
      throw new MdxFormatException(
          files.get(0),
          "",
          single ? frames + " files, one for each frame" : frames + " frames",
          single ? files.size() + " files" : total + " frames in " + files.size() + " files",
          single
              ? "give a template with # for the digits of the number"
              : "the scan does not belong to these images; import them again");
    }
    for (Panel p : detector.panels()) {
      check(files.get(0), p, detector.panels().size() == 1, width, height);
    }
    return new FileFrames(
        List.copyOf(files), first, width, height, detector.panels(), readers, false);
  }

  private static void check(Path file, Panel p, boolean only, int width, int height) {
    boolean inside =
        p.imageX() >= 0
            && p.imageY() >= 0
            && p.imageX() <= width - p.width()
            && p.imageY() <= height - p.height();
    boolean whole = p.width() == width && p.height() == height;
    if (!(only ? inside && whole : inside)) {
      throw new MdxFormatException(
          file,
          "",
          "an image for detector panel "
              + p.name()
              + " of "
              + p.width()
              + " x "
              + p.height()
              + " pixels at ("
              + p.imageX()
              + ", "
              + p.imageY()
              + ")",
          width + " x " + height + " pixels",
          "the detector does not belong to these images; import them again");
    }
  }

  /**
   * The same frames, of pixels that are real numbers.
   *
   * @param real whether they are
   * @return new frames, whose readers are told of fractions
   */
  public FileFrames withFractions(boolean real) {
    return new FileFrames(files, first, width, height, panels, readers, real);
  }

  /**
   * Checks that a file of a sweep has the size of the first.
   *
   * @param file the file
   * @param w its pixels along fast
   * @param h its pixels along slow
   * @param width what is expected
   * @param height what is expected
   * @param first file of the sweep, for the message
   * @throws MdxFormatException if not
   */
  public static void checkSize(Path file, int w, int h, int width, int height, Path first) {
    if (w != width || h != height) {
      throw new MdxFormatException(
          file,
          "header",
          width + " x " + height + " pixels as in " + first.getFileName(),
          w + " x " + h + " pixels",
          "the file belongs to another sweep");
    }
  }

  @Override
  public int frames() {
    return first[files.size()];
  }

  @Override
  public int panels() {
    return panels.size();
  }

  @Override
  public int width(int panel) {
    return panels.get(panel).width();
  }

  @Override
  public int height(int panel) {
    return panels.get(panel).height();
  }

  private int fileOf(int frame) {
    java.util.Objects.checkIndex(frame, frames());
    int at = Arrays.binarySearch(first, frame);
    return at >= 0 ? at : -at - 2;
  }

  @Override
  public String describe(int frame) {
    int file = fileOf(frame);
    String path = files.get(file).toString();
    return first[file + 1] - first[file] == 1 ? path : path + ", frame " + (frame - first[file]);
  }

  @Override
  public boolean hasFractions() {
    return fractions;
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    read(frame, 0, into);
  }

  @Override
  public void read(int frame, int fractionBits, int[][] into) throws IOException {
    if (fractionBits != 0 && !fractions) {
      throw new IllegalArgumentException(describe(frame) + ": its pixels are whole numbers");
    }
    for (int p = 0; p < panels.size(); p++) {
      int pixels = panels.get(p).width() * panels.get(p).height();
      if (into[p].length < pixels) {
        throw new IllegalArgumentException(
            "array for panel " + p + " holds " + into[p].length + " of " + pixels + " pixels");
      }
    }
    int file = fileOf(frame);
    Scratch scratch = spare.poll();
    if (scratch == null) {
      scratch = new Scratch(readers.get());
    }
    try {
      if (panels.size() == 1) {
        scratch.reader.read(files.get(file), frame - first[file], frame, fractionBits, into[0]);
        return;
      }
      if (scratch.image == null) {
        scratch.image = new int[width * height];
      }
      int index = frame - first[file];
      scratch.reader.read(files.get(file), index, frame, fractionBits, scratch.image);
      cut(scratch.image, into);
    } finally {
      spare.add(scratch);
    }
  }

  private void cut(int[] image, int[][] into) {
    for (int p = 0; p < panels.size(); p++) {
      Panel panel = panels.get(p);
      for (int y = 0; y < panel.height(); y++) {
        System.arraycopy(
            image,
            (panel.imageY() + y) * width + panel.imageX(),
            into[p],
            y * panel.width(),
            panel.width());
      }
    }
  }

  @Override
  public String toString() {
    return frames() + " images of " + width + " x " + height + ", " + files.get(0) + " …";
  }
}
