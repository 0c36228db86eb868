package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Spots that DIALS 3.12 found in the public sweep xtal1, whose truth is a = 30 Å and 80 mm. */
class FitReferenceTest {

  private static Path file(String name) {
    String folder = System.getProperty("mdx.reference");
    Path file = Path.of(String.valueOf(folder), name);
    Assumptions.assumeTrue(
        folder != null && Files.exists(file), "skipped: no reference data at " + file);
    return file;
  }

  /** Indexed with the geometry, within 0.3. */
  private static Reflections indexed(Geometry g, Reflections spots) {
    double[] px = spots.get(ReflectionKeys.XYZOBS_PX);
    int[] index = new int[3 * spots.size()];
    long[] flags = spots.get(ReflectionKeys.FLAGS);
    for (int i = 0; i < spots.size(); i++) {
      int panel = spots.integer(ReflectionKeys.PANEL, i, 0);
      double phi = g.scan().phiAt(px[3 * i + 2] - g.scan().firstImage() + 1);
      Vec3 h = g.millerIndex(panel, phi, px[3 * i], px[3 * i + 1]);
      Vec3 near = new Vec3(Math.rint(h.x()), Math.rint(h.y()), Math.rint(h.z()));
      if (h.minus(near).norm() < 0.3) {
        index[3 * i] = (int) near.x();
        index[3 * i + 1] = (int) near.y();
        index[3 * i + 2] = (int) near.z();
        flags[i] |= ReflectionFlag.INDEXED.mask();
      }
    }
    int[] id = new int[spots.size()];
    return spots
        .with(ReflectionKeys.MILLER_INDEX, index)
        .with(ReflectionKeys.FLAGS, flags)
        .with(ReflectionKeys.ID, id);
  }

  private static double distance(Geometry g) {
    Panel p = g.detector().panels().get(0);
    return Math.abs(p.origin().dot(p.normal()));
  }

  @Test
  void robustFitShouldNeedNoRejectionToComeWhereDialsComesWithIt() throws IOException {
    for (String name : new String[] {"xtal1", "xtal2"}) {
      Geometry start = Dials.readGeometry(file("dials/" + name + "/indexed.expt"));
      Reflections r =
          indexed(start, ReflectionFile.readReflections(file("dials/" + name + "/strong.refl")));
      FitResult fit =
          GeometryFit.refine(
              start, r, FitOptions.standard().varianceOffset(FitOptions.DIALS_OFFSET));
      double a = fit.geometry().crystal().orElseThrow().cell().a();
      assertThat(fit.converged()).isTrue();
      // dials.refine of 3.12 with a third of the spots rejected
      Geometry theirs = Dials.readGeometry(file("dials/" + name + "/refined.expt"));
      double expected = theirs.crystal().orElseThrow().cell().a();
      assertThat(a).isCloseTo(expected, within(4 * fit.cellSigmas()[0][0]));
      assertThat(distance(fit.geometry())).isCloseTo(distance(theirs), within(0.005));
      assertThat(fit.outliers()).isLessThan(fit.used() / 10);
    }
  }
}
