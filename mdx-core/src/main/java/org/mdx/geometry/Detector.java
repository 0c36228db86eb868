package org.mdx.geometry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.math.Vec3;

/**
 * One or more panels.
 *
 * @param panels at least one
 */
public record Detector(List<Panel> panels) {

  /**
   * A place on a detector.
   *
   * @param panel index of the panel
   * @param px coordinate along fast in pixels
   * @param py coordinate along slow in pixels
   */
  public record Point(int panel, double px, double py) {}

  public Detector {
    panels = List.copyOf(panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("a detector needs at least one panel");
    }
  }

  /**
   * Number of pixels of all panels together.
   *
   * @return sum of width × height
   */
  public long pixels() {
    return panels.stream().mapToLong(p -> (long) p.width() * p.height()).sum();
  }

  /**
   * The size of each panel.
   *
   * @return sizes in the order of the panels
   */
  public List<PanelSize> sizes() {
    return panels.stream().map(p -> new PanelSize(p.width(), p.height())).toList();
  }

  /**
   * Where a ray from the sample meets the detector.
   *
   * @param s1 direction of the ray, of any length above zero
   * @return the panel that it meets first, and the pixel coordinates; empty if it meets none
   */
  public Optional<Point> intersect(Vec3 s1) {
    return nearest(s1)
        .filter(
            p -> {
              Panel panel = panels.get(p.panel());
              return p.px() >= 0
                  && p.py() >= 0
                  && p.px() <= panel.width()
                  && p.py() <= panel.height();
            });
  }

  /**
   * Where a ray from the sample meets the detector, or in the gaps between panels and around them
   * comes nearest to a panel.
   *
   * @param s1 direction of the ray, of any length above zero
   * @return the panel and pixel coordinates, which are outside of it where the ray meets none;
   *     empty if the ray goes away from all panels
   */
  public Optional<Point> nearest(Vec3 s1) {
    double[] xy = new double[3];
    int panel = PanelPlane.nearest(PanelPlane.of(this), s1.x(), s1.y(), s1.z(), xy);
    return panel < 0 ? Optional.empty() : Optional.of(new Point(panel, xy[0], xy[1]));
  }

  /** Such as {@code Detector[1 panel, 487 x 619 pixels of 0.172 x 0.172 mm, 250.1 mm]}. */
  @Override
  public String toString() {
    Panel first = panels.get(0);
    boolean alike =
        panels.stream().allMatch(p -> p.width() == first.width() && p.height() == first.height());
    return String.format(
        Locale.ROOT,
        "Detector[%d %s, %s pixels of %.4g x %.4g mm, %.4g mm from the crystal]",
        panels.size(),
        panels.size() == 1 ? "panel" : "panels",
        alike ? sizes().get(0) : pixels(),
        first.pixelWidth(),
        first.pixelHeight(),
        Math.abs(first.origin().dot(first.normal())));
  }
}
