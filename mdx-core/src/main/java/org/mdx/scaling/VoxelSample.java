package org.mdx.scaling;

import java.util.Arrays;
import org.mdx.internal.kernel.Hash;
import org.mdx.parallel.Parallel;

/**
 * All observations of every n-th voxel, drawn by a hash of its number, so that a sample covers each
 * sweep, the detector and every resolution as all observations do. It lies in memory. It depends on
 * the data alone.
 */
final class VoxelSample {
  private static final long KEY = 0x5CA1E;

  private final ObservationBlocks all;
  private final int every;

  private VoxelSample(ObservationBlocks all, int every) {
    this.all = all;
    this.every = every;
  }

  /**
   * Draws a sample.
   *
   * @param all observations; none has been rejected
   * @param every one voxel in so many, 2 or more
   * @param parallel threads
   * @return blocks of about the same size
   */
  static ObservationBlocks of(ObservationBlocks all, int every, Parallel parallel) {
    return new VoxelSample(all, every).draw(parallel);
  }

  private ObservationBlocks draw(Parallel parallel) {
    int groups = (all.blocks.count() + every - 1) / every;
    Block[] drawn = new Block[groups];
    parallel.forEach(groups, g -> drawn[g] = draw(g));
    Blocks blocks = new Blocks(all.panels > 1, all.expected, null);
    int voxels = 0;
    for (Block part : drawn) {
      if (part.size() > 0) {
        blocks.add(new Block(voxels, part));
        voxels += part.voxels;
      }
    }
    return new ObservationBlocks(blocks, all.sweeps, voxels, all.marks);
  }

  /** What is drawn of some blocks, as one block whose first voxel is number 0. */
  private Block draw(int group) {
    int first = group * every;
    Block[] from = new Block[Math.min(every, all.blocks.count() - first)];
    char[][] number = new char[from.length][];
    int sweeps = all.sweeps.length;
    int[] start = new int[sweeps + 1];
    int voxels = 0;
    for (int n = 0; n < from.length; n++) {
      from[n] = all.blocks.open(first + n);
      number[n] = new char[from[n].voxels];
      Arrays.fill(number[n], Character.MAX_VALUE);
      for (int v = 0; v < number[n].length; v++) {
        long hash = Hash.key(KEY, (long) from[n].firstVoxel + v);
        if (Long.remainderUnsigned(hash, every) == 0 && voxels < Character.MAX_VALUE) {
          number[n][v] = (char) voxels++;
        }
      }
      for (int t = 0; t < sweeps; t++) {
        for (int i = from[n].start[t]; i < from[n].start[t + 1]; i++) {
          start[t + 1] += number[n][from[n].voxel[i]] == Character.MAX_VALUE ? 0 : 1;
        }
      }
    }
    Arrays.parallelPrefix(start, Integer::sum);
    Block out = new Block(0, voxels, start, all.panels > 1, all.expected);
    int at = 0;
    for (int t = 0; t < sweeps; t++) {
      for (int n = 0; n < from.length; n++) {
        for (int i = from[n].start[t]; i < from[n].start[t + 1]; i++) {
          char here = number[n][from[n].voxel[i]];
          if (here != Character.MAX_VALUE) {
            out.copy(at++, here, from[n], i);
          }
        }
      }
    }
    return out;
  }
}
