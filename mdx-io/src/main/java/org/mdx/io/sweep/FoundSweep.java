package org.mdx.io.sweep;

import java.nio.file.Path;
import java.util.List;
import org.mdx.io.image.ImageHeader;

/**
 * Images that follow one another.
 *
 * @param template path of the images, with {@code #} for the digits of the number if they are in
 *     files of their own
 * @param firstImage number of the first image: that of its file, or from 1 in a file with many
 * @param fileIndices numbers of the images in a file with many, from 0; empty for files of their
 *     own
 * @param headers of each file, at least one
 * @param header of the first file, with all details
 * @param offset images between the first of the series and the first of these; 0 if angles begin
 *     anew
 * @param begins why it is a sweep of its own; empty for the first of a series
 */
record FoundSweep(
    Path template,
    int firstImage,
    List<Integer> fileIndices,
    List<FileHeader> headers,
    ImageHeader header,
    int offset,
    String begins) {

  /** Detail of a header: above how many thresholds a detector has counted at once. */
  static final String THRESHOLDS = "Thresholds";

  /** Which of its thresholds the images are of, from 1. */
  int threshold() {
    return fileIndices.isEmpty() ? 1 : fileIndices.get(0) / (header.frames() / thresholds()) + 1;
  }

  /** Number of thresholds in the file. */
  int thresholds() {
    String text = header.details().getOrDefault(THRESHOLDS, "");
    return text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : 1;
  }

  int frames() {
    return fileIndices.isEmpty() ? headers.size() : fileIndices.size();
  }

  Path firstFile() {
    return headers.get(0).path();
  }

  /** The angle at the beginning of the first image, as the headers have it; NaN if unknown. */
  double start() {
    List<Double> angles = header.scan().angles();
    if (fileIndices.isEmpty() || angles.size() != header.frames()) {
      double start = headers.get(0).start();
      return fileIndices.isEmpty() || Double.isNaN(width()) ? start : start + offset * width();
    }
    return angles.get(fileIndices.get(0));
  }

  /** Rotation per image as the headers have it, or as the angles of two files show; else NaN. */
  double width() {
    if (header.scan().width().isPresent()) {
      return header.scan().width().getAsDouble();
    }
    return headers.size() < 2 ? Double.NaN : headers.get(1).start() - headers.get(0).start();
  }
}
