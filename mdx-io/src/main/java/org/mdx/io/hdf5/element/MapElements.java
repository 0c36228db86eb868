package org.mdx.io.hdf5.element;

import java.nio.ByteBuffer;
import org.mdx.map.ReciprocalMap;

/** The values of a map as elements of a dataset, without a second copy of them all. */
public final class MapElements implements Elements {
  private final ReciprocalMap map;
  private final Change change;

  private MapElements(ReciprocalMap map, Change change) {
    this.map = map;
    this.change = change;
  }

  /** What is written for a value. */
  @FunctionalInterface
  public interface Change {
    /**
     * Changes a value.
     *
     * @param value of the map; NaN where nothing was measured
     * @return what to write
     */
    float apply(float value);
  }

  /**
   * The values of a map in C order.
   *
   * @param map the map
   * @param change applied to each value
   * @return 32-bit floats
   */
  public static MapElements of(ReciprocalMap map, Change change) {
    return new MapElements(map, change);
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  @Override
  public long size() {
    return map.size();
  }

  @Override
  public void put(long from, int count, ByteBuffer to) {
    float[] run = new float[count];
    map.copyInto(Math.toIntExact(from), run, 0, count);
    for (float v : run) {
      to.putFloat(change.apply(v));
    }
  }
}
