package org.mdx.cli.bragg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.bragg.spots.FrameSpots;
import org.mdx.bragg.spots.SpotCounts;
import org.mdx.bragg.spots.Spots;

/** What spot finding says of one sweep: a text with the histogram people know, and JSON. */
final class SpotReport {
  private static final int COLUMNS = 60;
  private static final int ROWS = 10;

  private SpotReport() {}

  /** Lines for a person. */
  static List<String> text(Spots spots) {
    List<String> lines = new ArrayList<>();
    SpotCounts c = spots.counts();
    lines.add(String.format(Locale.ROOT, "%,12d strong pixels", c.strongPixels()));
    lines.add(String.format(Locale.ROOT, "%,12d components of them that touch", c.components()));
    if (c.split() > 0) {
      lines.add(
          String.format(Locale.ROOT, "%,12d more by splitting spots grown together", c.split()));
    }
    lines.add(String.format(Locale.ROOT, "%,12d had too few pixels", c.tooSmall()));
    lines.add(String.format(Locale.ROOT, "%,12d had too many, or lasted too long", c.tooLarge()));
    lines.add(
        String.format(Locale.ROOT, "%,12d had their peak too far from the centroid", c.apart()));
    if (c.noise() > 0) {
      lines.add(String.format(Locale.ROOT, "%,12d were hot pixels or noise", c.noise()));
    }
    if (c.faint() > 0) {
      lines.add(String.format(Locale.ROOT, "%,12d more by sums of windows", c.faint()));
    }
    lines.add(String.format(Locale.ROOT, "%,12d spots", c.spots()));
    lines.add("");
    lines.addAll(histogram(spots.frames()));
    List<String> blank = blank(spots.frames());
    if (!blank.isEmpty()) {
      lines.add("blank images: " + String.join(", ", blank));
    }
    spots.notes().forEach(n -> lines.add("note: " + n));
    return lines;
  }

  /** Spots per image, several images in a column if there are more than columns. */
  private static List<String> histogram(List<FrameSpots> frames) {
    int n = frames.size();
    int columns = Math.min(n, COLUMNS);
    long[] bins = new long[columns];
    long all = 0;
    for (int f = 0; f < n; f++) {
      bins[(int) ((long) f * columns / n)] += frames.get(f).spots();
      all += frames.get(f).spots();
    }
    long most = 1;
    for (long b : bins) {
      most = Math.max(most, b);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        all
            + " spots found on "
            + n
            + (n == 1 ? " image" : " images")
            + " (max "
            + most
            + " / bin)");
    for (int row = ROWS; row >= 1; row--) {
      StringBuilder line = new StringBuilder();
      for (long b : bins) {
        line.append((double) b * ROWS >= (double) most * row ? '*' : ' ');
      }
      lines.add(line.toString().stripTrailing());
    }
    String first = String.valueOf(frames.get(0).image());
    String last = String.valueOf(frames.get(n - 1).image());
    int gap = columns - first.length() - last.length();
    lines.add(n == 1 ? first : gap < 7 ? first + " image " + last : axis(first, last, gap));
    return lines;
  }

  private static String axis(String first, String last, int gap) {
    int left = (gap - 5) / 2;
    return first + " ".repeat(left) + "image" + " ".repeat(gap - 5 - left) + last;
  }

  /** Such as {@code 31-40, 52}. */
  private static List<String> blank(List<FrameSpots> frames) {
    List<String> ranges = new ArrayList<>();
    for (int f = 0; f < frames.size(); f++) {
      if (frames.get(f).blank()) {
        int first = f;
        while (f + 1 < frames.size() && frames.get(f + 1).blank()) {
          f++;
        }
        int image = frames.get(first).image();
        ranges.add(first == f ? "" + image : image + "-" + frames.get(f).image());
      }
    }
    return ranges;
  }

  /** The same numbers for a program. */
  static Map<String, Object> json(int experiment, Spots spots) {
    SpotCounts c = spots.counts();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("experiment", experiment);
    map.put("spots", c.spots());
    map.put("strong_pixels", c.strongPixels());
    map.put("components", c.components());
    map.put("split", c.split());
    map.put("too_small", c.tooSmall());
    map.put("too_large", c.tooLarge());
    map.put("peak_apart", c.apart());
    map.put("noise", c.noise());
    map.put("faint", c.faint());
    map.put("notes", spots.notes());
    List<Map<String, Object>> images = new ArrayList<>();
    for (FrameSpots f : spots.frames()) {
      Map<String, Object> image = new LinkedHashMap<>();
      image.put("image", f.image());
      image.put("strong_pixels", f.strongPixels());
      image.put("spots", f.spots());
      image.put("intensity", f.quanta());
      image.put("resolution", Double.isNaN(f.resolution()) ? null : f.resolution());
      image.put("blank", f.blank());
      images.add(image);
    }
    map.put("images", images);
    return map;
  }
}
