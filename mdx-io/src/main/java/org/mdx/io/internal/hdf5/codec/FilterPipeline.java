package org.mdx.io.internal.hdf5.codec;

import java.util.ArrayList;
import java.util.List;
import org.mdx.io.internal.hdf5.structure.Fields;

/**
 * The filters that made the chunks of a dataset (specification, IV.A.2.l).
 *
 * @param filters in the order in which they were applied
 */
public record FilterPipeline(List<Filter> filters) {
  public static final int DEFLATE = 1;
  public static final int SHUFFLE = 2;
  public static final int FLETCHER32 = 3;
  public static final int LZ4 = 32004;
  public static final int BITSHUFFLE = 32008;

  /** The compression of {@link #BITSHUFFLE} that is LZ4. */
  static final int BITSHUFFLE_LZ4 = 2;

  /** The number of a filter and what it was told. */
  public record Filter(int id, List<Integer> values) {
    public int value(int index) {
      return index < values.size() ? values.get(index) : 0;
    }
  }

  public static final FilterPipeline NONE = new FilterPipeline(List.of());

  public static FilterPipeline read(Fields f) {
    int version = f.version("a filter pipeline", 1, 2);
    int n = f.u8();
    f.skip(version == 1 ? 6 : 0);
    List<Filter> filters = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int id = f.u16();
      int name = version == 1 || id >= 256 ? f.u16() : 0;
      f.skip(2);
      int values = f.u16();
      f.skip(version == 1 ? (name + 7) / 8 * 8 : name);
      List<Integer> v = new ArrayList<>();
      for (int j = 0; j < values; j++) {
        v.add((int) f.u32());
      }
      f.skip(version == 1 && values % 2 == 1 ? 4 : 0);
      filters.add(new Filter(id, List.copyOf(v)));
    }
    return new FilterPipeline(List.copyOf(filters));
  }

  /** Whether all filters can be undone here. */
  public boolean isKnown() {
    return filters.stream()
        .allMatch(
            f ->
                switch (f.id) {
                  case DEFLATE, SHUFFLE, FLETCHER32, LZ4 -> true;
                  case BITSHUFFLE -> f.value(4) == 0 || f.value(4) == BITSHUFFLE_LZ4;
                  default -> false;
                });
  }

  /**
   * The most that one byte of a chunk may become; 1 if nothing compresses. It is that of one
   * compression, also where a file claims several on top of one another.
   */
  public int maximumRatio() {
    int ratio = 1;
    for (Filter f : filters) {
      if (f.id == DEFLATE) {
        ratio = Math.max(ratio, ChunkDecoder.MAXIMUM_RATIO);
      } else if (f.id == LZ4 || f.id == BITSHUFFLE && f.value(4) != 0) {
        ratio = Math.max(ratio, Lz4.MAXIMUM_RATIO);
      }
    }
    return ratio;
  }

  @Override
  public String toString() {
    return filters.stream().map(f -> f.id).toList().toString();
  }
}
