package org.mdx.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

class PanelPlaneTest {
  private static final Sensor THICK = new Sensor("Si", 0.45, 3.93, true);

  private static Panel tilted(Random random, Sensor sensor) {
    Mat3 turn = Mat3.rotation(new Vec3(random.nextGaussian(), random.nextGaussian(), 1), 40);
    return Geometries.panel(
        new Vec3(-30 + random.nextDouble(), -25, -60),
        turn.times(new Vec3(1, 0, 0)),
        turn.times(new Vec3(0, -1, 0)),
        500,
        400,
        sensor);
  }

  @Test
  void pixelsShouldComeBackFromMillimetres() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      Panel p = tilted(random, i % 2 == 0 ? THICK : Sensor.IDEAL);
      double px = 600 * random.nextDouble() - 50;
      double py = 500 * random.nextDouble() - 50;
      Panel.Point mm = p.mm(px, py);
      Panel.Point back = p.pixel(mm.x(), mm.y());
      assertThat(back.x()).isCloseTo(px, within(1e-9));
      assertThat(back.y()).isCloseTo(py, within(1e-9));
      Panel.Point again = p.mm(p.pixel(px, py).x(), p.pixel(px, py).y());
      assertThat(again.x()).isCloseTo(px, within(1e-10));
      assertThat(again.y()).isCloseTo(py, within(1e-10));
    }
  }

  @Test
  void rayToAPixelShouldMeetIt() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      Panel p = tilted(random, THICK);
      double px = 500 * random.nextDouble();
      double py = 400 * random.nextDouble();
      Vec3 s1 = p.position(px, py).times(0.37);
      Panel.Point mm = p.intersect(s1).orElseThrow();
      assertThat(mm.x()).isCloseTo(p.mm(px, py).x(), within(1e-10));
      assertThat(mm.y()).isCloseTo(p.mm(px, py).y(), within(1e-10));
      Detector.Point at = new Detector(List.of(p)).intersect(s1).orElseThrow();
      assertThat(at.px()).isCloseTo(px, within(1e-9));
      assertThat(at.py()).isCloseTo(py, within(1e-9));
      assertThat(p.intersect(s1.times(-1))).isEmpty();
    }
  }

  @Test
  void obliqueAxesShouldCountAlongThemselves() {
    Panel p =
        Geometries.panel(
            new Vec3(-2, 1, -100),
            new Vec3(1, 0, 0),
            new Vec3(1e-4, -1, 0),
            500,
            400,
            Sensor.IDEAL);
    Panel.Point mm = p.intersect(p.position(300, 200)).orElseThrow();
    assertThat(mm.x()).isCloseTo(30, within(1e-12));
    assertThat(mm.y()).isCloseTo(24, within(1e-12));
  }

  @Test
  void rayAlongThePlaneShouldMeetNothing() {
    Panel p =
        Geometries.panel(
            new Vec3(-2, 1, -100), new Vec3(1, 0, 0), new Vec3(0, -1, 0), 5, 5, Sensor.IDEAL);
    assertThat(p.intersect(new Vec3(1, 0, 0))).isEmpty();
    assertThat(new Detector(List.of(p)).nearest(new Vec3(0, 0, 1))).isEmpty();
  }

  /** Two panels of 50 × 30 pixels, 5 × 3.6 mm, with a gap of 1 mm along x; a third one behind. */
  private static Detector three() {
    Vec3 x = new Vec3(1, 0, 0);
    Vec3 y = new Vec3(0, -1, 0);
    return new Detector(
        List.of(
            Geometries.panel(new Vec3(-20, 20, -200), x, y, 400, 300, Sensor.IDEAL),
            Geometries.panel(new Vec3(-5.5, 2, -100), x, y, 50, 30, Sensor.IDEAL),
            Geometries.panel(new Vec3(0.5, 2, -100), x, y, 50, 30, Sensor.IDEAL)));
  }

  @Test
  void theNearerOfTwoPanelsShouldBeMet() {
    Detector.Point at = three().intersect(new Vec3(1.5, 1, -100)).orElseThrow();
    assertThat(at.panel()).isEqualTo(2);
    assertThat(at.px()).isCloseTo(10, within(1e-9));
    assertThat(at.py()).isCloseTo(1 / 0.12, within(1e-9));
    assertThat(three().intersect(new Vec3(0.1, 1, -100)).orElseThrow().panel()).isZero();
    assertThat(three().intersect(new Vec3(50, 1, -100))).isEmpty();
  }

  @Test
  void inAGapTheNearestEdgeShouldCount() {
    Detector two = new Detector(three().panels().subList(1, 3));
    assertThat(two.intersect(new Vec3(0.1, 1, -100))).isEmpty();
    Detector.Point right = two.nearest(new Vec3(0.1, 1, -100)).orElseThrow();
    assertThat(right.panel()).isEqualTo(1);
    assertThat(right.px()).isCloseTo(-4, within(1e-9));
    Detector.Point left = two.nearest(new Vec3(-0.1, 1, -100)).orElseThrow();
    assertThat(left.panel()).isZero();
    assertThat(left.px()).isCloseTo(54, within(1e-9));
  }
}
