package org.mdx.io.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.parallel.Parallel;

/** Files of the reference folder; where it is missing, tests that ask for one are skipped. */
final class Reference {
  private static final Parallel PARALLEL = Parallel.available();

  private Reference() {}

  static Path file(String name) {
    String folder = System.getProperty("mdx.reference");
    Path file = Path.of(String.valueOf(folder), name);
    Assumptions.assumeTrue(
        folder != null && Files.exists(file), "skipped: no reference data at " + file);
    return file;
  }

  /** The {@code corrections} of a geometry.nxs. */
  static CorrectionGrid corrections(Path geometry) throws IOException {
    try (Hdf5File f = Hdf5File.open(geometry)) {
      String at = "/entry/corrections/";
      return CorrectionGrid.of(
          f.doubles(at + "solid_angle/iy", PARALLEL),
          f.doubles(at + "solid_angle/ix", PARALLEL),
          f.doubles(at + "solid_angle/signal", PARALLEL),
          f.doubles(at + "efficiency/signal", PARALLEL),
          f.doubles(at + "attenuation/signal", PARALLEL),
          f.doubles(at + "polarization/signal", PARALLEL),
          f.doubles(at + "inverse_lorentz/signal", PARALLEL),
          f.doubles(at + "d3s/signal", PARALLEL));
    }
  }

  /** The {@code miller_index} of a geometry.nxs. */
  static MillerIndexGrid millerIndex(Path geometry) throws IOException {
    try (Hdf5File f = Hdf5File.open(geometry)) {
      String at = "/entry/miller_index/";
      return MillerIndexGrid.of(
          f.doubles(at + "h/phi", PARALLEL),
          f.doubles(at + "h/iy", PARALLEL),
          f.doubles(at + "h/ix", PARALLEL),
          f.doubles(at + "h/signal", PARALLEL),
          f.doubles(at + "k/signal", PARALLEL),
          f.doubles(at + "l/signal", PARALLEL));
    }
  }
}
