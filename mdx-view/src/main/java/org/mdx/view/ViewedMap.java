package org.mdx.view;

import java.util.Optional;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.map.ReciprocalMap;
import org.mdx.table.HKLTable;
import org.mdx.view.internal.map.MapData;

/** A map to view: a merged table, of which equivalents are shown too, or a dense map. Immutable. */
public final class ViewedMap {
  private final String name;
  private final MapData data;
  private final WatchedFiles files;

  private ViewedMap(String name, MapData data, WatchedFiles files) {
    this.name = name;
    this.data = data;
    this.files = files;
  }

  /**
   * A merged table.
   *
   * @param name shown for it
   * @param table one row for each voxel of an asymmetric unit
   * @param cell the crystal's cell
   * @param group its space group, or empty to show the rows alone
   * @param files where it was read from
   * @return the map
   * @throws IllegalArgumentException if the table is empty, not merged, or has nothing to show
   */
  public static ViewedMap of(
      String name, HKLTable table, UnitCell cell, Optional<SpaceGroup> group, WatchedFiles files) {
    return new ViewedMap(name, MapData.of(table, cell, group), files);
  }

  /**
   * A dense map.
   *
   * @param name shown for it
   * @param map the map
   * @param cell the crystal's cell
   * @param group its space group, or empty
   * @param files where it was read from
   * @return the map
   */
  public static ViewedMap of(
      String name,
      ReciprocalMap map,
      UnitCell cell,
      Optional<SpaceGroup> group,
      WatchedFiles files) {
    return new ViewedMap(name, MapData.of(map, cell, group), files);
  }

  /**
   * What is shown for it.
   *
   * @return such as the name of its file
   */
  public String name() {
    return name;
  }

  MapData data() {
    return data;
  }

  WatchedFiles files() {
    return files;
  }

  @Override
  public String toString() {
    return "ViewedMap[" + name + ", " + data.voxels().rows() + " rows]";
  }
}
