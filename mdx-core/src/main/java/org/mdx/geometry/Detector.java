package org.mdx.geometry;

import java.util.List;
import java.util.Locale;

/**
 * One or more panels.
 *
 * @param panels at least one
 */
public record Detector(List<Panel> panels) {

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
