package org.mdx.bench;

import java.util.Comparator;

/**
 * The key that the naive twins put into a map.
 *
 * @param h H = h·ndiv
 * @param k K
 * @param l L
 */
public record Voxel(int h, int k, int l) implements Comparable<Voxel> {
  private static final Comparator<Voxel> ORDER =
      Comparator.comparingInt(Voxel::h).thenComparingInt(Voxel::k).thenComparingInt(Voxel::l);

  @Override
  public int compareTo(Voxel other) {
    return ORDER.compare(this, other);
  }
}
