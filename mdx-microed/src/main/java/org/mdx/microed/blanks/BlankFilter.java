package org.mdx.microed.blanks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.ColumnType;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ImageRange;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.reflection.ReflectionFlag;

/**
 * Finds blank frames from reflections and leaves them out.
 *
 * <p>A bin of the scan is blank if it holds at most a fraction of the strong reflections of the
 * best bin, or of the indexed ones whose position is no outlier, or if the mean I/σ of its
 * integrated reflections is at most a fraction of that of the best bin. Reflections integrated in
 * both ways count, with their profile-fitted intensities, or if there are none those integrated by
 * summation. Criteria of which the table has no reflections say nothing. Bins and limits are those
 * of {@code dials.detect_blanks}, which however overlooks a blank bin at the end of the scan.
 */
public final class BlankFilter {
  private static final String OBSERVED = "xyzobs.px.value";

  private final BlankOptions options;

  private BlankFilter(BlankOptions options) {
    this.options = options;
  }

  /**
   * A filter.
   *
   * @param options when frames are blank
   * @return the filter
   */
  public static BlankFilter of(BlankOptions options) {
    return new BlankFilter(options);
  }

  /**
   * Leaves blank frames out.
   *
   * @param data experiments with scans, and reflections with the columns {@code id}, {@code flags}
   *     and {@code xyzobs.px.value}
   * @return what is kept, and why
   * @throws IllegalArgumentException if an experiment has no scan, a column is missing, or list and
   *     table do not belong together
   */
  public FilteredSweeps filter(DialsData data) {
    if (data.reflections() == null) {
      throw new IllegalArgumentException("there are no reflections to judge the frames by");
    }
    List<SweepVerdict> verdicts = new ArrayList<>();
    for (int row = 0; row < data.experiments().size(); row++) {
      verdicts.add(verdict(data, row));
    }
    return cut(data, verdicts);
  }

  /**
   * Cuts experiments, and their reflections if there are any, to what verdicts keep.
   *
   * @param data experiments, with reflections or without
   * @param verdicts one for each experiment
   * @return what is kept; verdicts on experiments with too few reflections keep nothing
   * @throws IllegalArgumentException if list and table do not belong together
   */
  public FilteredSweeps cut(DialsData data, List<SweepVerdict> verdicts) {
    List<ImageRange> ranges = new ArrayList<>();
    verdicts.forEach(v -> ranges.add(v.kept().orElse(null)));
    DialsData sliced = data.slice(ranges);
    List<SweepVerdict> last = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < verdicts.size(); row++) {
      SweepVerdict v = verdicts.get(row);
      if (v.kept().isPresent() && reflections(sliced, row) < options.minReflections()) {
        v = v.dropped();
      }
      if (v.kept().isPresent()) {
        rows.add(row);
      }
      last.add(v);
    }
    int[] kept = rows.stream().mapToInt(i -> i).toArray();
    return new FilteredSweeps(
        last, kept.length == 0 ? Optional.empty() : Optional.of(sliced.select(kept)));
  }

  private static int reflections(DialsData data, int row) {
    return data.reflections() == null ? Integer.MAX_VALUE : data.select(row).reflections().rows();
  }

  private SweepVerdict verdict(DialsData data, int row) {
    Scan scan =
        data.experiments()
            .scan(row)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "experiment " + row + " has no scan; blank frames need a rotation sweep"));
    ReflectionTable table = data.select(row).reflections();
    int n = scan.frames();
    ImageRange images = new ImageRange(scan.firstImage(), scan.firstImage() + n - 1);
    int perBin = options.imagesPerBin(Math.abs(scan.width()));
    ReflectionColumn flags = table.column("flags");
    ReflectionTable strong = table.where(r -> is(ReflectionFlag.STRONG, flags, r));
    ReflectionTable indexed =
        table.where(
            r ->
                is(ReflectionFlag.INDEXED, flags, r)
                    && !is(ReflectionFlag.CENTROID_OUTLIER, flags, r));
    List<BlankCriterion> criteria = new ArrayList<>();
    addCounts(criteria, "strong", strong, images, perBin);
    addCounts(criteria, "indexed", indexed, images, perBin);
    addMeans(criteria, table, images, perBin);
    if (criteria.isEmpty()) {
      throw new IllegalArgumentException(
          "experiment "
              + row
              + " has "
              + table.rows()
              + " reflections, none of them strong, indexed or integrated");
    }
    return SweepVerdict.of(data.experiments().identifier(row), images, criteria);
  }

  private static boolean is(ReflectionFlag flag, ReflectionColumn flags, int row) {
    return flag.isSet(flags.integer(row));
  }

  private void addCounts(
      List<BlankCriterion> criteria,
      String name,
      ReflectionTable table,
      ImageRange images,
      int perBin) {
    if (table.rows() == 0) {
      return;
    }
    ReflectionColumn z = table.column(OBSERVED, ColumnType.VEC3);
    double[] counts = new double[bins(images.length(), perBin)];
    for (int r = 0; r < table.rows(); r++) {
      int bin = bin(z.value(r, 2), images, counts.length);
      if (bin >= 0) {
        counts[bin]++;
      }
    }
    criteria.add(
        BlankCriterion.of(
            name, table.rows(), images.length(), counts, options.countsFractionalLoss()));
  }

  private void addMeans(
      List<BlankCriterion> criteria, ReflectionTable all, ImageRange images, int perBin) {
    String kind = "prf";
    ReflectionTable table = integrated(all, ReflectionFlag.INTEGRATED, kind);
    if (table.rows() == 0) {
      kind = "sum";
      table = integrated(all, ReflectionFlag.INTEGRATED_SUM, kind);
    }
    if (table.rows() == 0) {
      return;
    }
    ReflectionColumn z = table.column(OBSERVED, ColumnType.VEC3);
    ReflectionColumn value = table.column("intensity." + kind + ".value");
    ReflectionColumn variance = table.column("intensity." + kind + ".variance");
    double[] sums = new double[bins(images.length(), perBin)];
    int[] counts = new int[sums.length];
    for (int r = 0; r < table.rows(); r++) {
      int bin = bin(z.value(r, 2), images, sums.length);
      if (bin >= 0) {
        sums[bin] += value.value(r, 0) / Math.sqrt(variance.value(r, 0));
        counts[bin]++;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= Math.max(1, counts[i]);
    }
    criteria.add(
        BlankCriterion.of(
            "integrated", table.rows(), images.length(), sums, options.misigmaFractionalLoss()));
  }

  /** Reflections with all bits of a flag and an error. */
  private static ReflectionTable integrated(
      ReflectionTable table, ReflectionFlag flag, String kind) {
    String name = "intensity." + kind + ".variance";
    if (!table.has(name)) {
      return table.select();
    }
    ReflectionColumn flags = table.column("flags");
    ReflectionColumn variance = table.column(name);
    IntPredicate good =
        r -> (flags.integer(r) & flag.mask()) == flag.mask() && variance.value(r, 0) > 0;
    return table.where(good);
  }

  /** Number of bins in a scan, at least one. */
  static int bins(int images, int perBin) {
    return (int) Math.max(1, Math.rint(images / (double) perBin));
  }

  /** The bin of a position in the numbering of DIALS; −1 outside the scan. */
  private static int bin(double z, ImageRange images, int bins) {
    double x = z - (images.first() - 1);
    return x >= 0 && x <= images.length()
        ? Math.min(bins - 1, (int) (x * bins / images.length()))
        : -1;
  }
}
