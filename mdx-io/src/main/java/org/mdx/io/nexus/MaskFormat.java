package org.mdx.io.nexus;

import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;

/**
 * The object {@code mask_model}: a Bragg mask as the function that it is, a few numbers in place of
 * one truth value per pixel. Its class is our own; mdx2 refuses it by name.
 */
final class MaskFormat {
  static final String NAME = "mask_model";

  private MaskFormat() {}

  static NexusRoot write(BraggMask m) {
    Hdf5Group g =
        PeaksFormat.model(m.model())
            .add("sigma_cutoff", Hdf5Dataset.of(Elements.of(m.cutoff())))
            .add("count_threshold", Hdf5Dataset.of(Elements.of((long) m.countThreshold())))
            .add("centring_only", Hdf5Dataset.of(Elements.of(m.centringOnly() ? 1L : 0L)))
            .add("inverted", Hdf5Dataset.of(Elements.of(m.inverted() ? 1L : 0L)));
    return new NexusRoot().add(NAME, "org.mdx.peaks", "BraggMask", g);
  }

  static BraggMask read(NexusReader in) {
    if (in.has("mask") && !in.has(NAME)) {
      throw in.file()
          .error(
              "/entry",
              "a mask as a model",
              "one truth value per pixel, as mdx2 stores masks",
              "make the mask with mdx mask-peaks, from the same peaks file");
    }
    String place = in.object(NAME, "give the file that mask-peaks wrote");
    PeakModel model = PeaksFormat.readModel(in, place);
    double cutoff = in.doubles(place + "/sigma_cutoff")[0];
    int threshold = integer(in, place + "/count_threshold");
    boolean centringOnly = integer(in, place + "/centring_only") != 0;
    boolean inverted = integer(in, place + "/inverted") != 0;
    return in.build(place, () -> new BraggMask(model, cutoff, threshold, centringOnly, inverted));
  }

  private static int integer(NexusReader in, String place) {
    in.doubles(place);
    return in.file().ints(place, in.parallel())[0];
  }
}
