package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.Misorientation;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.TrueSpot;

/**
 * Spot lists of simulated sweeps without their images: true places, noise, and spots that are none.
 */
final class SpotLists {
  private static final double FALSE_SPOTS = 0.04;

  /** Numbers of a row without variances. */
  private static final int KNOWN = 5;

  private SpotLists() {}

  /** How a list differs from the truth: at most so many spots, all moved by px pixels. */
  record Changes(int most, double px, double py, boolean variances) {
    static final Changes NONE = new Changes(Integer.MAX_VALUE, 0, 0);

    Changes(int most, double px, double py) {
      this(most, px, py, false);
    }

    /** So many spots with the variance of each; otherwise all have that of 0.1 px and frames. */
    static Changes withVariances(int most) {
      return new Changes(most, 0, 0, true);
    }
  }

  static SweepSpots of(SpotSweep sweep, long seed, Changes changes) {
    Random random = new Random(seed * 7919 + 13);
    Geometry header = sweep.header().withCrystal(null);
    List<TrueSpot> strong = new ArrayList<>();
    for (TrueSpot t : sweep.spots()) {
      if (t.signalToNoise() > 6 && t.partiality() > 0.6) {
        strong.add(t);
      }
    }
    Collections.shuffle(strong, random);
    List<double[]> rows = new ArrayList<>();
    for (TrueSpot t : strong.subList(0, Math.min(strong.size(), changes.most()))) {
      double[] row = row(t, sweep.frames(), random, changes);
      rows.add(changes.variances() ? row : Arrays.copyOf(row, KNOWN));
    }
    int real = rows.size();
    for (int i = 0; i < FALSE_SPOTS * real; i++) {
      rows.add(anywhere(header, sweep.frames(), random));
    }
    return new SweepSpots(header, table(rows, header.scan().firstImage() - 1));
  }

  private static double[] row(TrueSpot t, int frames, Random random, Changes changes) {
    double n = Math.sqrt(Math.max(t.recorded(), 10));
    double z = Math.min(Math.max(t.frame(), 0.2), frames - 0.2);
    // a spot of one frame has its centroid in the middle
    boolean one = t.shape().zz() < 0.04;
    z = one ? Math.floor(z) + 0.5 : z;
    double sx = 0.05 + Math.sqrt(t.shape().xx()) / n;
    double sy = 0.05 + Math.sqrt(t.shape().yy()) / n;
    double sz = 0.05 + Math.sqrt(t.shape().zz()) / n;
    return new double[] {
      t.panel(),
      t.px() + random.nextGaussian() * sx + changes.px(),
      t.py() + random.nextGaussian() * sy + changes.py(),
      z + random.nextGaussian() * sz,
      t.counts(),
      sx * sx,
      sy * sy,
      sz * sz + (one ? 1 / 12.0 : 0)
    };
  }

  static double[] anywhere(Geometry g, int frames, Random random) {
    int panel = random.nextInt(g.detector().panels().size());
    Panel p = g.detector().panels().get(panel);
    return new double[] {
      panel,
      random.nextDouble() * p.width(),
      random.nextDouble() * p.height(),
      random.nextDouble() * frames,
      100
    };
  }

  /** Every true lattice is among those found: cell within 0.5 %, orientation within 0.5°. */
  static void requireTruth(SpotSweep sweep, Indexed found) {
    for (Geometry g : sweep.trueGeometries()) {
      Crystal truth = g.crystal().orElseThrow();
      assertThat(found.lattices())
          .anySatisfy(
              l -> {
                assertThat(cellError(truth, l.crystal())).isLessThan(0.005);
                assertThat(angle(truth, l.crystal())).isLessThan(0.5);
              });
    }
  }

  /** Rows of panel, px, py, frame from the start of the scan, counts, perhaps three variances. */
  static Reflections table(List<double[]> rows, int first) {
    int n = rows.size();
    int[] panel = new int[n];
    double[] place = new double[3 * n];
    double[] variance = new double[3 * n];
    double[] counts = new double[n];
    long[] flags = new long[n];
    for (int i = 0; i < n; i++) {
      double[] row = rows.get(i);
      panel[i] = (int) row[0];
      for (int k = 0; k < 3; k++) {
        place[3 * i + k] = row[1 + k] + (k == 2 ? first : 0);
        variance[3 * i + k] = row.length > KNOWN ? row[KNOWN + k] : 0.01;
      }
      counts[i] = row[4];
      flags[i] = 32;
    }
    return Reflections.builder(n)
        .set(ReflectionKeys.PANEL, panel)
        .set(ReflectionKeys.XYZOBS_PX, place)
        .set(ReflectionKeys.XYZOBS_PX_VARIANCE, variance)
        .set(ReflectionKeys.INTENSITY_SUM, counts)
        .set(ReflectionKeys.FLAGS, flags)
        .build();
  }

  /** The setting matrix of a primitive cell of a crystal. */
  static Mat3 primitive(Crystal c) {
    return KnownCell.changed(c.a().inverse(), c.spaceGroup().toPrimitive()).inverse();
  }

  /** Largest relative difference of the edges of the reduced cells. */
  static double cellError(Crystal truth, Crystal found) {
    UnitCell t = NiggliCell.of(UnitCell.ofAxes(primitive(truth).inverse())).cell();
    UnitCell f = NiggliCell.of(UnitCell.ofAxes(primitive(found).inverse())).cell();
    return Math.max(
        Math.abs(f.a() / t.a() - 1),
        Math.max(Math.abs(f.b() / t.b() - 1), Math.abs(f.c() / t.c() - 1)));
  }

  static double angle(Crystal truth, Crystal found) {
    return Misorientation.degrees(primitive(truth), primitive(found));
  }
}
