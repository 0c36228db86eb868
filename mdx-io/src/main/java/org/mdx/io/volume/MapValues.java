package org.mdx.io.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;

/**
 * The values of a map as a stream of 32-bit floats, in either order of the axes, without a second
 * copy of the map.
 */
public final class MapValues {
  private static final int PIECE = 1 << 16;

  /** Floats of the slab in which the axes are exchanged. */
  private static final long SLAB = 1 << 23;

  private final ReciprocalMap map;
  private final float missing;

  private MapValues(ReciprocalMap map, float missing) {
    this.map = map;
    this.missing = missing;
  }

  /**
   * The values of a map.
   *
   * @param map the map
   * @param missing written where nothing was measured; NaN to keep it as it is
   * @return the values
   */
  public static MapValues of(ReciprocalMap map, float missing) {
    return new MapValues(map, missing);
  }

  /** Takes runs of values. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes some values.
     *
     * @param values holds them from 0; may be reused afterwards
     * @param count how many
     * @throws IOException if they cannot be written
     */
    void accept(float[] values, int count) throws IOException;
  }

  /**
   * Hands out the values in C order, l fastest.
   *
   * @param sink takes them run by run
   * @throws IOException if the sink fails
   */
  public void lFastest(Sink sink) throws IOException {
    float[] run = new float[Math.min(PIECE, map.size())];
    for (long from = 0; from < map.size(); from += run.length) {
      int n = (int) Math.min(run.length, map.size() - from);
      map.copyInto((int) from, run, 0, n);
      fill(run, n);
      sink.accept(run, n);
    }
  }

  /**
   * Hands out the values with h fastest and l slowest: a slab of planes of constant l is gathered
   * from runs along l, and its planes handed out row by row.
   *
   * @param sink takes a row along h at a time
   * @throws IOException if the sink fails
   */
  public void hFastest(Sink sink) throws IOException {
    VoxelBox box = map.box();
    long plane = (long) box.nh() * box.nk();
    int thick = (int) Math.max(1, Math.min(box.nl(), SLAB / plane));
    float[] slab = new float[Math.toIntExact(plane * thick)];
    float[] row = new float[box.nh()];
    for (int l = 0; l < box.nl(); l += thick) {
      int n = Math.min(thick, box.nl() - l);
      for (int i = 0; i < plane; i++) {
        map.copyInto((int) ((long) i * box.nl() + l), slab, i * n, n);
      }
      for (int p = 0; p < n; p++) {
        for (int k = 0; k < box.nk(); k++) {
          for (int h = 0; h < row.length; h++) {
            row[h] = slab[(h * box.nk() + k) * n + p];
          }
          fill(row, row.length);
          sink.accept(row, row.length);
        }
      }
    }
  }

  private void fill(float[] values, int n) {
    if (missing != missing) {
      return;
    }
    for (int i = 0; i < n; i++) {
      if (values[i] != values[i]) {
        values[i] = missing;
      }
    }
  }

  /**
   * A sink that writes little-endian bytes.
   *
   * @param out where to
   * @return the sink
   */
  public static Sink littleEndian(OutputStream out) {
    ByteBuffer b = ByteBuffer.allocate(4 * PIECE).order(ByteOrder.LITTLE_ENDIAN);
    return (values, count) -> {
      for (int from = 0; from < count; from += PIECE) {
        int n = Math.min(PIECE, count - from);
        b.clear();
        b.asFloatBuffer().put(values, from, n);
        out.write(b.array(), 0, 4 * n);
      }
    };
  }

  /**
   * Undoes the replacement of what was not measured.
   *
   * @param values changed in place
   * @param missing the value that stands for nothing; NaN to do nothing
   */
  public static void restore(float[] values, float missing) {
    if (missing == missing) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] == missing) {
          values[i] = Float.NaN;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "MapValues[" + map + "]";
  }
}
