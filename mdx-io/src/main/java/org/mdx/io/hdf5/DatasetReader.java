package org.mdx.io.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import org.mdx.io.MdxFormatException;
import org.mdx.parallel.Parallel;

/** Reads the elements of one dataset, chunks on all threads. */
final class DatasetReader {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;

  private final Hdf5File file;
  private final String place;
  private final Dataset dataset;
  private final StoredType type;
  private final int[] shape;

  DatasetReader(Hdf5File file, String place, Dataset dataset) {
    this.file = file;
    this.place = place;
    this.dataset = dataset;
    this.type = StoredType.of(dataset.getDataType());
    this.shape = shape(file, place, dataset);
  }

  /** Lengths of the axes, of which the product fits 31 bits. */
  static int[] shape(Hdf5File file, String place, Dataset dataset) {
    long[] dims = dataset.isScalar() ? new long[0] : dataset.getDimensionsAsLong();
    int[] shape = new int[dims.length];
    long n = 1;
    for (int a = 0; a < dims.length; a++) {
      boolean fits = dims[a] >= 0 && dims[a] <= Integer.MAX_VALUE;
      n = fits ? n * dims[a] : Long.MAX_VALUE;
      if (!fits || n > Integer.MAX_VALUE) {
        throw file.error(
            place,
            "at most " + Integer.MAX_VALUE + " elements",
            "the shape " + Arrays.toString(dims),
            "");
      }
      shape[a] = (int) dims[a];
    }
    return shape;
  }

  StoredType type() {
    return type;
  }

  /** Number of elements, after checking that the file can hold them. */
  int size() {
    long n = 1;
    for (int s : shape) {
      n *= s;
    }
    long stored = Math.min(file.size(), Math.max(0, dataset.getStorageInBytes()));
    boolean compressed = dataset instanceof ChunkedDataset && !dataset.getFilters().isEmpty();
    long most = stored * (compressed ? ChunkDecoder.MAXIMUM_RATIO : 1);
    if (n * type.bytes() > most) {
      throw file.error(
          place,
          n * type.bytes() + " bytes for the shape " + Arrays.toString(shape),
          stored + " bytes" + (compressed ? " compressed" : ""),
          Hdf5File.DAMAGED);
    }
    return (int) n;
  }

  /** Hands all elements to a sink. */
  void read(Parallel parallel, RunSink sink) {
    int n = size();
    if (n == 0) {
      return;
    }
    if (dataset instanceof ChunkedDataset chunked) {
      readChunks(chunked, parallel, sink);
      return;
    }
    ByteBuffer b = ((DatasetBase) dataset).getDataBuffer();
    if (b.remaining() < (long) n * type.bytes()) {
      throw file.error(
          place, n * type.bytes() + " bytes", b.remaining() + " bytes", Hdf5File.DAMAGED);
    }
    sink.take(b.slice().order(type.order()), 0, 0, n);
  }

  private void readChunks(ChunkedDataset chunked, Parallel parallel, RunSink sink) {
    int[] chunk = chunked.getChunkDimensions();
    ChunkGrid grid = grid(chunk);
    int length = Math.toIntExact(grid.chunkElements() * type.bytes());
    boolean deflated = false;
    int shuffled = 0;
    for (PipelineFilterWithData f : chunked.getFilters()) {
      boolean known = !deflated && (f.getId() == DEFLATE || f.getId() == SHUFFLE && shuffled == 0);
      if (!known) {
        throw file.error(
            place,
            "chunks that are plain, or shuffled (filter 2) and deflated (filter 1)",
            "filters " + ids(chunked.getFilters()),
            "repack the file, for example with h5repack -f SHUF -f GZIP=1");
      }
      deflated = f.getId() == DEFLATE;
      shuffled = f.getId() == SHUFFLE ? type.bytes() : shuffled;
    }
    boolean inflate = deflated;
    int unshuffle = shuffled;
    chunked.getRawChunkBuffer(grid.offset(0)); // builds the index before the threads ask for it
    Queue<ChunkDecoder> idle = new ConcurrentLinkedQueue<>();
    try {
      parallel.forEach(
          Math.toIntExact(grid.count()),
          i -> {
            ChunkDecoder polled = idle.poll();
            ChunkDecoder decoder = polled == null ? new ChunkDecoder(inflate, unshuffle) : polled;
            try {
              decode(chunked, grid, i, length, decoder, sink);
            } finally {
              idle.add(decoder);
            }
          });
    } finally {
      idle.forEach(ChunkDecoder::close);
    }
  }

  private void decode(
      ChunkedDataset chunked,
      ChunkGrid grid,
      int index,
      int length,
      ChunkDecoder decoder,
      RunSink sink) {
    int[] offset = grid.offset(index);
    byte[] bytes;
    try {
      bytes = decoder.decode(chunked.getRawChunkBuffer(offset), length);
    } catch (DataFormatException e) {
      throw new MdxFormatException(
          file.path(),
          place + ", chunk at " + Arrays.toString(offset),
          length + " bytes of data",
          String.valueOf(e.getMessage()),
          Hdf5File.DAMAGED,
          e);
    }
    ByteBuffer b = ByteBuffer.wrap(bytes).order(type.order());
    grid.forEachRun(
        index,
        (inChunk, inDataset, count) -> sink.take(b, inChunk * type.bytes(), inDataset, count));
  }

  private ChunkGrid grid(int[] chunk) {
    long n = type.bytes();
    boolean valid = chunk.length == shape.length;
    for (int i = 0; valid && i < chunk.length; i++) {
      n = chunk[i] > 0 ? n * chunk[i] : Long.MAX_VALUE;
      valid = n <= Integer.MAX_VALUE;
    }
    if (!valid) {
      throw file.error(
          place,
          "chunks of rank " + shape.length + " and below 2 GiB",
          Arrays.toString(chunk),
          Hdf5File.DAMAGED);
    }
    return new ChunkGrid(shape, chunk);
  }

  private static String ids(List<PipelineFilterWithData> filters) {
    return filters.stream().map(f -> String.valueOf(f.getId())).toList().toString();
  }
}
