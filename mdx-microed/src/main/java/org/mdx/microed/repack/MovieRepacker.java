package org.mdx.microed.repack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Repack;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.output.AtomicFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Writes a compressed copy of a movie. The kind of the movie is told by its content: HDF5 (Velox
 * EMD and any other) stays HDF5 with everything in it, TIFF and MRC become TIFF. The copy appears
 * under its name only after it was read back and compared; the movie is never touched.
 *
 * <pre>{@code
 * RepackReport r = MovieRepacker.of(o -> o.level(6))
 *     .repack(raw, compressed, Parallel.available(), Progress.NONE);
 * }</pre>
 */
public final class MovieRepacker {

  /** Frames of other files than Velox's that are smaller than this are tables, not images. */
  private static final int LEAST_FRAME = 1 << 12;

  private final RepackOptions options;

  private MovieRepacker(RepackOptions options) {
    this.options = options;
  }

  /**
   * A repacker.
   *
   * @param options how
   * @return the repacker
   */
  public static MovieRepacker of(RepackOptions options) {
    return new MovieRepacker(options);
  }

  /**
   * A repacker with some options changed.
   *
   * @param change what to change of the defaults
   * @return the repacker
   */
  public static MovieRepacker of(UnaryOperator<RepackOptions> change) {
    return new MovieRepacker(RepackOptions.of(change));
  }

  /**
   * Whether a file is of a kind that can be repacked.
   *
   * @param file the file
   * @return true if so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path file) throws IOException {
    return Hdf5File.recognizes(file) || ImageMovie.recognizes(file);
  }

  /**
   * The name of the copy of a movie: its own, with the ending {@code .tif} instead of that of an
   * MRC file.
   *
   * @param in the movie, or a folder of MRC images
   * @return a file name
   * @throws IOException if the movie cannot be read
   */
  public static String nameOfCopy(Path in) throws IOException {
    String name = in.toAbsolutePath().normalize().getFileName().toString();
    if (Files.isDirectory(in)) {
      return name + ".tif";
    }
    if (!ImageMovie.isMrc(in)) {
      return name;
    }
    name = name.replaceAll("(?i)\\.(gz|bz2)$", "");
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + ".tif";
  }

  /**
   * Repacks a movie. A copy that is there, is not older than the movie, and matches it in
   * everything (with {@link RepackOptions#verify} in every frame) is left as it is. An older file
   * is replaced.
   *
   * <p>A folder stands for the movie of the MRC images in it ({@code .mrc}, {@code .mrc.gz}), an
   * image a file, in the order of the numbers in their names; none may be missing.
   *
   * @param in the movie, or a folder of MRC images
   * @param out the copy
   * @param parallel threads that compress; their number does not change a bit of the copy
   * @param progress is told after every frame, when it is written and when it was checked
   * @return what was done
   * @throws IOException if a file cannot be read or written; nothing is left behind
   * @throws MdxFormatException if the movie is damaged, of another kind or cannot be copied
   *     faithfully, or if what was read back differs; nothing is left behind
   * @throws IllegalArgumentException if both are the same file, or the copy is a newer file that is
   *     no copy of the movie
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; nothing is
   *     left behind
   */
  public RepackReport repack(Path in, Path out, Parallel parallel, Progress progress)
      throws IOException {
    boolean there = Files.exists(out);
    if (there && Files.isSameFile(in, out)) {
      throw new IllegalArgumentException(in + " is the copy as well; name another file");
    }
    Method method = method(in);
    long start = System.nanoTime();
    long bytes = bytes(in);
    if (there && Files.getLastModifiedTime(out).compareTo(lastModified(in)) >= 0) {
      Copy found = method.compare(in, out, options, parallel, progress);
      if (found != null) {
        return report(in, out, RepackReport.Outcome.SKIPPED, method, found, bytes, start);
      } else if (!options.force()) {
        throw new IllegalArgumentException(
            out + " is newer than " + in + " and no copy of it; remove it, or use --force");
      }
    }
    Copy[] copy = new Copy[1];
    AtomicFile.writePath(
        out, temporary -> copy[0] = method.write(in, temporary, options, parallel, progress));
    return report(in, out, RepackReport.Outcome.REPACKED, method, copy[0], bytes, start);
  }

  private static List<Path> files(Path in) throws IOException {
    return Files.isDirectory(in) ? JoinedFrames.files(in) : List.of(in);
  }

  private static long bytes(Path in) throws IOException {
    long bytes = 0;
    for (Path file : files(in)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static FileTime lastModified(Path in) throws IOException {
    FileTime last = FileTime.fromMillis(Long.MIN_VALUE);
    for (Path file : files(in)) {
      FileTime time = Files.getLastModifiedTime(file);
      last = time.compareTo(last) > 0 ? time : last;
    }
    return last;
  }

  private static RepackReport report(
      Path in,
      Path out,
      RepackReport.Outcome outcome,
      Method method,
      Copy copy,
      long bytes,
      long start)
      throws IOException {
    return new RepackReport(
        in,
        out,
        outcome,
        method.format(),
        copy.stacks,
        copy.frames,
        bytes,
        Files.size(out),
        (System.nanoTime() - start) / 1e9,
        copy.checksum);
  }

  /** What a copy holds. */
  record Copy(int stacks, long frames, String checksum) {}

  /** The method by which movies of one kind are copied. */
  interface Method {
    /** Name of the kind. */
    String format();

    /** Writes and checks a copy. */
    Copy write(Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
        throws IOException;

    /** What is in a copy; null if it is none. */
    Copy compare(Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
        throws IOException;
  }

  private static Method method(Path in) throws IOException {
    if (Files.isDirectory(in)) {
      return new ImageMovie();
    } else if (Hdf5File.recognizes(in)) {
      return new Hdf5Method();
    } else if (ImageMovie.recognizes(in)) {
      return new ImageMovie();
    }
    throw new MdxFormatException(
        in, "", "an HDF5 (such as Velox EMD), TIFF or MRC file", "another kind of file", "");
  }

  private static final class Hdf5Method implements Method {
    @Override
    public String format() {
      return "HDF5";
    }

    @Override
    public Copy write(
        Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
        throws IOException {
      return copy(
          Hdf5Repack.write(in, out, MovieRepacker::frameAxis, options.level(), parallel, progress),
          true);
    }

    @Override
    public Copy compare(
        Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
        throws IOException {
      Hdf5Repack.Result r =
          Hdf5File.recognizes(out)
              ? Hdf5Repack.compare(
                  in, out, MovieRepacker::frameAxis, options.verify(), parallel, progress)
              : null;
      return r == null ? null : copy(r, options.verify());
    }

    private static Copy copy(Hdf5Repack.Result r, boolean summed) {
      return new Copy(r.stacks(), r.frames(), summed ? String.format("%08x", r.checksum()) : "");
    }
  }

  /**
   * The frame axis of a dataset. Velox counts frames along the last axis, of images (y, x, frame)
   * and of the documents that go with them (byte, frame); everybody else along the first.
   */
  static int frameAxis(String path, int[] shape, StoredType type) {
    boolean velox = path.startsWith("/Data/");
    if (velox && shape.length == 3 && path.endsWith("/Data")) {
      return 2;
    } else if (velox && shape.length == 2 && type.bytes() == 1 && path.endsWith("Metadata")) {
      return 1;
    }
    boolean image = shape.length == 3 && (long) shape[1] * shape[2] * type.bytes() >= LEAST_FRAME;
    return image ? 0 : -1;
  }
}
