package org.mdx.microed.blanks;

import java.util.ArrayList;
import java.util.List;
import org.mdx.io.dials.ImageRange;

/**
 * The verdict of one property of the reflections, bin by bin.
 *
 * @param name {@code strong}, {@code indexed}, {@code integrated} or {@code peaks}
 * @param reflections how many there are in all; 0 for a property of images
 * @param bins along the scan, without gaps
 */
public record BlankCriterion(String name, int reflections, List<Bin> bins) {

  /**
   * A few images.
   *
   * @param low where it begins, in images from the first of the scan; may be a fraction
   * @param high where it ends
   * @param value number of reflections, mean I/σ, or counts
   * @param blank whether that is too little
   */
  public record Bin(double low, double high, double value, boolean blank) {}

  public BlankCriterion {
    bins = List.copyOf(bins);
  }

  /** Equal bins over a scan, blank where a value is at most a fraction of the largest. */
  static BlankCriterion of(
      String name, int reflections, int images, double[] values, double fraction) {
    double best = 0;
    for (double v : values) {
      best = Math.max(best, v);
    }
    double width = images / (double) values.length;
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      bins.add(new Bin(i * width, (i + 1) * width, values[i], values[i] <= fraction * best));
    }
    return new BlankCriterion(name, reflections, bins);
  }

  /**
   * Unbroken runs of blank bins, widened to whole images.
   *
   * @param all the images of the scan
   * @return images by number, in order
   */
  public List<ImageRange> blankImages(ImageRange all) {
    List<ImageRange> runs = new ArrayList<>();
    for (int i = 0; i < bins.size(); i++) {
      if (bins.get(i).blank()) {
        int from = i;
        while (i + 1 < bins.size() && bins.get(i + 1).blank()) {
          i++;
        }
        int first = all.first() + (int) Math.floor(bins.get(from).low());
        int last = all.first() + (int) Math.ceil(bins.get(i).high()) - 1;
        runs.add(new ImageRange(first, Math.min(last, all.last())));
      }
    }
    return runs;
  }
}
