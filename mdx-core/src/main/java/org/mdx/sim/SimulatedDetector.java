package org.mdx.sim;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Sensor;
import org.mdx.math.Vec3;

/**
 * A detector with its faults.
 *
 * @param name as an instrument would write it, such as {@code PILATUS 300K}
 * @param detector the panels; their untrusted rectangles are gaps, which read −1
 * @param beamstopRadius radius of the beamstop's shadow in mm at the detector; 0 for none
 * @param armWidth width in mm of the shadow of the beamstop's arm, which leaves downwards; 0 for
 *     none
 * @param deadPixels number of pixels of each panel that read −2
 * @param hotPixels number of pixels of each panel that count without photons
 * @param countCutoff the largest value a pixel can hold
 */
public record SimulatedDetector(
    String name,
    Detector detector,
    double beamstopRadius,
    double armWidth,
    int deadPixels,
    int hotPixels,
    int countCutoff) {

  private static final double PILATUS_PIXEL = 0.172;
  private static final int MODULE_WIDTH = 487;
  private static final int MODULE_HEIGHT = 195;
  private static final int GAP_X = 7;
  private static final int GAP_Y = 17;
  private static final int PILATUS_CUTOFF = 1_048_500;

  public SimulatedDetector {
    if (!(beamstopRadius >= 0 && armWidth >= 0)) {
      throw new IllegalArgumentException(
          "beamstop of radius " + beamstopRadius + " mm with an arm of " + armWidth + " mm");
    }
    if (deadPixels < 0 || hotPixels < 0 || countCutoff < 1) {
      throw new IllegalArgumentException(
          deadPixels + " dead and " + hotPixels + " hot pixels, cutoff " + countCutoff);
    }
  }

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
        0);
  }

  /**
   * 0.45 mm of silicon. μ is 3.92850922 /mm at 0.9768 Å (XDS tables as in dxtbx 3.12) and taken to
   * go as λ³, which is good to a few per cent far from the edges.
   */
  private static Sensor silicon(double wavelength) {
    return new Sensor("Si", 0.45, 3.9285092207294836 * Math.pow(wavelength / 0.9768, 3), true);
  }
}
