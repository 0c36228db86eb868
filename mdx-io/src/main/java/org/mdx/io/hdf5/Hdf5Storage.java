package org.mdx.io.hdf5;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.mdx.io.internal.hdf5.codec.FilterPipeline;
import org.mdx.io.internal.hdf5.read.Damage;
import org.mdx.io.internal.hdf5.read.DatasetInfo;
import org.mdx.io.internal.hdf5.read.DatasetReader;
import org.mdx.io.internal.hdf5.structure.Layout;

/**
 * How a dataset is stored.
 *
 * @param layout {@code compact}, {@code contiguous}, {@code chunks of [..]} or {@code virtual}
 * @param filters names of the filters in the order in which they were applied, with blanks between;
 *     empty if there are none
 * @param bytes that its elements take in the file
 */
public record Hdf5Storage(String layout, String filters, long bytes) {

  /**
   * Looks at a dataset.
   *
   * @param file the file
   * @param dataset where
   * @return how it is stored
   * @throws org.mdx.io.MdxFormatException if there is no such dataset or its index is damaged
   */
  public static Hdf5Storage of(Hdf5File file, String dataset) {
    DatasetReader reader = file.reader(dataset);
    DatasetInfo info = reader.info();
    String layout =
        info.layout instanceof Layout.Compact
            ? "compact"
            : info.layout instanceof Layout.Contiguous
                ? "contiguous"
                : info.layout instanceof Layout.Chunked c
                    ? "chunks of " + Arrays.toString(c.chunk())
                    : "virtual";
    String filters =
        info.filters.filters().stream().map(f -> name(f.id())).collect(Collectors.joining(" "));
    return new Hdf5Storage(
        layout, filters, Damage.guard(file.path(), dataset, reader::storedBytes));
  }

  private static String name(int filter) {
    return switch (filter) {
      case FilterPipeline.DEFLATE -> "deflate";
      case FilterPipeline.SHUFFLE -> "shuffle";
      case FilterPipeline.FLETCHER32 -> "fletcher32";
      case FilterPipeline.LZ4 -> "lz4";
      case FilterPipeline.BITSHUFFLE -> "bitshuffle";
      default -> "filter-" + filter;
    };
  }
}
