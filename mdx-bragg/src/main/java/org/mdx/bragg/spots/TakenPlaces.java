package org.mdx.bragg.spots;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/** The boxes of spots, to see what touches them. */
final class TakenPlaces {
  /** Pixels of a square that has a list of its own. */
  private static final int SQUARE = 32;

  private final Long2ObjectOpenHashMap<List<int[]>> boxes = new Long2ObjectOpenHashMap<>();
  private final int margin;

  /**
   * Places with nothing taken.
   *
   * @param margin pixels about a box that belong to it, and one frame
   */
  TakenPlaces(int margin) {
    this.margin = margin;
  }

  void add(Component c) {
    int[] box = {
      c.box[0] - margin,
      c.box[1] + margin,
      c.box[2] - margin,
      c.box[3] + margin,
      c.firstFrame - 1,
      c.lastFrame + 2
    };
    for (int z = box[4]; z < box[5]; z++) {
      for (int y = Math.floorDiv(box[2], SQUARE); y <= Math.floorDiv(box[3] - 1, SQUARE); y++) {
        for (int x = Math.floorDiv(box[0], SQUARE); x <= Math.floorDiv(box[1] - 1, SQUARE); x++) {
          boxes.computeIfAbsent(key(c.panel, z, y, x), k -> new ArrayList<>(2)).add(box);
        }
      }
    }
  }

  private static long key(int panel, int frame, int y, int x) {
    return (((long) panel << 24 | frame + 1) << 12 | y + 1) << 12 | x + 1;
  }

  /** Whether a pixel of a component lies in a box. */
  boolean touches(Component c) {
    for (int i = 0; i < c.size; i++) {
      int x = c.x(i);
      int y = c.y(i);
      List<int[]> here = boxes.get(key(c.panel, c.frame(i), y / SQUARE, x / SQUARE));
      for (int k = 0; here != null && k < here.size(); k++) {
        int[] b = here.get(k);
        if (x >= b[0] && x < b[1] && y >= b[2] && y < b[3]) {
          return true;
        }
      }
    }
    return false;
  }
}
