package org.mdx.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.internal.kernel.Hash;

/**
 * All observations of every n-th voxel, drawn by a hash of its number, so that a sample covers each
 * sweep, the detector and every resolution as all observations do. It lies in memory. It depends on
 * the data alone.
 */
final class VoxelSample {
  private static final long KEY = 0x5CA1E;

  /** Of a voxel that is not drawn. */
  private static final char NONE = Character.MAX_VALUE;

  private VoxelSample() {}

  /**
   * Draws a sample.
   *
   * @param lanes all observations; none has been rejected
   * @param panels whether observations tell their panel
   * @param every one voxel in so many, 2 or more
   * @return blocks of about the same size
   */
  static Blocks of(Lanes lanes, boolean panels, int every) {
    Blocks blocks = new Blocks(panels, lanes.isExpected(), null);
    List<Block> waiting = new ArrayList<>();
    int[] part = {0};
    lanes.run(
        Pass.sample(every),
        answer -> {
          for (int i = 0; i < answer.drawn.length; i++) {
            if (answer.part[i] > part[0]) {
              add(blocks, waiting);
              part[0] = answer.part[i];
            }
            waiting.add(answer.drawn[i]);
          }
        });
    add(blocks, waiting);
    return blocks;
  }

  /** Adds a part of the sample, of which each lane that it is from has drawn a block. */
  private static void add(Blocks blocks, List<Block> drawn) {
    int n = blocks.count();
    int voxels = n == 0 ? 0 : blocks.shape(n - 1).firstVoxel() + blocks.shape(n - 1).voxels();
    Block all = drawn.size() == 1 ? drawn.get(0) : together(drawn, numbers(drawn));
    drawn.clear();
    if (all.size() > 0) {
      blocks.add(new Block(voxels, all));
    }
  }

  /** Every voxel of some blocks with a number of its own. */
  private static char[][] numbers(List<Block> from) {
    char[][] number = new char[from.size()][];
    int voxels = 0;
    for (int n = 0; n < number.length; n++) {
      number[n] = new char[from.get(n).voxels];
      for (int v = 0; v < number[n].length; v++) {
        number[n][v] = (char) Math.min(NONE, voxels++);
      }
    }
    return number;
  }

  /**
   * What is drawn of some neighbouring blocks, as one block whose first voxel is number 0.
   *
   * @param every one voxel in so many
   */
  static Block draw(List<Block> from, int every) {
    char[][] number = new char[from.size()][];
    int voxels = 0;
    for (int n = 0; n < number.length; n++) {
      Block block = from.get(n);
      number[n] = new char[block.voxels];
      Arrays.fill(number[n], NONE);
      for (int v = 0; v < number[n].length; v++) {
        long hash = Hash.key(KEY, (long) block.firstVoxel + v);
        if (Long.remainderUnsigned(hash, every) == 0 && voxels < NONE) {
          number[n][v] = (char) voxels++;
        }
      }
    }
    return together(from, number);
  }

  /** The observations of the voxels that have a number, of some blocks in one. */
  private static Block together(List<Block> from, char[][] number) {
    int sweeps = from.get(0).start.length - 1;
    int[] start = new int[sweeps + 1];
    int voxels = 0;
    for (int n = 0; n < number.length; n++) {
      Block block = from.get(n);
      for (char v : number[n]) {
        voxels += v == NONE ? 0 : 1;
      }
      for (int t = 0; t < sweeps; t++) {
        for (int i = block.start[t]; i < block.start[t + 1]; i++) {
          start[t + 1] += number[n][block.voxel[i]] == NONE ? 0 : 1;
        }
      }
    }
    Arrays.parallelPrefix(start, Integer::sum);
    Block like = from.get(0);
    Block out = new Block(0, voxels, start, like.panel != null, like.slope != null);
    int at = 0;
    for (int t = 0; t < sweeps; t++) {
      for (int n = 0; n < number.length; n++) {
        Block block = from.get(n);
        for (int i = block.start[t]; i < block.start[t + 1]; i++) {
          char here = number[n][block.voxel[i]];
          if (here != NONE) {
            out.copy(at++, here, block, i);
          }
        }
      }
    }
    return out;
  }
}
