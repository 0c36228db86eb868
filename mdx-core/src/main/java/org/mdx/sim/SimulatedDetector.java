package org.mdx.sim;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Sensor;
import org.mdx.math.Vec3;

/** A detector with its faults. */
public final class SimulatedDetector {
  private final String name;
  private final Detector detector;
  private final double beamstopRadius;
  private final double armWidth;
  private final int deadPixels;
  private final int hotPixels;
  private final int countCutoff;

  SimulatedDetector(
      String name,
      Detector detector,
      double beamstopRadius,
      double armWidth,
      int deadPixels,
      int hotPixels,
      int countCutoff) {
    if (!(beamstopRadius >= 0 && armWidth >= 0)) {
      throw new IllegalArgumentException(
          "beamstop of radius " + beamstopRadius + " mm with an arm of " + armWidth + " mm");
    }
    if (deadPixels < 0 || hotPixels < 0 || countCutoff < 1) {
      throw new IllegalArgumentException(
          deadPixels + " dead and " + hotPixels + " hot pixels, cutoff " + countCutoff);
    }
    this.name = name;
    this.detector = detector;
    this.beamstopRadius = beamstopRadius;
    this.armWidth = armWidth;
    this.deadPixels = deadPixels;
    this.hotPixels = hotPixels;
    this.countCutoff = countCutoff;
  }

  private static final double PILATUS_PIXEL = 0.172;
  private static final int MODULE_WIDTH = 487;
  private static final int MODULE_HEIGHT = 195;
  private static final int GAP_X = 7;
  private static final int GAP_Y = 17;
  private static final int PILATUS_CUTOFF = 1_048_500;

  /**
   * A PILATUS 300K: three modules on top of each other, 487 × 619 pixels of 0.172 mm.
   *
   * @param distance from sample to detector, mm
   * @param wavelength λ in Å, for the sensor's absorption
   * @return the detector
   */
  public static SimulatedDetector pilatus300K(double distance, double wavelength) {
    return pilatus("PILATUS 300K", 1, 3, distance, wavelength, 60, 8);
  }

  /**
   * A PILATUS 2M: 3 × 8 modules, 1475 × 1679 pixels of 0.172 mm.
   *
   * @param distance from sample to detector, mm
   * @param wavelength λ in Å, for the sensor's absorption
   * @return the detector
   */
  public static SimulatedDetector pilatus2M(double distance, double wavelength) {
    return pilatus("PILATUS 2M", 3, 8, distance, wavelength, 400, 40);
  }

  private static SimulatedDetector pilatus(
      String name, int columns, int rows, double distance, double wavelength, int dead, int hot) {
    int width = columns * (MODULE_WIDTH + GAP_X) - GAP_X;
    int height = rows * (MODULE_HEIGHT + GAP_Y) - GAP_Y;
    List<PixelRectangle> gaps = new ArrayList<>();
    for (int i = 1; i < columns; i++) {
      int x = i * (MODULE_WIDTH + GAP_X);
      gaps.add(new PixelRectangle(x - GAP_X, 0, x, height));
    }
    for (int i = 1; i < rows; i++) {
      int y = i * (MODULE_HEIGHT + GAP_Y);
      gaps.add(new PixelRectangle(0, y - GAP_Y, width, y));
    }
    Panel panel = panel("Panel", width, height, PILATUS_PIXEL, distance, silicon(wavelength), gaps);
    return new SimulatedDetector(
        name, new Detector(List.of(panel)), 2.4, 1.5, dead, hot, PILATUS_CUTOFF);
  }

  /**
   * One panel without gaps or faults, normal to the beam, with an ideal sensor.
   *
   * @param width columns
   * @param height rows
   * @param pixel size of the square pixels, mm
   * @param distance from sample to detector, mm
   * @return the detector
   */
  public static SimulatedDetector flat(int width, int height, double pixel, double distance) {
    Panel panel = panel("Panel", width, height, pixel, distance, Sensor.IDEAL, List.of());
    return new SimulatedDetector(
        "flat " + width + "x" + height, new Detector(List.of(panel)), 0, 0, 0, 0, PILATUS_CUTOFF);
  }

  /**
   * Several panels in one row, each turned to face the sample.
   *
   * @param panels number of panels
   * @param width columns of each
   * @param height rows of each
   * @param pixel size of the square pixels, mm
   * @param distance from sample to each panel's middle, mm
   * @return the detector
   */
  public static SimulatedDetector curved(
      int panels, int width, int height, double pixel, double distance) {
    List<Panel> list = new ArrayList<>();
    double step = 2 * Math.atan2(width * pixel / 2 + 2 * pixel, distance);
    for (int i = 0; i < panels; i++) {
      double angle = (i - (panels - 1) / 2.0) * step;
      Vec3 fast = new Vec3(Math.cos(angle), 0, Math.sin(angle));
      Vec3 slow = new Vec3(0, -1, 0);
      Vec3 middle = new Vec3(Math.sin(angle), 0, -Math.cos(angle)).times(distance);
      Vec3 origin =
          middle.minus(fast.times(width * pixel / 2)).minus(slow.times(height * pixel / 2));
      list.add(
          new Panel(
              "Panel" + i,
              origin,
              fast,
              slow,
              pixel,
              pixel,
              width,
              height,
              0,
              PILATUS_CUTOFF,
              Sensor.IDEAL,
              1,
              0,
              List.of(),
              i * width,
              0,
              0));
    }
    return new SimulatedDetector(
        "curved " + panels + "x" + width + "x" + height,
        new Detector(list),
        0,
        0,
        0,
        0,
        PILATUS_CUTOFF);
  }

  private static Panel panel(
      String name,
      int width,
      int height,
      double pixel,
      double distance,
      Sensor sensor,
      List<PixelRectangle> gaps) {
    // the beam is half a module's gap away from the middle, so that it does not fall into a gap
    double x = width / 2 + 2.8;
    double y = height / 2 - 6.2;
    return new Panel(
        name,
        new Vec3(-x * pixel, y * pixel, -distance),
        new Vec3(1, 0, 0),
        new Vec3(0, -1, 0),
        pixel,
        pixel,
        width,
        height,
        0,
        PILATUS_CUTOFF,
        sensor,
        1,
        0,
        gaps,
        0,
        0,
        0);
  }

  /**
   * 0.45 mm of silicon. μ is 3.92850922 /mm at 0.9768 Å (XDS tables as in dxtbx 3.12) and taken to
   * go as λ³, which is good to a few per cent far from the edges.
   */
  private static Sensor silicon(double wavelength) {
    return new Sensor("Si", 0.45, 3.9285092207294836 * Math.pow(wavelength / 0.9768, 3), true);
  }

  /**
   * As an instrument would write it, such as {@code PILATUS 300K}.
   *
   * @return the value
   */
  public String name() {
    return name;
  }

  /**
   * The panels; their untrusted rectangles are gaps, which read −1.
   *
   * @return the value
   */
  public Detector detector() {
    return detector;
  }

  /**
   * Radius of the beamstop's shadow in mm at the detector; 0 for none.
   *
   * @return the value
   */
  public double beamstopRadius() {
    return beamstopRadius;
  }

  /**
   * Width in mm of the shadow of the beamstop's arm, which leaves downwards; 0 for none.
   *
   * @return the value
   */
  public double armWidth() {
    return armWidth;
  }

  /**
   * Number of pixels of each panel that read −2.
   *
   * @return the value
   */
  public int deadPixels() {
    return deadPixels;
  }

  /**
   * Number of pixels of each panel that count without photons.
   *
   * @return the value
   */
  public int hotPixels() {
    return hotPixels;
  }

  /**
   * The largest value a pixel can hold.
   *
   * @return the value
   */
  public int countCutoff() {
    return countCutoff;
  }

  private List<Object> values() {
    return List.of(name, detector, beamstopRadius, armWidth, deadPixels, hotPixels, countCutoff);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SimulatedDetector other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "SimulatedDetector["
        + "name="
        + name
        + ", detector="
        + detector
        + ", beamstopRadius="
        + beamstopRadius
        + ", armWidth="
        + armWidth
        + ", deadPixels="
        + deadPixels
        + ", hotPixels="
        + hotPixels
        + ", countCutoff="
        + countCutoff
        + "]";
  }
}
