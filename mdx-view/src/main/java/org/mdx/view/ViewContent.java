package org.mdx.view;

import java.util.List;

/**
 * What a viewer shows.
 *
 * @param maps maps
 * @param sweeps sweeps
 * @param scalings scaling models
 */
public record ViewContent(
    List<ViewedMap> maps, List<ViewedSweep> sweeps, List<ViewedScaling> scalings) {

  public ViewContent {
    maps = List.copyOf(maps);
    sweeps = List.copyOf(sweeps);
    scalings = List.copyOf(scalings);
    if (maps.isEmpty() && sweeps.isEmpty() && scalings.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to view: no map, sweep or model");
    }
  }

  /**
   * Maps alone.
   *
   * @param maps one or more
   * @return the content
   */
  public static ViewContent ofMaps(ViewedMap... maps) {
    return new ViewContent(List.of(maps), List.of(), List.of());
  }

  /**
   * Sweeps alone.
   *
   * @param sweeps one or more
   * @return the content
   */
  public static ViewContent ofSweeps(ViewedSweep... sweeps) {
    return new ViewContent(List.of(), List.of(sweeps), List.of());
  }
}
