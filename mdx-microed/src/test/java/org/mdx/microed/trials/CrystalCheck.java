package org.mdx.microed.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.io.dials.Dials;
import org.mdx.math.Mat3;

/** Whether a trial found the lattice that is in the truth. */
final class CrystalCheck {
  private CrystalCheck() {}

  /**
   * Compares the first lattice of a trial with the truth.
   *
   * @return empty if it is right: every true axis is a sum of whole axes that were found, to 1 % of
   *     its length and half a degree, and cells have as many lattice points; else what is wrong
   */
  static String wrong(Path trial, SimulatedCrystal simulated, Crystal truth, boolean conventional)
      throws IOException {
    Path expt = trial.resolve("integrated.expt");
    if (!Files.exists(expt)) {
      return "no integrated.expt";
    }
    Crystal found = Dials.experiments(expt).get(0).geometry().crystal().orElseThrow();
    Mat3 axes = truth.a().inverse();
    Mat3 n = axes.times(found.a());
    double[] e = n.toRowMajor();
    double[] whole = new double[9];
    for (int i = 0; i < 9; i++) {
      whole[i] = Math.rint(e[i]);
    }
    Mat3 sum = Mat3.ofRowMajor(whole).times(found.a().inverse());
    double worst = 0;
    for (int i = 0; i < 3; i++) {
      double off = sum.row(i).minus(axes.row(i)).norm() / axes.row(i).norm();
      worst = Math.max(worst, off);
    }
    long points = Math.round(Math.abs(Mat3.ofRowMajor(whole).determinant()));
    char centring = simulated.spaceGroup().centring();
    long expected = conventional || centring == 'P' ? 1 : 2; // there are P, C and I
    if (worst > 0.01 || points != expected) {
      return String.format(
          Locale.ROOT, "%s: off by %.3f, %d of %d points", found.cell(), worst, points, expected);
    }
    return conventional && !found.spaceGroup().equals(simulated.spaceGroup())
        ? "space group " + found.spaceGroup()
        : "";
  }
}
