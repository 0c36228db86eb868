package org.mdx.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Numbers of dxtbx (DIALS 3.12.1) and cctbx 2022.9; dials_oracle.py makes them. */
class DialsOracleTest {
  private final JsonNode oracle = read();

  private static JsonNode read() {
    try (InputStream in = DialsOracleTest.class.getResourceAsStream("dials_oracle.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Vec3 vec(JsonNode n) {
    return new Vec3(n.get(0).asDouble(), n.get(1).asDouble(), n.get(2).asDouble());
  }

  private Mat3 mat(String name) {
    double[] e = new double[9];
    for (int i = 0; i < 9; i++) {
      e[i] = oracle.get(name).get(i).asDouble();
    }
    return Mat3.ofRowMajor(e);
  }

  private Geometry geometry(boolean parallax) {
    return new Geometry(
        new Beam(
            Probe.X_RAY,
            oracle.get("wavelength").asDouble(),
            vec(oracle.get("direction")),
            0.999,
            new Vec3(0, 1, 0)),
        new Detector(
            List.of(
                Geometries.panel(
                    vec(oracle.get("origin")),
                    vec(oracle.get("fast")),
                    vec(oracle.get("slow")),
                    700,
                    500,
                    new Sensor("Si", 0.4, 2.5, parallax)))),
        new Goniometer(vec(oracle.get("axis")), mat("fixed"), mat("setting")),
        new Scan(1, 0, 1, new double[] {1}),
        Crystal.ofRealSpaceAxes(mat("real_space"), SpaceGroup.ofHall("P 1")));
  }

  @Test
  void placesOfPixelsShouldBeThoseOfDxtbx() {
    for (JsonNode n : oracle.get("positions")) {
      Panel panel = geometry(n.get("parallax").asBoolean()).detector().panels().get(0);
      Vec3 x = panel.position(n.get("px").asDouble(), n.get("py").asDouble());
      assertThat(x.minus(vec(n.get("x"))).norm()).as("%s", n).isLessThan(1e-11);
    }
  }

  @Test
  void millerIndicesOfPixelsShouldBeThoseOfDxtbx() {
    for (JsonNode n : oracle.get("indices")) {
      Vec3 h =
          geometry(n.get("parallax").asBoolean())
              .millerIndex(
                  0, n.get("phi").asDouble(), n.get("px").asDouble(), n.get("py").asDouble());
      assertThat(h.minus(vec(n.get("h"))).norm()).as("%s", n).isLessThan(1e-10);
    }
  }

  @Test
  void attenuationOfAirShouldBeThatOfCctbx() {
    for (JsonNode n : oracle.get("air")) {
      double mu = n.get("mu").asDouble();
      assertThat(AirAttenuation.mu(n.get("wavelength").asDouble()))
          .as("%s", n)
          .isCloseTo(mu, within(mu * 1e-6));
    }
  }
}
