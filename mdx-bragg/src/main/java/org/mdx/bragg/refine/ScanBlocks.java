package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Root mean square deviations by part of the scan; index 10 of a sweep is that of all its parts.
 */
final class ScanBlocks {
  static final int PARTS = 10;

  private final List<Geometry> geometries;
  private final double[][][] squares; // sweep, part, component
  private final int[][] counts;

  ScanBlocks(List<Geometry> geometries, Reflections r) {
    this.geometries = geometries;
    squares = new double[geometries.size()][PARTS + 1][3];
    counts = new int[geometries.size()][PARTS + 1];
    double[] seen = r.get(ReflectionKeys.XYZOBS_PX);
    double[] expected = r.get(ReflectionKeys.XYZCAL_PX);
    int[] id = r.has(ReflectionKeys.ID) ? r.get(ReflectionKeys.ID) : new int[r.size()];
    for (int i = 0; i < r.size(); i++) {
      if (!r.isSet(i, ReflectionFlag.USED_IN_REFINEMENT)
          || r.isSet(i, ReflectionFlag.CENTROID_OUTLIER)) {
        continue;
      }
      int part = part(geometries.get(id[i]).scan(), seen[3 * i + 2]);
      for (int p : new int[] {part, PARTS}) {
        counts[id[i]][p]++;
        for (int c = 0; c < 3; c++) {
          double d = expected[3 * i + c] - seen[3 * i + c];
          squares[id[i]][p][c] += d * d;
        }
      }
    }
  }

  /** The tenth of a scan in which a place, in frames from image 0, lies. */
  static int part(Scan scan, double frame) {
    double x = (frame - scan.firstImage() + 1) / scan.frames();
    return Math.max(0, Math.min(PARTS - 1, (int) (x * PARTS)));
  }

  /** Parts that have an image, sweep by sweep. */
  List<ScanBlock> parts() {
    List<ScanBlock> out = new ArrayList<>();
    for (int s = 0; s < counts.length; s++) {
      int frames = geometries.get(s).scan().frames();
      for (int p = 0; p < PARTS; p++) {
        // the images whose middle is in the part
        int first = (int) Math.ceil((double) p * frames / PARTS - 0.5);
        int last = (int) Math.ceil((double) (p + 1) * frames / PARTS - 0.5) - 1;
        if (last >= first) {
          out.add(block(s, p, first, last));
        }
      }
    }
    return out;
  }

  /** The whole scan of each sweep. */
  List<ScanBlock> sweeps() {
    List<ScanBlock> out = new ArrayList<>();
    for (int s = 0; s < counts.length; s++) {
      out.add(block(s, PARTS, 0, geometries.get(s).scan().frames() - 1));
    }
    return out;
  }

  private ScanBlock block(int sweep, int part, int first, int last) {
    int image = geometries.get(sweep).scan().firstImage();
    int n = counts[sweep][part];
    double[] sum = squares[sweep][part];
    return new ScanBlock(
        sweep,
        image + first,
        image + last,
        n,
        Math.sqrt(sum[0] / n),
        Math.sqrt(sum[1] / n),
        Math.sqrt(sum[2] / n));
  }
}
