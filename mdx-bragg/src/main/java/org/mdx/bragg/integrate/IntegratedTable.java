package org.mdx.bragg.integrate;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/** The table of all reflections that any image can have recorded. */
final class IntegratedTable {
  private final Geometry geometry;
  private final Target[] rows;
  private final Reflections predicted;
  private final Reflections.Builder out;

  IntegratedTable(Geometry geometry, Reflections predicted, Target[] all) {
    this.geometry = geometry;
    rows = Arrays.stream(all).filter(t -> t.slices > 0).toArray(Target[]::new);
    this.predicted = predicted.select(Arrays.stream(rows).mapToInt(t -> t.row).toArray());
    out = Reflections.builder(rows.length);
  }

  Reflections table() {
    if (Arrays.stream(rows).noneMatch(t -> Integrator.isIntegrated(t.measured.flags))) {
      throw new EmptyResultException(
          "none of "
              + rows.length
              + " predicted reflections could be integrated; masks, trusted"
              + " range and the widths of the spots decide it");
    }
    copy(ReflectionKeys.MILLER_INDEX);
    copy(ReflectionKeys.ID);
    copy(ReflectionKeys.PANEL);
    copy(ReflectionKeys.S1);
    copy(ReflectionKeys.ENTERING);
    copy(ReflectionKeys.XYZCAL_PX);
    copy(ReflectionKeys.XYZCAL_MM);
    copy(ReflectionKeys.D);
    out.set(ReflectionKeys.IMAGESET_ID, new int[rows.length]);
    numbers(ReflectionKeys.INTENSITY_SUM, t -> t.measured.sum);
    numbers(ReflectionKeys.INTENSITY_SUM_VARIANCE, t -> t.measured.sumVariance);
    numbers(ReflectionKeys.INTENSITY_PRF, t -> t.measured.fit);
    numbers(ReflectionKeys.INTENSITY_PRF_VARIANCE, t -> t.measured.fitVariance);
    numbers(ReflectionKeys.PROFILE_CORRELATION, t -> t.measured.correlation);
    numbers(ReflectionKeys.BACKGROUND_MEAN, t -> t.measured.backgroundMean);
    numbers(ReflectionKeys.BACKGROUND_SUM, t -> t.measured.backgroundSum);
    numbers(ReflectionKeys.BACKGROUND_SUM_VARIANCE, t -> t.measured.backgroundSumVariance);
    numbers(ReflectionKeys.PARTIALITY, t -> t.measured.partiality);
    numbers(ReflectionKeys.ZETA, t -> t.frame.zeta());
    integers(ReflectionKeys.NUM_PIXELS_VALID, t -> t.measured.valid);
    integers(ReflectionKeys.NUM_PIXELS_BACKGROUND, t -> t.measured.background);
    integers(ReflectionKeys.NUM_PIXELS_BACKGROUND_USED, t -> t.measured.backgroundUsed);
    integers(ReflectionKeys.NUM_PIXELS_FOREGROUND, t -> t.measured.foreground);
    flagsAndBoxes();
    corrections();
    centroids();
    return out.build();
  }

  private <A> void copy(ReflectionKey<A> key) {
    out.set(key, predicted.get(key));
  }

  private void numbers(ReflectionKey<double[]> key, ToDoubleFunction<Target> value) {
    out.set(key, Arrays.stream(rows).mapToDouble(value).toArray());
  }

  private void integers(ReflectionKey<int[]> key, ToIntFunction<Target> value) {
    out.set(key, Arrays.stream(rows).mapToInt(value).toArray());
  }

  private void flagsAndBoxes() {
    long[] flags = new long[rows.length];
    long[] partial = new long[rows.length];
    int[] boxes = new int[6 * rows.length];
    int first = geometry.scan().firstImage() - 1;
    for (int i = 0; i < rows.length; i++) {
      Target t = rows[i];
      flags[i] = t.measured.flags | ReflectionFlag.PREDICTED.mask();
      if (t.strong) {
        flags[i] |=
            ReflectionFlag.OBSERVED.mask()
                | ReflectionFlag.INDEXED.mask()
                | ReflectionFlag.STRONG.mask();
      }
      if (!t.integrate) {
        flags[i] |= ReflectionFlag.DONT_INTEGRATE.mask();
      }
      // parts of one reflection follow each other
      partial[i] = i > 0 && rows[i - 1].row == t.row ? partial[i - 1] : i;
      int[] box = {t.x0, t.x0 + t.w, t.y0, t.y0 + t.h, t.z0 + first, t.z1 + first};
      System.arraycopy(box, 0, boxes, 6 * i, 6);
    }
    out.set(ReflectionKeys.FLAGS, flags);
    out.set(ReflectionKeys.PARTIAL_ID, partial);
    out.set(ReflectionKeys.BBOX, boxes);
  }

  /** Lorentz factor over polarization, and the part that the sensor absorbs. */
  private void corrections() {
    Corrections factors = Corrections.of(geometry);
    double[] lp = new double[rows.length];
    double[] qe = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      CorrectionFactors f = factors.at(rows[i].panel, rows[i].px, rows[i].py);
      lp[i] = f.inverseLorentz() / f.polarization();
      qe[i] = f.efficiency();
    }
    out.set(ReflectionKeys.LP, lp);
    out.set(ReflectionKeys.QE, qe);
  }

  /** Centroids of what stands out, predictions of the rest. */
  private void centroids() {
    int n = rows.length;
    double[] px = predicted.get(ReflectionKeys.XYZCAL_PX);
    double[] mm = predicted.get(ReflectionKeys.XYZCAL_MM);
    double[] pxVariance = new double[3 * n];
    double[] mmVariance = new double[3 * n];
    int first = geometry.scan().firstImage() - 1;
    double step = Math.toRadians(geometry.scan().width());
    for (int i = 0; i < n; i++) {
      Measured m = rows[i].measured;
      Panel panel = geometry.detector().panels().get(rows[i].panel);
      double[] variance = m.centroid == null ? new double[] {1, 1, 1} : m.centroidVariance;
      if (m.centroid != null) {
        px[3 * i] = m.centroid[0];
        px[3 * i + 1] = m.centroid[1];
        px[3 * i + 2] = m.centroid[2] + first;
        Panel.Point at = panel.mm(m.centroid[0], m.centroid[1]);
        mm[3 * i] = at.x();
        mm[3 * i + 1] = at.y();
        mm[3 * i + 2] = Math.toRadians(geometry.scan().phiAt(m.centroid[2]));
      }
      double[] unit = {panel.pixelWidth(), panel.pixelHeight(), step};
      for (int j = 0; j < 3; j++) {
        pxVariance[3 * i + j] = variance[j];
        mmVariance[3 * i + j] = variance[j] * unit[j] * unit[j];
      }
    }
    out.set(ReflectionKeys.XYZOBS_PX, px);
    out.set(ReflectionKeys.XYZOBS_PX_VARIANCE, pxVariance);
    out.set(ReflectionKeys.XYZOBS_MM, mm);
    out.set(ReflectionKeys.XYZOBS_MM_VARIANCE, mmVariance);
  }
}
