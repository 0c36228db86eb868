package org.mdx.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Sensor;
import org.mdx.image.PixelMask;
import org.mdx.mask.MaskRegion.Circle;
import org.mdx.mask.MaskRegion.Pixel;
import org.mdx.mask.MaskRegion.Polygon;
import org.mdx.mask.MaskRegion.Rectangle;
import org.mdx.mask.MaskRegion.Vertex;
import org.mdx.mask.MaskRegion.WholePanel;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

class MaskGeneratorTest {
  private static final Beam BEAM = beam(0.98, new Vec3(0, 0, 1));
  private static final Sensor SILICON = new Sensor("Si", 0.45, 3.5, true);

  /** Two tilted panels with parallax, of 131 × 97 and 64 × 150 pixels of 0.2 × 0.25 mm. */
  private static final Detector TILTED =
      new Detector(
          List.of(
              panel(
                  new Vec3(-20.5, -9.25, -70),
                  new Vec3(0.8, 0, 0.6),
                  new Vec3(0, 1, 0),
                  131,
                  97,
                  SILICON),
              panel(
                  new Vec3(-4.5, 8, -80),
                  new Vec3(1, 0, 0),
                  new Vec3(0, -0.96, 0.28),
                  64,
                  150,
                  SILICON)));

  private static final MaskOptions NONE = MaskOptions.none();

  private static Beam beam(double wavelength, Vec3 direction) {
    return new Beam(Probe.X_RAY, wavelength, direction, 0.999, new Vec3(0, 1, 0));
  }

  private static Panel panel(
      Vec3 origin, Vec3 fast, Vec3 slow, int width, int height, Sensor sensor) {
    return new Panel(
        "p", origin, fast, slow, 0.2, 0.25, width, height, 0, 1e6, sensor, 1, 0, List.of(), 0, 0,
        0);
  }

  private static Detector flat(int width, int height) {
    return new Detector(
        List.of(
            panel(
                new Vec3(-1, 1, -10),
                new Vec3(1, 0, 0),
                new Vec3(0, -1, 0),
                width,
                height,
                Sensor.IDEAL)));
  }

  private static GeneratedMask mask(Detector detector, MaskOptions options) {
    return MaskGenerator.generate(BEAM, detector, options, Parallel.of(2));
  }

  private static String picture(MaskRegion region, int width, int height) {
    PixelMask mask = mask(flat(width, height), NONE.and(region)).masks().get(0);
    StringBuilder s = new StringBuilder();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        s.append(mask.isMasked(x, y) ? '#' : '.');
      }
      s.append('\n');
    }
    return s.toString();
  }

  private static Polygon polygon(int panel, double... xy) {
    Vertex[] v = new Vertex[xy.length / 2];
    Arrays.setAll(v, i -> new Vertex(xy[2 * i], xy[2 * i + 1]));
    return new Polygon(panel, List.of(v));
  }

  private static Rectangle rectangle(int panel, int x0, int x1, int y0, int y1) {
    return new Rectangle(panel, new PixelRectangle(x0, y0, x1, y1));
  }

  @Test
  void circleShouldHoldPixelsWhoseFirstCornerLiesInside() {
    // (±1, ±2) are √5 away, (0, ±2) exactly 2
    assertThat(picture(new Circle(0, 3, 2, 2), 7, 5))
        .isEqualTo(".......\n..###..\n..###..\n..###..\n.......\n");
    assertThat(picture(new Circle(0, 3, 2, 2.1), 7, 5))
        .isEqualTo("...#...\n..###..\n.#####.\n..###..\n...#...\n");
    assertThat(picture(new Circle(0, 0.5, 0.5, 0.8), 4, 3)).isEqualTo("##..\n##..\n....\n");
  }

  @Test
  void rectangleShouldEndBeforeItsLastNumbers() {
    assertThat(picture(rectangle(0, 1, 3, 0, 2), 5, 3)).isEqualTo(".##..\n.##..\n.....\n");
    assertThat(picture(rectangle(0, 3, 9, -4, 1), 5, 3)).isEqualTo("...##\n.....\n.....\n");
  }

  @Test
  void polygonShouldHoldPixelsWhoseCentreLiesInside() {
    // a centre on an edge, as here those of the diagonals, counts as lying right of it
    assertThat(picture(polygon(0, 0, 0, 4, 0, 0, 4), 5, 4))
        .isEqualTo("###..\n##...\n#....\n.....\n");
    // a bow tie: even-odd
    assertThat(picture(polygon(0, 0, 0, 4, 4, 4, 0, 0, 4), 5, 4))
        .isEqualTo("...#.\n#.##.\n#.##.\n...#.\n");
  }

  @Test
  void pixelAndPanelShouldBeLeftOut() {
    assertThat(picture(new Pixel(0, 3, 1), 5, 3)).isEqualTo(".....\n...#.\n.....\n");
    assertThat(picture(new WholePanel(0), 2, 2)).isEqualTo("##\n##\n");
  }

  @Test
  void borderShouldRunAroundEveryPanel() {
    GeneratedMask m = mask(TILTED, NONE.border(2));
    assertThat(m.count()).isEqualTo(131 * 97 - 127 * 93 + 64 * 150 - 60 * 146);
    assertThat(m.masks().get(1).isMasked(1, 75)).isTrue();
    assertThat(m.masks().get(1).isMasked(2, 2)).isFalse();
    assertThat(m.masks().get(1).isMasked(61, 147)).isFalse();
    assertThat(m.masks().get(1).isMasked(62, 75)).isTrue();
    // 64 columns have nothing left
    assertThat(mask(TILTED, NONE.border(32)).masks().get(1).count()).isEqualTo(64 * 150);
  }

  @Test
  void resolutionShouldBeThatOfThePixelCentre() {
    // pixel (2, 3): (−0.5, 0.125, −10) mm; sin of half the angle by hand
    double tan = Math.hypot(0.5, 0.125) / 10;
    double d = 0.98 / (2 * Math.sin(Math.atan(tan) / 2));
    Detector flat = flat(9, 7);
    PixelMask m =
        mask(flat, NONE.and(new ResolutionRange(d * (1 - 1e-12), d * (1 + 1e-12)))).masks().get(0);
    // and those as far from the beam at (5, 4): centres 0.5 mm and 0.125 mm off
    BitSet expected = new BitSet();
    for (int i : new int[] {3 * 9 + 2, 4 * 9 + 2, 3 * 9 + 7, 4 * 9 + 7}) {
      expected.set(i);
    }
    for (int i = 0; i < 63; i++) {
      assertThat(m.isMasked(i % 9, i / 9)).as("pixel %d", i).isEqualTo(expected.get(i));
    }
    long fine = mask(flat, NONE.dMin(d * (1 + 1e-12))).count();
    long coarse = mask(flat, NONE.dMax(d * (1 - 1e-12))).count();
    assertThat(fine + coarse).isEqualTo(63 + 4);
  }

  @Test
  void resolutionShouldAgreeWithAnglesOnTiltedPanels() {
    Random random = new Random(11);
    for (int trial = 0; trial < 20; trial++) {
      Vec3 fast = new Vec3(1, random.nextGaussian() / 3, random.nextGaussian() / 3).unit();
      Vec3 up = new Vec3(random.nextGaussian() / 3, -1, 0);
      Vec3 slow = up.minus(fast.times(up.dot(fast))).unit();
      Vec3 origin = new Vec3(-5 + random.nextInt(9), 6, -30 - random.nextInt(30));
      int width = 1 + random.nextInt(70);
      int height = 1 + random.nextInt(140);
      Panel panel = panel(origin, fast, slow, width, height, Sensor.IDEAL);
      Beam beam = beam(0.5 + random.nextDouble(), new Vec3(0.02, -0.01, 1));
      double from = 1 + 5 * random.nextDouble();
      ResolutionRange range = new ResolutionRange(from, from * 1.5);
      PixelMask mask =
          MaskGenerator.generate(
                  beam, new Detector(List.of(panel)), NONE.and(range), Parallel.of(3))
              .masks()
              .get(0);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          Vec3 at =
              origin.plus(fast.times(0.2 * (x + 0.5))).plus(slow.times(0.25 * (y + 0.5))).unit();
          double angle = Math.acos(-at.dot(beam.direction()));
          double d = beam.wavelength() / (2 * Math.sin(angle / 2));
          if (Math.abs(d / from - 1) > 1e-9 && Math.abs(d / from - 1.5) > 1e-9) {
            assertThat(mask.isMasked(x, y)).isEqualTo(d > from && d < from * 1.5);
          }
        }
      }
    }
  }

  @Test
  void theBeamItselfShouldBeInfinitelyCoarse() {
    Detector direct =
        new Detector(
            List.of(
                panel(
                    new Vec3(-0.5, 0.625, -10),
                    new Vec3(1, 0, 0),
                    new Vec3(0, -1, 0),
                    5,
                    5,
                    Sensor.IDEAL)));
    GeneratedMask m = mask(direct, NONE.dMax(1e6));
    assertThat(m.count()).isEqualTo(1);
    assertThat(m.masks().get(0).isMasked(2, 2)).isTrue();
  }

  /**
   * Numbers of pixels, and CRC-32 of a byte 1 for each good and 0 for each other pixel, by {@code
   * dials.util.masking.generate_mask} of DIALS 3.12.1 on the same two panels ({@code
   * ParallaxCorrectedPxMmStrategy(3.5, 0.45)}), {@code untrusted.panel} and so on as named.
   */
  @ParameterizedTest
  @CsvSource({
    "border, 896, 803ad3f1, 840, 0e6e95b0",
    "circle, 0, 35b222c0, 145, 548f8944",
    "cut circle, 567, 2fec7626, 0, 05b0670e",
    "rectangle, 0, 35b222c0, 1140, 52095774",
    "polygon, 2566, 33c3cb87, 0, 05b0670e",
    "pixel, 1, 60796f3e, 0, 05b0670e",
    "panel, 0, 35b222c0, 9600, 519a8031",
    "d_min, 3901, 6367f7c4, 2750, f3a7e9b4",
    "d_max, 4032, 736a2e2f, 5200, 2dbf2e96",
    "range, 1360, 881d70e8, 923, ffbd00b0",
    "no parallax, 1429, db864385, 922, d34fc29b",
    "ice, 707, 8eed4b11, 268, d439d3fa",
    "wide ice, 2137, b09b6fc9, 637, 39ae4291",
    "corundum, 112, b2341d3e, 39, 4aa94a77"
  })
  void masksShouldBeThoseOfDials(String name, int n0, String crc0, int n1, String crc1) {
    List<PixelMask> masks = mask(TILTED, named(name)).masks();
    assertThat(masks.get(0).count()).isEqualTo(n0);
    assertThat(masks.get(1).count()).isEqualTo(n1);
    assertThat(crc(masks.get(0))).isEqualTo(crc0);
    assertThat(crc(masks.get(1))).isEqualTo(crc1);
  }

  private static MaskOptions named(String name) {
    PowderRings ice = PowderRings.ice();
    return switch (name) {
      case "border" -> NONE.border(2);
      case "circle" -> NONE.and(new Circle(1, 20, 30, 7));
      case "cut circle" -> NONE.and(new Circle(0, -3, 90, 25));
      case "rectangle" -> NONE.and(rectangle(1, 3, 60, 0, 20));
      case "polygon" -> NONE.and(polygon(0, 5, 3, 120, 40, 20, 80, 60, 3, 90, 95));
      case "pixel" -> NONE.and(new Pixel(0, 7, 12));
      case "panel" -> NONE.and(new WholePanel(1));
      case "d_min" -> NONE.dMin(4);
      case "d_max" -> NONE.dMax(6);
      case "range" -> NONE.and(new ResolutionRange(3, 3.5));
      case "no parallax" -> NONE.and(new ResolutionRange(3, 3.5)).parallax(false);
      case "ice" -> NONE.and(ice);
      case "wide ice" ->
          NONE.and(PowderRings.of("ice", ice.cell(), ice.group()).width(0.006).dMin(3));
      default ->
          NONE.and(
              PowderRings.of(
                      "corundum",
                      new UnitCell(4.76, 4.76, 12.99, 90, 90, 120),
                      SpaceGroup.ofNumber(167))
                  .width(0.001));
    };
  }

  private static String crc(PixelMask mask) {
    CRC32 crc = new CRC32();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        crc.update(mask.isMasked(x, y) ? 0 : 1);
      }
    }
    return String.format("%08x", crc.getValue());
  }

  /** Spacings in Å by cctbx 2022.9, {@code build_miller_set(anomalous_flag=False, d_min)}. */
  @Test
  void powderRingsShouldBeTheAllowedReflections() {
    assertThat(distinct(PowderRings.ice().spacings(1.9)))
        .containsExactly(
            new double[] {
              3.895382, 3.669000, 3.440642, 2.670822, 2.249000, 2.071478, 1.947691, 1.917440
            },
            within(1e-6));
    PowderRings corundum =
        PowderRings.of(
            "corundum", new UnitCell(4.76, 4.76, 12.99, 90, 90, 120), SpaceGroup.ofNumber(167));
    assertThat(distinct(corundum.spacings(2)))
        .containsExactly(
            new double[] {3.480453, 2.550992, 2.380000, 2.165000, 2.085699}, within(1e-6));
  }

  private static double[] distinct(double[] d) {
    return Arrays.stream(d).map(x -> Math.rint(x * 1e9) / 1e9).distinct().toArray();
  }

  @Test
  void ringShouldReachHalfItsWidthToEitherSide() {
    ResolutionRange r = ResolutionRange.ring(2, 0.1);
    assertThat(r.dMin()).isCloseTo(1 / Math.sqrt(0.3), within(1e-12));
    assertThat(r.dMax()).isCloseTo(1 / Math.sqrt(0.2), within(1e-12));
    assertThat(ResolutionRange.ring(2, 0.5).dMax()).isInfinite();
  }

  @Test
  void overlappingRangesShouldActAsOne() {
    Random random = new Random(4);
    for (int trial = 0; trial < 200; trial++) {
      ResolutionRange[] ranges = new ResolutionRange[1 + random.nextInt(6)];
      Arrays.setAll(
          ranges,
          i -> {
            int from = random.nextInt(20);
            return new ResolutionRange(from, from + 1 + random.nextInt(5));
          });
      RangeSet set = RangeSet.of(List.of(ranges));
      for (double d = 0; d < 27; d += 0.5) {
        double x = d;
        assertThat(set.contains(d))
            .isEqualTo(Arrays.stream(ranges).anyMatch(r -> r.dMin() <= x && x <= r.dMax()));
      }
    }
  }

  @Test
  void partsShouldBeCountedEachAndTogether() {
    GeneratedMask m =
        mask(
                TILTED,
                NONE.border(1)
                    .and(rectangle(1, 0, 3, 0, 2))
                    .and(new Pixel(0, 50, 50))
                    .dMin(4)
                    .and(PowderRings.ice()))
            .or("old", List.of(PixelMask.none(131, 97), PixelMask.none(64, 150)));
    assertThat(m.parts())
        .extracting(GeneratedMask.Part::name)
        .containsExactly(
            "border of 1",
            "rectangle 1:0,3,0,2",
            "pixel 0:50,50",
            "4.0000 Å and finer",
            "ice rings",
            "old");
    assertThat(m.parts())
        .extracting(GeneratedMask.Part::pixels)
        .containsExactly(452L + 424L, 6L, 1L, 3901L + 2750L, 707L + 268L, 0L);
    long all = 0;
    for (PixelMask mask : m.masks()) {
      all += mask.count();
    }
    assertThat(m.count()).isEqualTo(all).isLessThan(452 + 424 + 7 + 6651 + 975);
  }

  @Test
  void threadsShouldNotMatter() {
    MaskOptions o = NONE.and(PowderRings.ice()).and(new ResolutionRange(3, 5)).border(1);
    GeneratedMask one = MaskGenerator.generate(BEAM, TILTED, o, Parallel.of(1));
    GeneratedMask many = MaskGenerator.generate(BEAM, TILTED, o, Parallel.of(7));
    assertThat(many.parts()).isEqualTo(one.parts());
    for (int p = 0; p < 2; p++) {
      assertThat(crc(many.masks().get(p))).isEqualTo(crc(one.masks().get(p)));
    }
  }

  @Test
  void whatCannotBeShouldBeNamed() {
    assertThatThrownBy(() -> mask(TILTED, NONE.and(new WholePanel(2))))
        .hasMessage("panel 2: there is no panel 2, there are panels 0 to 1");
    assertThatThrownBy(() -> mask(TILTED, NONE.and(new Circle(1, 200, 5, 3))))
        .hasMessage(
            "circle 1:200,5,3 has no pixel of panel 1, whose columns are 0 to 63 and rows 0 to"
                + " 149");
    assertThatThrownBy(() -> rectangle(0, 4, 4, 0, 2)).hasMessageContaining("4,4,0,2 has no pixel");
    assertThatThrownBy(() -> polygon(0, 1, 1, 2, 2)).hasMessageContaining("of 2 corners");
    assertThatThrownBy(() -> new Circle(0, 1, 1, 0)).hasMessageContaining("radius 0.0");
    assertThatThrownBy(() -> new ResolutionRange(3, 3)).hasMessageContaining("3.0 to 3.0 Å");
    assertThatThrownBy(() -> NONE.border(-1)).hasMessageContaining("border of -1");
    assertThatThrownBy(() -> PowderRings.ice().spacings(1e-3))
        .hasMessageContaining("at most 1e+08");
    assertThatThrownBy(
            () -> PowderRings.of("x", new UnitCell(4, 5, 6, 90, 90, 90), SpaceGroup.ofNumber(225)))
        .hasMessageContaining("does not have the symmetry of");
  }
}
