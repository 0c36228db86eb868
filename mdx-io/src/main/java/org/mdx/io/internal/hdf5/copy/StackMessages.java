package org.mdx.io.internal.hdf5.copy;

import java.util.ArrayList;
import java.util.List;
import org.mdx.io.internal.hdf5.codec.FilterPipeline;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;

/** What the header of a compressed stack says of its chunks. */
final class StackMessages {
  private StackMessages() {}

  /** Chunks of a frame each, found by a version 1 B-tree. */
  static byte[] layout(Stack s, long tree) {
    MetadataBlock b = new MetadataBlock(0).u8(3).u8(2).u8(s.shape().length + 1).u64(tree);
    for (int c : s.frameChunk()) {
      b.u32(c);
    }
    return b.u32(s.type().bytes()).toBytes();
  }

  /** The filters in the order in which they are applied; bytes are not shuffled. */
  static FilterPipeline pipeline(Stack s, int level) {
    List<FilterPipeline.Filter> filters = new ArrayList<>();
    if (s.type().bytes() > 1) {
      filters.add(new FilterPipeline.Filter(FilterPipeline.SHUFFLE, List.of(s.type().bytes())));
    }
    filters.add(new FilterPipeline.Filter(FilterPipeline.DEFLATE, List.of(level)));
    return new FilterPipeline(List.copyOf(filters));
  }

  static byte[] filters(Stack s, int level) {
    List<FilterPipeline.Filter> filters = pipeline(s, level).filters();
    MetadataBlock b = new MetadataBlock(0).u8(1).u8(filters.size()).zeros(6);
    for (FilterPipeline.Filter f : filters) {
      b.u16(f.id()).u16(0).u16(1).u16(1).u32(f.value(0)).u32(0);
    }
    return b.toBytes();
  }
}
