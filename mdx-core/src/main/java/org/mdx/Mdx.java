package org.mdx;

import java.util.ArrayList;
import java.util.List;
import org.mdx.image.ImageSeries;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;

/**
 * Where a reduction starts:
 *
 * <pre>{@code
 * HKLTable merged = Mdx.sweeps(Dials.read(path1), Dials.read(path2))
 *     .background(Dials.read(blank), b -> b.bins(10, 20, 20).validRange(0, 200))
 *     .findPeaks(p -> p.countThreshold(20))
 *     .integrate(i -> i.subdivide(3, 3, 3))
 *     .correct()
 *     .merge(m -> m.outlier(5).split(Split.RANDOM).seed(1))
 *     .table();
 * }</pre>
 */
public final class Mdx {
  private Mdx() {}

  /**
   * A reduction of one or more sweeps of the same kind of crystal.
   *
   * @param images indexed sweeps
   * @return the first stage
   * @throws IllegalArgumentException if there is none, one has no crystal, or their Laue groups
   *     differ
   */
  public static Sweeps sweeps(ImageSeries... images) {
    List<Sweep> list = new ArrayList<>();
    for (ImageSeries i : images) {
      list.add(Sweep.of(i));
    }
    return Sweeps.of(list);
  }

  /**
   * A reduction of sweeps that may bring grids of their own.
   *
   * @param sweeps indexed sweeps
   * @return the first stage
   * @throws IllegalArgumentException if there is none, one has no crystal, or their Laue groups
   *     differ
   */
  public static Sweeps sweeps(List<Sweep> sweeps) {
    return Sweeps.of(sweeps);
  }
}
