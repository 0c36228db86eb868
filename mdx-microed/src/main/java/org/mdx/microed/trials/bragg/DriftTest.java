package org.mdx.microed.trials.bragg;

import java.util.List;
import java.util.Locale;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.ScanBlock;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;

/**
 * Whether a beam that drifts explains the places of spots better than its parameters would by
 * chance: the gain of the log-likelihood of normal residuals, N ln(rms²/rms²) for N spots with two
 * coordinates each, must exceed the number of parameters by three standard deviations of what
 * chance gives, √(parameters/2).
 *
 * @param still rms residual of a still beam, px
 * @param moving rms residual of a beam that drifts, px
 * @param spots that were measured
 * @param parameters of the drift
 */
record DriftTest(double still, double moving, int spots, int parameters) {
  /** Between values of the drift. */
  static final double DEGREES = 1;

  private static final double SIGMAS = 3;

  static DriftTest of(List<Geometry> geometries, Refined still, Refined moving) {
    Scan scan = geometries.get(0).scan();
    int values = (int) Math.ceil(Math.abs(scan.width()) * scan.frames() / DEGREES) + 1;
    return new DriftTest(rms(still), rms(moving), spots(still), 2 * values);
  }

  private static int spots(Refined r) {
    return r.sweeps().stream().mapToInt(ScanBlock::reflections).sum();
  }

  private static double rms(Refined r) {
    double squares = 0;
    for (ScanBlock b : r.sweeps()) {
      squares += b.reflections() * (b.rmsdX() * b.rmsdX() + b.rmsdY() * b.rmsdY());
    }
    return Math.sqrt(squares / Math.max(1, spots(r)));
  }

  double gain() {
    return spots * Math.log(still * still / (moving * moving));
  }

  boolean helps() {
    return gain() > parameters + SIGMAS * Math.sqrt(parameters / 2.0);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "a beam that drifts: residuals %.4f px in place of %.4f px, gain %.1f of the log-likelihood"
            + " with %d parameters: %s",
        moving,
        still,
        gain(),
        parameters,
        helps() ? "taken" : "not taken");
  }
}
