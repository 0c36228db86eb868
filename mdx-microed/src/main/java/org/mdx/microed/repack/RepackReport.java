package org.mdx.microed.repack;

import java.nio.file.Path;

/**
 * The outcome for one movie.
 *
 * @param in the movie
 * @param out its copy
 * @param outcome what was done
 * @param format of the movie
 * @param stacks of frames that are compressed; one in TIFF and MRC files
 * @param frames of all stacks, rows of metadata included
 * @param bytesBefore size of the movie
 * @param bytesAfter size of the copy
 * @param seconds that it took
 * @param checksum CRC-32C of the CRC-32C of every frame, eight hexadecimal digits; empty if a copy
 *     was found that was not compared frame by frame
 */
public record RepackReport(
    Path in,
    Path out,
    Outcome outcome,
    String format,
    int stacks,
    long frames,
    long bytesBefore,
    long bytesAfter,
    double seconds,
    String checksum) {

  /** The action that was taken. */
  public enum Outcome {
    /** A copy was written, read back and found right. */
    REPACKED,
    /** The copy was there. */
    SKIPPED
  }

  /**
   * How much smaller the movie became.
   *
   * @return size before by size after
   */
  public double ratio() {
    return (double) bytesBefore / Math.max(1, bytesAfter);
  }

  /**
   * How fast that was.
   *
   * @return bytes of the movie per second
   */
  public double bytesPerSecond() {
    return bytesBefore / Math.max(1e-9, seconds);
  }
}
