package org.mdx.io.nexus;

import java.util.ArrayList;
import java.util.List;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.BinnedImageSeries.Bins;
import org.mdx.io.DecimalText;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;

/**
 * The object {@code binned_image_series}: count rates over (phi, iy, ix). The variance of the rates
 * and the bins of further panels ({@code binned_image_series_1} …) are additions that mdx2 does not
 * look at.
 */
final class BinnedFormat {
  private static final String NAME = "binned_image_series";

  /** Whether the exposures were known from which the rates come; mdx2 has no such attribute. */
  private static final String EXPOSURE = "mdx_exposure";

  /** The part of the beam that attenuators let through; mdx2 has no such attribute. */
  private static final String TRANSMISSION = "mdx_transmission";

  private static final String KNOWN = "known";
  private static final String UNKNOWN = "unknown";

  private BinnedFormat() {}

  static NexusRoot write(BinnedImageSeries series) {
    NexusRoot root = new NexusRoot();
    for (int panel = 0; panel < series.panels().size(); panel++) {
      Bins b = series.panels().get(panel);
      Hdf5Group g =
          NexusRoot.data(
              Elements.of(b.rate()),
              new NexusRoot.AxisValues("phi", b.phi().toArray()),
              new NexusRoot.AxisValues("iy", b.iy().toArray()),
              new NexusRoot.AxisValues("ix", b.ix().toArray()));
      b.variance()
          .ifPresent(
              v ->
                  g.add(
                      "variance",
                      Hdf5Dataset.of(
                          Elements.of(v), b.phi().size(), b.iy().size(), b.ix().size())));
      root.add(name(panel), "mdx2.geometry", "GridData", g);
    }
    series.exposureKnown().ifPresent(k -> root.attribute(EXPOSURE, List.of(k ? KNOWN : UNKNOWN)));
    series.transmission().ifPresent(t -> root.attribute(TRANSMISSION, List.of(DecimalText.of(t))));
    return root;
  }

  static BinnedImageSeries read(NexusReader in) {
    in.object(NAME, "give the file that bin-image-series wrote");
    List<Bins> panels = new ArrayList<>();
    while (in.has(name(panels.size()))) {
      String place = "/entry/" + name(panels.size());
      NexusReader.Grid g = in.grid(place, "phi", "iy", "ix");
      double[][] x = g.axes();
      double[] rate = in.doubles(g.signal(), x[0].length, x[1].length, x[2].length);
      String errors = place + "/variance";
      double[] variance =
          in.file().has(errors) ? in.doubles(errors, x[0].length, x[1].length, x[2].length) : null;
      panels.add(in.build(place, () -> Bins.of(x[0], x[1], x[2], rate, variance)));
    }
    BinnedImageSeries series = new BinnedImageSeries(panels);
    List<String> exposure = in.file().attribute("/entry", EXPOSURE);
    List<String> transmission = in.file().attribute("/entry", TRANSMISSION);
    if (!exposure.isEmpty()) {
      series = series.withExposureKnown(exposure.contains(KNOWN));
    }
    BinnedImageSeries rates = series;
    return transmission.isEmpty()
        ? rates
        : in.build("/entry", () -> rates.withTransmission(Double.parseDouble(transmission.get(0))));
  }

  private static String name(int panel) {
    return panel == 0 ? NAME : NAME + "_" + panel;
  }
}
