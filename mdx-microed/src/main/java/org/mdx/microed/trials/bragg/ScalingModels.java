package org.mdx.microed.trials.bragg;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.scale.SweepScaling;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.scaling.PhysicalScaling;

/** Scaling models for experiment lists. */
public final class ScalingModels {
  private ScalingModels() {}

  /**
   * The models as DIALS keeps them; those of sweeps that were left out too.
   *
   * @param geometries of the sweeps
   * @param scaled what scaling found
   * @return one for each sweep
   */
  public static List<PhysicalScaling> of(List<Geometry> geometries, Scaled scaled) {
    List<PhysicalScaling> out = new ArrayList<>();
    for (int i = 0; i < geometries.size(); i++) {
      SweepScaling s = scaled.sweeps().get(i);
      Scan scan = geometries.get(i).scan();
      double width = Math.abs(scan.width());
      double range = width * scan.frames();
      int decays = s.decay().length;
      out.add(
          new PhysicalScaling(
              new PhysicalScaling.Values(s.scale(), s.scaleSigma()),
              new PhysicalScaling.Values(s.decay(), s.decaySigma()),
              new PhysicalScaling.Values(s.absorption(), s.absorptionSigma()),
              s.level().lmax(),
              s.level().weight(),
              range / SweepScaling.intervals(s.scale().length),
              decays == 0 ? range : range / SweepScaling.intervals(decays),
              width,
              new double[] {scan.start(), scan.end()},
              new int[] {scan.firstImage(), scan.firstImage() + scan.frames() - 1},
              new double[] {s.errors().a(), s.errors().b()}));
    }
    return out;
  }
}
