package org.mdx.io.dials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Cuts models of an experiment to some images of its scan, in the older form of the scan and with
 * the newer dictionary of properties. What does not depend on the image stays.
 *
 * @param all the images of the scan
 * @param wanted the images to keep, all of them in the scan
 */
record ScanSlice(ImageRange all, ImageRange wanted) {
  private static final String SCAN_POINTS = "_at_scan_points";

  /**
   * A cut.
   *
   * @param row number of the experiment, for messages
   * @param all its images, empty without a scan
   * @param wanted those to keep
   * @throws IllegalArgumentException if some of them are not in the scan
   */
  static ScanSlice of(int row, Optional<ImageRange> all, ImageRange wanted) {
    if (all.isEmpty() || !all.get().contains(wanted)) {
      throw new IllegalArgumentException(
          "images "
              + wanted
              + " of experiment "
              + row
              + ", which has "
              + (all.isEmpty() ? "no scan" : "images " + all.get()));
    }
    return new ScanSlice(all.get(), wanted);
  }

  /** The images of a scan. */
  static ImageRange images(JsonCursor scan) {
    JsonCursor range = scan.get("image_range");
    range.requireSize(2);
    int first = range.at(0).integer();
    int last = range.at(1).integer();
    if (last < first || (long) last - first >= ScanJson.MAX_IMAGES) {
      throw range.failure(
          "a range of 1 to " + ScanJson.MAX_IMAGES + " images", first + " to " + last, "");
    }
    return new ImageRange(first, last);
  }

  /** A model for the images that are kept: itself if there is nothing to cut. */
  JsonNode apply(JsonCursor model) {
    if (!model.node().isObject()) {
      return model.node();
    }
    ObjectNode cut = model.node().deepCopy();
    boolean scan = model.node().has("image_range");
    boolean changed = scan;
    if (scan) {
      cutScan(model, cut);
    }
    for (String key : model.node().properties().stream().map(e -> e.getKey()).toList()) {
      JsonNode value = model.node().get(key);
      if (key.endsWith(SCAN_POINTS) && value.isArray() && !value.isEmpty()) {
        model.get(key).requireSize(all.length() + 1);
        cut.set(key, part(value, wanted.length() + 1));
        changed = true;
      } else if ((key.equals("single_file_indices") || key.equals("images"))
          && value.size() == all.length()) {
        cut.set(key, part(value, wanted.length()));
        changed = true;
      }
    }
    return changed ? cut : model.node();
  }

  private int skipped() {
    return wanted.first() - all.first();
  }

  /** Elements of a list that has one for each image or scan point. */
  private ArrayNode part(JsonNode list, int n) {
    ArrayNode part = ((ArrayNode) list).arrayNode();
    for (int i = 0; i < n; i++) {
      part.add(list.get(skipped() + i));
    }
    return part;
  }

  private void cutScan(JsonCursor scan, ObjectNode cut) {
    cut.putArray("image_range").add(wanted.first()).add(wanted.last());
    JsonCursor oscillation = scan.optional("oscillation");
    if (oscillation != null) {
      double[] o = oscillation.numbers(2);
      cut.putArray("oscillation").add(o[0] + skipped() * o[1]).add(o[1]);
    }
    for (String key : new String[] {"exposure_time", "epochs"}) {
      if (scan.node().path(key).isArray()) {
        cut.set(key, partOfShort(scan.get(key), key.equals("exposure_time")));
      }
    }
    JsonCursor properties = scan.optional("properties");
    if (properties != null) {
      cutProperties(properties, cut.putObject("properties"));
    }
    JsonCursor valid = scan.optional("valid_image_ranges");
    if (valid != null) {
      cutValid(valid, cut.putObject("valid_image_ranges"));
    }
  }

  /**
   * Elements of a list that is continued with its last element if it is too short. A single
   * exposure followed by zeros stands for all, and does so afterwards.
   */
  private ArrayNode partOfShort(JsonCursor list, boolean exposures) {
    JsonNode given = list.node();
    ArrayNode part = ((ArrayNode) given).arrayNode();
    boolean restZero = exposures && given.size() > 1 && list.at(0).number() != 0;
    for (int i = 1; i < given.size(); i++) {
      restZero &= list.at(i).number() == 0;
    }
    for (int i = 0; i < wanted.length() && !given.isEmpty(); i++) {
      part.add(given.get(restZero && i == 0 ? 0 : Math.min(skipped() + i, given.size() - 1)));
    }
    return part;
  }

  private void cutProperties(JsonCursor properties, ObjectNode cut) {
    for (String key : properties.node().properties().stream().map(e -> e.getKey()).toList()) {
      JsonNode value = properties.node().get(key);
      boolean perImage = value.isArray() && value.size() == all.length();
      cut.set(key, perImage ? part(value, wanted.length()) : value);
    }
    JsonCursor angles = properties.optional("oscillation");
    if (angles != null) {
      angles.requireSize(all.length());
    }
    if (angles != null && wanted.length() == 1 && all.length() > 1) {
      // the width cannot be told from a single angle
      int next = skipped() + 1 < all.length() ? skipped() + 1 : skipped();
      cut.putArray("oscillation_width")
          .add(angles.at(next).number() - angles.at(next - 1).number());
    }
  }

  private void cutValid(JsonCursor valid, ObjectNode cut) {
    for (String key : valid.node().properties().stream().map(e -> e.getKey()).toList()) {
      JsonCursor ranges = valid.get(key);
      ArrayNode kept = cut.putArray(key);
      for (int i = 0; i < ranges.size(); i++) {
        ranges.at(i).requireSize(2);
        int first = Math.max(wanted.first(), ranges.at(i).at(0).integer());
        int last = Math.min(wanted.last(), ranges.at(i).at(1).integer());
        if (first <= last) {
          kept.addArray().add(first).add(last);
        }
      }
    }
  }
}
