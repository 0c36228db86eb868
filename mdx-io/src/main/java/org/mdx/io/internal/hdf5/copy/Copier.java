package org.mdx.io.internal.hdf5.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32C;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.element.StackRule;
import org.mdx.io.internal.hdf5.codec.FilterPipeline;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;
import org.mdx.io.internal.hdf5.structure.StoredHeader;
import org.mdx.io.internal.hdf5.write.Channels;
import org.mdx.io.internal.hdf5.write.ChunkGrid;
import org.mdx.io.internal.hdf5.write.ChunkTree;
import org.mdx.io.output.AtomicFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Copies a file of any content and compresses its stacks of frames, one frame per chunk, shuffled
 * and deflated, and other datasets of 4 KiB and more that can be chunked. Everything else stays
 * byte by byte as it is, but for the addresses in it (see {@link Relocation}), so every group,
 * link, dataset, attribute, datatype and time is kept. A file with a structure that is not
 * understood is refused.
 *
 * <p>What is new (headers of the stacks, version 1 B-trees of chunks, chunks) lies behind what is
 * kept, and is read by every HDF5 program.
 */
public final class Copier {
  private static final int PIECE = 1 << 20;
  private static final String CURE =
      "copy the movie again if it is damaged; otherwise keep it as it is, or try h5repack";

  /** What was copied, as {@code Hdf5Repack.Result}. */
  public record Copied(int stacks, long frames, int objects, int checksum) {}

  private final Path path;
  private final PagedBytes in;
  private final Relocation relocation;
  private final FileWalk walk;
  private final int level;
  private long tail;
  private int tailBytes;

  private Copier(Path path, PagedBytes in, StackRule rule, int level, boolean compressed) {
    this.path = path;
    this.level = level;
    this.in = in;
    this.relocation = new Relocation(in);
    this.walk = new FileWalk(in, relocation, rule, compressed);
  }

  /** As {@code Hdf5Repack.write}. */
  public static Copied write(
      Path file, Path out, StackRule rule, int level, Parallel parallel, Progress progress)
      throws IOException {
    try (PagedBytes in = PagedBytes.open(file)) {
      Copier r = new Copier(file, in, rule, level, false);
      int[][] sums = guarded(file, () -> r.copy(out, parallel, progress));
      return r.verify(out, rule, sums, parallel, progress);
    }
  }

  /** As {@code Hdf5Repack.compare}. */
  public static Copied compare(
      Path file, Path copy, StackRule rule, boolean frames, Parallel parallel, Progress progress)
      throws IOException {
    try (PagedBytes in = PagedBytes.open(file)) {
      Copier r = new Copier(file, in, rule, 1, false);
      guarded(file, r::plan);
      int[][] sums = frames ? guarded(file, () -> r.sums(copy, parallel)) : null;
      try {
        return r.verify(copy, rule, sums, parallel, progress);
      } catch (MdxFormatException e) {
        return null;
      }
    }
  }

  /** What may fail to read. */
  @FunctionalInterface
  private interface Io<T> {
    T run() throws IOException;
  }

  /** Turns what reading throws at a damaged file into our own exception. */
  private static <T> T guarded(Path file, Io<T> action) throws IOException {
    try {
      return action.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (MdxFormatException | CancellationException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new MdxFormatException(
          file, "", "a whole HDF5 file of known structures", found(e), CURE, e);
    }
  }

  /** What our own checks say; what the platform says would tell nobody anything. */
  private static String found(Throwable e) {
    if (e instanceof StackOverflowError) {
      return "structures within structures without end";
    }
    boolean own = e instanceof IllegalArgumentException || e instanceof IllegalStateException;
    return own && e.getMessage() != null ? e.getMessage() : "structures that contradict each other";
  }

  private Copied result(int[][] sums) {
    CRC32C all = new CRC32C();
    long frames = 0;
    int stacks = 0;
    for (int i = 0; i < sums.length; i++) {
      if (walk.stacks().get(i).frameAxis() == Stack.CHUNKS) {
        continue;
      }
      stacks++;
      frames += sums[i].length;
      for (int s : sums[i]) {
        for (int k = 0; k < 4; k++) {
          all.update(s >>> 8 * k);
        }
      }
    }
    return new Copied(stacks, frames, walk.objects(), (int) all.getValue());
  }

  /** Walks the file and fixes where everything goes but the chunks. */
  private Void plan() {
    walk.walk();
    long kept = relocation.plan(walk.end());
    tail = kept + 7 & -8L;
    for (Stack s : walk.stacks()) {
      int frames = s.frames();
      tail(s, new StackWriter.Written(new long[frames], new int[frames], new int[frames]), false);
    }
    return null;
  }

  /**
   * The tree and the header of a stack; the first time only their sizes are known.
   *
   * @return the bytes
   */
  private byte[] tail(Stack s, StackWriter.Written w, boolean known) {
    long at = tail + tailBytes;
    MetadataBlock block = new MetadataBlock(at);
    ChunkGrid grid = new ChunkGrid(s.shape(), s.frameChunk());
    long tree = ChunkTree.write(grid, w.addresses(), w.sizes(), walk.treeK(), block);
    block.align();
    if (!known) {
      relocation.move(s.header().address(), block.address());
    }
    block.bytes(header(s, tree, known)).align();
    byte[] bytes = block.toBytes();
    tailBytes += bytes.length;
    return bytes;
  }

  private byte[] header(Stack s, long tree, boolean known) {
    List<StoredHeader.Message> heads = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (StoredHeader.Message m : s.header().messages()) {
      if (m.type() == Messages.LAYOUT) {
        heads.add(m);
        contents.add(StackMessages.layout(s, tree));
        heads.add(new StoredHeader.Message(Messages.FILTERS, 1, 0, 0, 0));
        contents.add(StackMessages.filters(s, level));
      } else if (m.type() != Messages.FILTERS) {
        heads.add(m);
        contents.add(known ? relocation.bytes(m.at(), m.size()) : in.bytes(m.at(), m.size()));
      }
    }
    return s.header().write(heads, contents, in.bytes(s.header().address() + 4, 4));
  }

  private int[][] copy(Path out, Parallel parallel, Progress progress) throws IOException {
    plan();
    int planned = tailBytes;
    long total = walk.stacks().stream().mapToLong(Stack::frames).sum();
    Progress.Counter done = progress.counter("compress", total);
    List<StackWriter.Written> written = new ArrayList<>();
    try (FileChannel channel =
            FileChannel.open(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        StackWriter writer = new StackWriter(channel, in.base(), tail + planned, level)) {
      for (int i = 0; i < walk.stacks().size(); i++) {
        Stack s = walk.stacks().get(i);
        try (StackReader reader = StackReader.open(in, s, AtomicFile.temporary(out), parallel)) {
          written.add(writer.write(s, reader, parallel, done));
        }
      }
      long end = relocation.aligned(walk.stacks().isEmpty() ? tail : writer.end());
      walk.newEnd(end);
      relocation.resolve();
      userBlock(channel);
      relocation.forEachPiece(
          PIECE, (at, bytes) -> Channels.write(channel, in.base() + at, ByteBuffer.wrap(bytes)));
      tailBytes = 0;
      for (int i = 0; i < written.size(); i++) {
        long at = in.base() + tail + tailBytes;
        Channels.write(
            channel, at, ByteBuffer.wrap(tail(walk.stacks().get(i), written.get(i), true)));
      }
      if (tailBytes != planned) {
        throw new IllegalStateException(tailBytes + " bytes of structures, not " + planned);
      }
      if (channel.size() < in.base() + end) {
        Channels.write(channel, in.base() + end - 1, ByteBuffer.allocate(1));
      }
      behind(channel, end);
      channel.force(true);
    }
    return written.stream().map(StackWriter.Written::sums).toArray(int[][]::new);
  }

  /** What lies behind the end of the file that the superblock tells. */
  private void behind(FileChannel channel, long end) throws IOException {
    for (long at = walk.end(); at < in.size(); at += PIECE) {
      int n = (int) Math.min(PIECE, in.size() - at);
      Channels.write(channel, in.base() + end + at - walk.end(), ByteBuffer.wrap(in.bytes(at, n)));
    }
  }

  private void userBlock(FileChannel channel) throws IOException {
    try (PagedBytes whole = PagedBytes.open(path)) {
      for (long at = 0; at < in.base(); at += PIECE) {
        int n = (int) Math.min(PIECE, in.base() - at);
        Channels.write(channel, at, ByteBuffer.wrap(whole.bytes(at, n)));
      }
    }
  }

  /** Sums of the frames of the original. */
  private int[][] sums(Path beside, Parallel parallel) throws IOException {
    int[][] sums = new int[walk.stacks().size()][];
    for (int i = 0; i < sums.length; i++) {
      Stack s = walk.stacks().get(i);
      sums[i] = new int[s.frames()];
      int each = StackWriter.framesAtATime(s.frameBytes());
      byte[] raw = new byte[Math.min(each, s.frames()) * s.frameBytes()];
      try (StackReader reader = StackReader.open(in, s, AtomicFile.temporary(beside), parallel)) {
        for (int first = 0; first < sums[i].length; first += each) {
          int n = Math.min(each, sums[i].length - first);
          reader.read(first, n, raw);
          for (int f = 0; f < n; f++) {
            CRC32C sum = new CRC32C();
            sum.update(raw, f * s.frameBytes(), s.frameBytes());
            sums[i][first + f] = (int) sum.getValue();
          }
        }
      }
    }
    return sums;
  }

  /**
   * Compares what is in a copy with what should be.
   *
   * @param sums of the frames of each stack; null if they are not compared
   */
  private Copied verify(
      Path copy, StackRule rule, int[][] sums, Parallel parallel, Progress progress)
      throws IOException {
    try (PagedBytes other = PagedBytes.open(copy)) {
      Copier r = new Copier(copy, other, rule, level, true);
      return guarded(copy, () -> compare(r, sums, parallel, progress));
    }
  }

  private Copied compare(Copier copy, int[][] sums, Parallel parallel, Progress progress)
      throws IOException {
    copy.walk.walk();
    List<Stack> stacks = new ArrayList<>();
    for (Stack s : walk.stacks()) {
      stacks.add(copy.find(s));
    }
    copy.require(copy.walk.objects() == walk.objects(), "objects", walk.objects() + "");
    long total = stacks.stream().mapToLong(Stack::frames).sum();
    Progress.Counter done = progress.counter("check", total);
    int[][] found = new int[stacks.size()][];
    for (int i = 0; i < found.length; i++) {
      Stack s = stacks.get(i);
      found[i] = sums == null ? new int[s.frames()] : StackCheck.sums(copy.in, s, parallel, done);
      for (int f = 0; sums != null && f < found[i].length; f++) {
        copy.require(
            found[i][f] == sums[i][f],
            s.path() + ", frame " + f,
            "the checksum " + Integer.toHexString(sums[i][f]));
      }
    }
    requireKept(copy);
    return result(found);
  }

  private Stack find(Stack original) {
    for (Stack s : walk.stacks()) {
      if (s.path().equals(original.path())) {
        boolean same =
            Arrays.equals(s.shape(), original.shape())
                && s.type().equals(original.type())
                && Arrays.equals(s.chunk(), original.frameChunk())
                && isCompressed(s);
        require(same, s.path(), Arrays.toString(original.shape()) + " by frame");
        return s;
      }
    }
    require(false, original.path(), "a stack");
    throw new IllegalStateException(original.path());
  }

  /** As this class does it, at any level. */
  private static boolean isCompressed(Stack s) {
    List<Integer> ids = s.filters().filters().stream().map(FilterPipeline.Filter::id).toList();
    List<FilterPipeline.Filter> own = StackMessages.pipeline(s, 1).filters();
    return ids.equals(own.stream().map(FilterPipeline.Filter::id).toList());
  }

  private void require(boolean holds, String place, String expected) {
    if (!holds) {
      throw new MdxFormatException(path, place, expected, "something else", CURE);
    }
  }

  /** Everything but the frames, byte by byte. */
  private void requireKept(Copier copy) throws IOException {
    long behind = in.size() - walk.end();
    long end = copy.walk.end();
    copy.require(
        copy.in.size() - end == behind, "bytes from " + end, behind + " bytes behind the end");
    for (long at = 0; at < behind; at += PIECE) {
      int n = (int) Math.min(PIECE, behind - at);
      copy.require(
          Arrays.equals(in.bytes(walk.end() + at, n), copy.in.bytes(end + at, n)),
          "bytes from " + (end + at),
          n + " bytes as in " + path);
    }
    walk.newEnd(end);
    relocation.resolve();
    copy.require(copy.in.base() == in.base(), "user block", in.base() + " bytes");
    relocation.forEachPiece(
        PIECE,
        (at, bytes) ->
            copy.require(
                Arrays.equals(bytes, copy.in.bytes(at, bytes.length)),
                "bytes from " + at,
                bytes.length + " bytes as in " + path));
  }
}
