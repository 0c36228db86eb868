package org.mdx.io.nexus;

import java.util.OptionalInt;
import org.mdx.geometry.Scan;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.peaks.Peaks;

/**
 * The objects {@code peak_model}, {@code peaks} and {@code outliers}. Positions are stored as the
 * frame's middle angle and zero-based pixel indices; the count threshold and, for several panels,
 * the panel are additions that mdx2 does not look at.
 */
final class PeaksFormat {
  private static final String CURE = "give the file that find-peaks wrote";

  private PeaksFormat() {}

  static NexusRoot write(Peaks peaks, Scan scan) {
    Hdf5Group model = model(peaks.model());
    model.add("count_threshold", Hdf5Dataset.of(Elements.of((long) peaks.countThreshold())));
    return new NexusRoot()
        .add("peak_model", "mdx2.geometry", "GaussianPeak", model)
        .add("peaks", "mdx2.data", "Peaks", positions(peaks.positions(), scan))
        .add("outliers", "mdx2.data", "Peaks", positions(peaks.outliers(), scan));
  }

  static Hdf5Group model(PeakModel m) {
    Vec3 r0 = m.r0();
    return new Hdf5Group()
        .add("r0", Hdf5Dataset.row(Elements.of(r0.x(), r0.y(), r0.z())))
        .add("sigma", Hdf5Dataset.of(Elements.of(m.sigma().toRowMajor()), 3, 3));
  }

  private static Hdf5Group positions(PeakPositions p, Scan scan) {
    int n = p.size();
    Hdf5Group g =
        new Hdf5Group()
            .attribute("NX_class", "NXreflections")
            .add("observed_phi", Hdf5Dataset.row(Elements.ofDoubles(n, i -> scan.phi(p.frame(i)))))
            .add("observed_px_x", Hdf5Dataset.row(Elements.ofDoubles(n, p::ix)))
            .add("observed_px_y", Hdf5Dataset.row(Elements.ofDoubles(n, p::iy)));
    for (int i = 0; i < n; i++) {
      if (p.panel(i) != 0) {
        return g.add("det_module", Hdf5Dataset.row(Elements.ofInts(n, p::panel)));
      }
    }
    return g;
  }

  static PeaksFile read(NexusReader in, Scan scan) {
    PeakModel model = readModel(in);
    String threshold = "/entry/peak_model/count_threshold";
    OptionalInt counts = OptionalInt.empty();
    if (in.file().has(threshold)) {
      in.doubles(threshold);
      counts = OptionalInt.of(in.file().ints(threshold, in.parallel())[0]);
    }
    return new PeaksFile(
        model, readPositions(in, "peaks", scan), readPositions(in, "outliers", scan), counts);
  }

  static PeakModel readModel(NexusReader in) {
    return readModel(in, in.object("peak_model", CURE));
  }

  static PeakModel readModel(NexusReader in, String place) {
    double[] r0 = in.doubles(place + "/r0", 3);
    double[] sigma = in.doubles(place + "/sigma", 3, 3);
    return in.build(
        place, () -> new PeakModel(new Vec3(r0[0], r0[1], r0[2]), Mat3.ofRowMajor(sigma)));
  }

  private static PeakPositions readPositions(NexusReader in, String name, Scan scan) {
    String place = in.object(name, CURE);
    double[] phi = in.doubles(place + "/observed_phi", -1);
    int[] frame = new int[phi.length];
    for (int i = 0; i < frame.length; i++) {
      double at = scan.position(phi[i]) - 0.5;
      frame[i] = (int) Math.rint(at);
      if (!(Math.abs(at - frame[i]) < 0.01 && frame[i] >= 0 && frame[i] < scan.frames())) {
        throw in.file()
            .error(
                place + "/observed_phi",
                "middle angles of the frames of " + scan,
                phi[i] + " at " + i,
                "give the peaks and the images of the same sweep");
      }
    }
    int[] ix = in.file().ints(place + "/observed_px_x", in.parallel());
    int[] iy = in.file().ints(place + "/observed_px_y", in.parallel());
    String module = place + "/det_module";
    int[] panel =
        in.file().has(module) ? in.file().ints(module, in.parallel()) : new int[frame.length];
    return in.build(place, () -> PeakPositions.of(frame, panel, iy, ix));
  }
}
