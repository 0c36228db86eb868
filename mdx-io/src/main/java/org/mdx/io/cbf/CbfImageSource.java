package org.mdx.io.cbf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.image.FileFrames;

/**
 * The frames of a sweep, one CBF file each, read when asked for and by any number of threads. Keeps
 * one file's bytes for each thread that reads at the same time, and nothing else.
 */
public final class CbfImageSource implements ImageSource {

  /** The moment at which the checksum of a file's pixels is compared, if the file has one. */
  public enum Checksum {
    /** When a frame is read for the first time. */
    FIRST_READ,
    /** Whenever a frame is read. */
    ALWAYS,
    /** Never; damage is found only where it changes the number of pixels. */
    NEVER
  }

  private final FileFrames frames;

  private CbfImageSource(FileFrames frames) {
    this.frames = frames;
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
   * @throws org.mdx.io.MdxFormatException if it is no CBF or does not match the detector
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
   * @throws org.mdx.io.MdxFormatException if it is no CBF or does not match the detector
   */
  public static CbfImageSource open(List<Path> files, Detector detector, Checksum checksum)
      throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs at least one image file");
    }
    Objects.requireNonNull(checksum);
    Path first = files.get(0);
    CbfBuffer header = new CbfBuffer();
    header.loadHeader(first);
    int width = header.binary().width();
    int height = header.binary().height();
    // which frames were checked; a lost update between threads costs one more check
    boolean[] checked = new boolean[files.size()];
    return new CbfImageSource(
        FileFrames.single(
                files,
                files.size(),
                width,
                height,
                detector,
                () -> {
                  CbfBuffer buffer = new CbfBuffer();
                  return (file, index, number, fractionBits, image) -> {
                    buffer.load(file);
                    CbfBinary found = buffer.binary();
                    FileFrames.checkSize(file, found.width(), found.height(), width, height, first);
                    if (checksum == Checksum.ALWAYS
                        || (checksum == Checksum.FIRST_READ && !checked[number])) {
                      buffer.checkMd5();
                      checked[number] = true;
                    }
                    buffer.decode(fractionBits, image);
                  };
                })
            .withFractions(header.binary().type().isReal()));
  }

  @Override
  public int frames() {
    return frames.frames();
  }

  @Override
  public int panels() {
    return frames.panels();
  }

  @Override
  public int width(int panel) {
    return frames.width(panel);
  }

  @Override
  public int height(int panel) {
    return frames.height(panel);
  }

  @Override
  public String describe(int frame) {
    return frames.describe(frame);
  }

  @Override
  public boolean hasFractions() {
    return frames.hasFractions();
  }

  @Override
  public void read(int frame, int fractionBits, int[][] into) throws IOException {
    frames.read(frame, fractionBits, into);
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    frames.read(frame, into);
  }

  @Override
  public String toString() {
    return "CbfImageSource[" + frames + "]";
  }
}
