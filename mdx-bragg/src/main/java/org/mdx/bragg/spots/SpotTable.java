package org.mdx.bragg.spots;

import java.util.Arrays;
import java.util.List;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.reflection.Shoeboxes;

/** Spots as a table. */
final class SpotTable {
  private SpotTable() {}

  /**
   * The table of spots.
   *
   * @param offset added to frames: the array index of the first frame
   * @param shoeboxes whether spots have their pixels
   */
  static Reflections of(List<FoundSpot> spots, int offset, boolean shoeboxes) {
    int n = spots.size();
    int[] box = new int[6 * n];
    int[] panel = new int[n];
    int[] size = new int[n];
    double[] place = new double[3 * n];
    double[] variance = new double[3 * n];
    double[] intensity = new double[n];
    double[] intensityVariance = new double[n];
    for (int i = 0; i < n; i++) {
      FoundSpot s = spots.get(i);
      System.arraycopy(box(s, offset), 0, box, 6 * i, 6);
      panel[i] = s.panel();
      size[i] = s.size();
      System.arraycopy(s.position(), 0, place, 3 * i, 3);
      place[3 * i + 2] += offset;
      System.arraycopy(s.variance(), 0, variance, 3 * i, 3);
      intensity[i] = s.intensity();
      intensityVariance[i] = s.intensityVariance();
    }
    long[] flags = new long[n];
    Arrays.fill(flags, ReflectionFlag.STRONG.mask());
    Reflections.Builder b =
        Reflections.builder(n)
            .set(ReflectionKeys.BBOX, box)
            .set(ReflectionKeys.FLAGS, flags)
            .set(ReflectionKeys.ID, new int[n])
            .set(ReflectionKeys.PANEL, panel)
            .set(ReflectionKeys.N_SIGNAL, size)
            .set(ReflectionKeys.XYZOBS_PX, place)
            .set(ReflectionKeys.XYZOBS_PX_VARIANCE, variance)
            .set(ReflectionKeys.INTENSITY_SUM, intensity)
            .set(ReflectionKeys.INTENSITY_SUM_VARIANCE, intensityVariance);
    return shoeboxes ? b.set(ReflectionKeys.SHOEBOX, shoeboxes(spots, offset)).build() : b.build();
  }

  private static int[] box(FoundSpot s, int offset) {
    int[] box = s.box().clone();
    box[4] += offset;
    box[5] += offset;
    return box;
  }

  private static Shoeboxes shoeboxes(List<FoundSpot> spots, int offset) {
    Shoeboxes.Builder b = Shoeboxes.builder();
    for (FoundSpot s : spots) {
      float[] counts = s.shoebox().clone();
      int[] mask = new int[counts.length];
      for (int i = 0; i < counts.length; i++) {
        if (Float.isNaN(counts[i])) {
          counts[i] = 0;
        } else {
          mask[i] = Shoeboxes.VALID | Shoeboxes.FOREGROUND;
        }
      }
      b.add(s.panel(), box(s, offset), counts, mask, new float[counts.length]);
    }
    return b.build();
  }
}
