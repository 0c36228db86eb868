package org.mdx.geometry;

import java.util.List;

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
}
