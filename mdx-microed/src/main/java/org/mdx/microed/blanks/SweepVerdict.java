package org.mdx.microed.blanks;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.mdx.io.dials.ImageRange;

/**
 * Which images of a sweep to keep.
 *
 * @param identifier of the experiment; may be empty
 * @param images of the scan
 * @param kept the longest unbroken stretch without blank images, the first of several as long;
 *     empty if there is none
 * @param criteria what decided
 */
public record SweepVerdict(
    String identifier,
    ImageRange images,
    Optional<ImageRange> kept,
    List<BlankCriterion> criteria) {

  public SweepVerdict {
    criteria = List.copyOf(criteria);
  }

  /** The verdict of all criteria together. */
  static SweepVerdict of(String identifier, ImageRange images, List<BlankCriterion> criteria) {
    BitSet blank = new BitSet();
    for (BlankCriterion c : criteria) {
      for (ImageRange run : c.blankImages(images)) {
        blank.set(run.first() - images.first(), run.last() - images.first() + 1);
      }
    }
    int best = 0;
    int bestFrom = 0;
    int n = images.length();
    for (int from = blank.nextClearBit(0); from < n; ) {
      int next = blank.nextSetBit(from);
      int end = next < 0 ? n : next;
      if (end - from > best) {
        best = end - from;
        bestFrom = from;
      }
      from = blank.nextClearBit(end);
    }
    int first = images.first() + bestFrom;
    return new SweepVerdict(
        identifier,
        images,
        best == 0 ? Optional.empty() : Optional.of(new ImageRange(first, first + best - 1)),
        criteria);
  }

  /** The same criteria with nothing kept. */
  SweepVerdict dropped() {
    return new SweepVerdict(identifier, images, Optional.empty(), criteria);
  }

  @Override
  public String toString() {
    return kept.map(k -> "images " + k + " of " + images)
        .orElse("none of the images " + images + " kept");
  }
}
