package org.mdx.io.internal.hdf5.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.element.RunSink;
import org.mdx.io.internal.hdf5.index.Box;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Layout;
import org.mdx.parallel.Parallel;

/** Reads a virtual dataset from the datasets that it is made of. */
final class VirtualReader {
  private static final int MAXIMUM_DEPTH = 8;

  private final OpenFile file;
  private final String place;
  private final DatasetInfo info;
  private final DatasetReader owner;
  private final List<VirtualMap.Part> parts;
  private final Map<String, DatasetReader> sources = new HashMap<>();
  private volatile long most = -1;

  VirtualReader(OpenFile file, Store store, String place, DatasetInfo info, DatasetReader owner) {
    this.file = file;
    this.place = place;
    this.info = info;
    this.owner = owner;
    this.parts = VirtualMap.read(store, (Layout.Virtual) info.layout);
  }

  /** The dataset of a part, of the same type; it may be virtual itself. */
  private synchronized DatasetReader source(VirtualMap.Part part) {
    DatasetReader known = sources.get(part.file() + "\0" + part.dataset());
    if (known != null) {
      return known;
    }
    OpenFile from = part.file().equals(".") ? file : file.neighbour(part.file(), place);
    DatasetReader r = from.reader(part.dataset());
    if (!r.info().type.equals(info.type)) {
      throw new MdxFormatException(
          from.path(), part.dataset(), info.type.toString(), r.info().type.toString(), "");
    }
    sources.put(part.file() + "\0" + part.dataset(), r);
    return r;
  }

  /** As {@link DatasetReader#mostBytes}: of each part no more than its elements. */
  long mostBytes(int depth) {
    if (depth == MAXIMUM_DEPTH) {
      throw new IllegalArgumentException("virtual datasets that are made of one another");
    }
    if (most < 0) {
      long sum = 0;
      for (VirtualMap.Part p : parts) {
        long elements =
            Dataspace.size(
                Arrays.stream(VirtualMap.orAll(p.target(), info.shape))
                    .mapToLong(VirtualMap.Indices::size)
                    .toArray());
        long bytes = source(p).mostBytes(depth + 1);
        sum += Math.min(elements, bytes / info.type.bytes()) * info.type.bytes();
      }
      most = sum;
    }
    return most;
  }

  /** As {@link DatasetReader#chunk}; depth was checked when it was opened. */
  int[] chunk() {
    return parts.isEmpty() ? null : source(parts.get(0)).chunk();
  }

  void read(Box box, Parallel parallel, RunSink sink) {
    List<Mapped> found = new ArrayList<>();
    long covered = 0;
    for (VirtualMap.Part p : parts) {
      Mapped m = mapped(p, box);
      if (m != null) {
        found.add(m);
        covered += m.size();
      }
    }
    if (covered > box.size()) {
      throw new IllegalArgumentException("parts of a virtual dataset that overlap");
    }
    if (covered < box.size()) {
      owner.fill(0, box.size(), sink);
    }
    for (Mapped m : found) {
      m.read(box, parallel, sink);
    }
  }

  /** Elements of one axis that lie side by side in both datasets. */
  private record Segment(long target, long source, int count) {}

  /** What a box and a part have in common: the product of the segments of each axis. */
  private record Mapped(
      DatasetReader source, int[] sourceAxis, long[] single, List<List<Segment>> segments) {

    long size() {
      long n = 1;
      for (List<Segment> axis : segments) {
        n *= axis.stream().mapToLong(Segment::count).sum();
      }
      return n;
    }

    void read(Box box, Parallel parallel, RunSink sink) {
      int rank = segments.size();
      int[] at = new int[rank];
      while (true) {
        readOne(at, box, parallel, sink);
        int a = rank - 1;
        while (a >= 0 && ++at[a] == segments.get(a).size()) {
          at[a--] = 0;
        }
        if (a < 0) {
          return;
        }
      }
    }

    private void readOne(int[] at, Box box, Parallel parallel, RunSink sink) {
      int rank = at.length;
      int sourceRank = source.info().shape.length;
      long[] start = new long[sourceRank];
      int[] count = new int[sourceRank];
      Arrays.fill(count, 1);
      for (int a = 0; a < sourceRank; a++) {
        start[a] = single[a];
      }
      int[] lengths = new int[rank];
      int[] offset = new int[rank];
      for (int a = 0; a < rank; a++) {
        Segment s = segments.get(a).get(at[a]);
        lengths[a] = s.count;
        offset[a] = (int) (s.target - box.start()[a]);
        if (sourceAxis[a] >= 0) {
          start[sourceAxis[a]] = s.source;
          count[sourceAxis[a]] = s.count;
        }
      }
      source.readBox(
          new Box(start, count),
          parallel,
          (from, byteAt, index, n) -> spread(from, byteAt, index, n, lengths, offset, box, sink));
    }

    /** Hands on a run of the source box as runs of the target box. */
    private void spread(
        ByteBuffer from,
        int byteAt,
        int index,
        int n,
        int[] lengths,
        int[] offset,
        Box box,
        RunSink sink) {
      int bytes = source.info().type.bytes();
      int inner = lengths.length - 1;
      int row = lengths[inner];
      while (inner > 0 && lengths[inner] == box.count()[inner]) {
        row *= lengths[--inner];
      }
      for (int done = 0; done < n; ) {
        int i = index + done;
        int take = Math.min(n - done, row - i % row);
        int target = 0;
        int stride = 1;
        for (int a = lengths.length - 1; a >= 0; a--) {
          target += (offset[a] + i % lengths[a]) * stride;
          i /= lengths[a];
          stride *= box.count()[a];
        }
        sink.take(from, byteAt + done * bytes, target, take);
        done += take;
      }
    }
  }

  private Mapped mapped(VirtualMap.Part part, Box box) {
    VirtualMap.Indices[] target = VirtualMap.orAll(part.target(), info.shape);
    if (target.length != box.rank()) {
      throw new IllegalArgumentException("a part of rank " + target.length);
    }
    for (int a = 0; a < target.length; a++) {
      VirtualMap.Indices t = target[a];
      boolean outside =
          t.at(0) >= box.start()[a] + box.count()[a] || t.at(t.size() - 1) < box.start()[a];
      if (outside) {
        return null;
      }
    }
    DatasetReader source = source(part);
    VirtualMap.Indices[] from = VirtualMap.orAll(part.source(), source.info().shape);
    int[] sourceAxis = axes(target, from);
    List<List<Segment>> segments = new ArrayList<>();
    for (int a = 0; a < target.length; a++) {
      VirtualMap.Indices s =
          sourceAxis[a] < 0 ? new VirtualMap.Indices(0, 1, 1, 1) : from[sourceAxis[a]];
      List<Segment> axis = segments(target[a], s, box.start()[a], box.count()[a]);
      if (axis.isEmpty()) {
        return null;
      }
      segments.add(axis);
    }
    long[] single = Arrays.stream(from).mapToLong(VirtualMap.Indices::start).toArray();
    return new Mapped(source, sourceAxis, single, segments);
  }

  /** Axes with more than one index correspond in order. */
  private int[] axes(VirtualMap.Indices[] target, VirtualMap.Indices[] source) {
    int[] axes = new int[target.length];
    int s = 0;
    for (int a = 0; a < target.length; a++) {
      axes[a] = -1;
      if (target[a].size() == 1) {
        continue;
      }
      while (s < source.length && source[s].size() == 1) {
        s++;
      }
      if (s == source.length || source[s].size() != target[a].size()) {
        throw new IllegalArgumentException("parts of another shape than their source");
      }
      axes[a] = s++;
    }
    return axes;
  }

  private static List<Segment> segments(
      VirtualMap.Indices target, VirtualMap.Indices source, long start, int count) {
    List<Segment> out = new ArrayList<>();
    long end = start + count;
    long k =
        target.isRange()
            ? Math.max(0, start - target.start())
            : Math.max(0, (start - target.start()) / target.stride()) * target.block();
    while (k < target.size() && target.at(k) < end) {
      long n = Math.min(left(target, k), left(source, k));
      long skip = Math.max(0, start - target.at(k));
      if (skip < n) {
        int length = (int) Math.min(n - skip, end - target.at(k + skip));
        out.add(new Segment(target.at(k + skip), source.at(k + skip), length));
      }
      k += n;
    }
    return out;
  }

  /** How many indices from k on lie side by side. */
  private static long left(VirtualMap.Indices i, long k) {
    return i.isRange() ? i.size() - k : i.block() - k % i.block();
  }

  /** As {@link DatasetReader#together}, by the first part that has the index. */
  long[] together(int axis, long index) {
    for (VirtualMap.Part p : parts) {
      VirtualMap.Indices t = VirtualMap.orAll(p.target(), info.shape)[axis];
      boolean inside = index >= t.start() && index < t.start() + t.size();
      if (!t.isRange() || !inside) {
        continue;
      }
      DatasetReader source = source(p);
      VirtualMap.Indices[] from = VirtualMap.orAll(p.source(), source.info().shape);
      int s = axes(VirtualMap.orAll(p.target(), info.shape), from)[axis];
      if (s < 0 || !from[s].isRange()) {
        break;
      }
      long shift = t.start() - from[s].start();
      long[] range = source.together(s, index - shift);
      return new long[] {
        Math.max(range[0] + shift, t.start()), Math.min(range[1] + shift, t.start() + t.size())
      };
    }
    return new long[] {index, index + 1};
  }
}
