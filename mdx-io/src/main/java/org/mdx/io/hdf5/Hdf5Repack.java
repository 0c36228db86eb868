package org.mdx.io.hdf5;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.io.hdf5.element.StackRule;
import org.mdx.io.internal.hdf5.copy.Copier;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Copies a file of any content and compresses its stacks of frames, one frame per chunk, shuffled
 * and deflated, and other datasets of 4 KiB and more that can be chunked. Every group, link,
 * dataset, attribute, datatype and time is kept. A file with a structure that is not understood is
 * refused.
 */
public final class Hdf5Repack {
  private Hdf5Repack() {}

  /**
   * What was copied.
   *
   * @param stacks number of stacks that were compressed; other datasets are not counted
   * @param frames of all stacks together
   * @param objects groups, datasets and named datatypes
   * @param checksum CRC-32C of the CRC-32C, little endian, of every frame
   */
  public record Result(int stacks, long frames, int objects, int checksum) {}

  /**
   * Writes a copy and reads it back.
   *
   * @param file the file
   * @param out the copy, which must not exist; it is incomplete if anything is thrown
   * @param rule tells which datasets are stacks
   * @param level of deflate, 1 to 9
   * @param parallel threads that compress; their number does not change a bit of the copy
   * @param progress is told after every frame that was written, and again when it was checked
   * @return what was copied
   * @throws IOException if a file cannot be read or written
   * @throws org.mdx.io.MdxFormatException if the file is damaged or cannot be copied faithfully, or
   *     if what was read back is not what was written
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static Result write(
      Path file, Path out, StackRule rule, int level, Parallel parallel, Progress progress)
      throws IOException {
    return result(Copier.write(file, out, rule, level, parallel, progress));
  }

  /**
   * Compares a copy with its original without writing.
   *
   * @param file the original
   * @param copy what may be its copy
   * @param rule as it was copied by
   * @param frames whether all frames are compared, and not only their number and everything else
   * @param parallel threads
   * @param progress is told after every frame
   * @return what is in the copy; null if it is no copy of the file
   * @throws IOException if a file cannot be read
   * @throws org.mdx.io.MdxFormatException if the original is damaged
   */
  public static Result compare(
      Path file, Path copy, StackRule rule, boolean frames, Parallel parallel, Progress progress)
      throws IOException {
    Copier.Copied c = Copier.compare(file, copy, rule, frames, parallel, progress);
    return c == null ? null : result(c);
  }

  private static Result result(Copier.Copied c) {
    return new Result(c.stacks(), c.frames(), c.objects(), c.checksum());
  }
}
