package org.mdx.io.cbf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;

/**
 * The frames of a sweep, one CBF file each, read when asked for and by any number of threads. Keeps
 * one file's bytes for each thread that reads at the same time, and nothing else.
 */
public final class CbfImageSource implements ImageSource {

  /** When the checksum of a file's pixels is compared, if the file has one. */
  public enum Checksum {
    /** When a frame is read for the first time. */
    FIRST_READ,
    /** Whenever a frame is read. */
    ALWAYS,
    /** Never; damage is found only where it changes the number of pixels. */
    NEVER
  }

  private final List<Path> files;
  private final List<Panel> panels;
  private final int width;
  private final int height;
  private final Checksum checksum;

  /** Which frames were checked; a lost update between threads costs one more check. */
  private final boolean[] checked;

  private final Queue<Scratch> spare = new ConcurrentLinkedQueue<>();

  private static final class Scratch {
    final CbfBuffer buffer = new CbfBuffer();
    int[] image;
  }

  private CbfImageSource(
      List<Path> files, List<Panel> panels, int width, int height, Checksum checksum) {
    this.files = files;
    this.panels = panels;
    this.width = width;
    this.height = height;
    this.checksum = checksum;
    this.checked = new boolean[files.size()];
  }

  /**
   * Opens a sweep; reads the header of the first file. Checksums are compared at the first read of
   * each frame.
   *
   * @param files one for each frame, in order
   * @param detector its panels are cut from the images at their {@code imageX}, {@code imageY}; a
   *     single panel must fill the image
   * @return the frames
   * @throws IOException if the first file cannot be read
   * @throws MdxFormatException if it is no CBF or does not match the detector
   */
  public static CbfImageSource open(List<Path> files, Detector detector) throws IOException {
    return open(files, detector, Checksum.FIRST_READ);
  }

  /**
   * Opens a sweep; reads the header of the first file.
   *
   * @param files one for each frame, in order
   * @param detector its panels are cut from the images at their {@code imageX}, {@code imageY}; a
   *     single panel must fill the image
   * @param checksum when checksums are compared
   * @return the frames
   * @throws IOException if the first file cannot be read
   * @throws MdxFormatException if it is no CBF or does not match the detector
   */
  public static CbfImageSource open(List<Path> files, Detector detector, Checksum checksum)
      throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs at least one image file");
    }
    Path first = files.get(0);
    CbfBuffer buffer = new CbfBuffer();
    buffer.loadHeader(first);
    int width = buffer.binary().width();
    int height = buffer.binary().height();
    for (Panel p : detector.panels()) {
      boolean inside =
          p.imageX() >= 0
              && p.imageY() >= 0
              && p.imageX() <= width - p.width()
              && p.imageY() <= height - p.height();
      boolean whole = p.width() == width && p.height() == height;
      if (!(detector.panels().size() == 1 ? inside && whole : inside)) {
        throw new MdxFormatException(
            first,
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
    return new CbfImageSource(
        List.copyOf(files), detector.panels(), width, height, Objects.requireNonNull(checksum));
  }

  @Override
  public int frames() {
    return files.size();
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

  @Override
  public String describe(int frame) {
    return files.get(frame).toString();
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    for (int p = 0; p < panels.size(); p++) {
      if (into[p].length < panels.get(p).width() * panels.get(p).height()) {
        throw new IllegalArgumentException(
            "array for panel "
                + p
                + " holds "
                + into[p].length
                + " of "
                + panels.get(p).width() * panels.get(p).height()
                + " pixels");
      }
    }
    Scratch scratch = spare.poll();
    if (scratch == null) {
      scratch = new Scratch();
    }
    try {
      read(frame, into, scratch);
    } finally {
      spare.add(scratch);
    }
  }

  private void read(int frame, int[][] into, Scratch scratch) throws IOException {
    Path file = files.get(frame);
    CbfBuffer buffer = scratch.buffer;
    buffer.load(file);
    CbfBinary binary = buffer.binary();
    if (binary.width() != width || binary.height() != height) {
      throw new MdxFormatException(
          file,
          "header",
          width + " x " + height + " pixels as in " + files.get(0).getFileName(),
          binary.width() + " x " + binary.height() + " pixels",
          "the file belongs to another sweep");
    }
    if (checksum == Checksum.ALWAYS || (checksum == Checksum.FIRST_READ && !checked[frame])) {
      buffer.checkMd5();
      checked[frame] = true;
    }
    if (panels.size() == 1) {
      buffer.decode(into[0]);
      return;
    }
    if (scratch.image == null) {
      scratch.image = new int[width * height];
    }
    buffer.decode(scratch.image);
    for (int p = 0; p < panels.size(); p++) {
      Panel panel = panels.get(p);
      for (int y = 0; y < panel.height(); y++) {
        System.arraycopy(
            scratch.image,
            (panel.imageY() + y) * width + panel.imageX(),
            into[p],
            y * panel.width(),
            panel.width());
      }
    }
  }

  @Override
  public String toString() {
    return "CbfImageSource["
        + files.size()
        + " images of "
        + width
        + " x "
        + height
        + ", "
        + files.get(0)
        + " …]";
  }
}
