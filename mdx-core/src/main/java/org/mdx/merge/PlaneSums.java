package org.mdx.merge;

import java.io.Serializable;
import java.util.List;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLTable;

/**
 * What the voxels of one plane of equal H add to the knowledge of what intensities to expect. The
 * planes of all voxels, in rising order of H, are what {@link Merger#merge(HKLTable, List,
 * Parallel)} weighs by, wherever they were summed.
 *
 * @param h H of the plane
 * @param sums of shells of resolution, as long as the plane reaches
 */
public record PlaneSums(int h, double[] sums) implements Serializable {

  @Override
  public String toString() {
    return "PlaneSums[H " + h + ", " + sums.length + " sums]";
  }
}
