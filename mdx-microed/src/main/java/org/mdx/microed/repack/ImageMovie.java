package org.mdx.microed.repack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.RawStack;
import org.mdx.io.mrc.MrcStack;
import org.mdx.io.tiff.TiffStack;
import org.mdx.io.tiff.TiffStackWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** TIFF and MRC movies, and folders of MRC images, become TIFF files of deflated pages. */
final class ImageMovie implements MovieRepacker.Method {

  static boolean recognizes(Path file) throws IOException {
    return TiffStack.recognizes(file) || MrcStack.recognizes(file);
  }

  static boolean isMrc(Path file) throws IOException {
    return MrcStack.recognizes(file);
  }

  @Override
  public String format() {
    return "TIFF";
  }

  private static RawStack open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return JoinedFrames.open(file);
    }
    return MrcStack.recognizes(file) ? MrcStack.open(file) : TiffStack.open(file);
  }

  @Override
  public MovieRepacker.Copy write(
      Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
      throws IOException {
    int[] sums;
    try (RawStack stack = open(in)) {
      sums = TiffStackWriter.write(out, stack, options.level(), parallel, progress);
      try (RawStack copy = TiffStack.open(out)) {
        requireSame(in, out, stack, copy);
        int[] found = sums(copy, progress.counter("check", copy.frames()));
        int wrong = Arrays.mismatch(sums, found);
        if (wrong >= 0) {
          throw new MdxFormatException(
              out,
              "frame " + wrong,
              "the checksum " + Integer.toHexString(sums[wrong]),
              "another",
              "repack " + in + " again");
        }
      }
    }
    return copy(sums);
  }

  private static MovieRepacker.Copy copy(int[] sums) {
    CRC32C all = new CRC32C();
    for (int s : sums) {
      for (int k = 0; k < 4; k++) {
        all.update(s >>> 8 * k);
      }
    }
    return new MovieRepacker.Copy(1, sums.length, String.format("%08x", (int) all.getValue()));
  }

  private static int[] sums(RawStack stack, Progress.Counter done) throws IOException {
    int[] sums = new int[stack.frames()];
    byte[] frame = new byte[stack.width() * stack.height() * stack.type().bytes];
    for (int i = 0; i < sums.length; i++) {
      stack.read(i, frame);
      CRC32C sum = new CRC32C();
      sum.update(frame);
      sums[i] = (int) sum.getValue();
      done.advance();
    }
    return sums;
  }

  private static boolean same(RawStack a, RawStack b) throws IOException {
    boolean same =
        a.width() == b.width()
            && a.height() == b.height()
            && a.frames() == b.frames()
            && a.type() == b.type();
    for (int i = 0; same && i < a.frames(); i++) {
      List<RawStack.Tag> one = a.tags(i);
      List<RawStack.Tag> two = b.tags(i);
      same = one.size() == two.size();
      for (int k = 0; same && k < one.size(); k++) {
        same =
            one.get(k).number() == two.get(k).number()
                && one.get(k).type() == two.get(k).type()
                && Arrays.equals(one.get(k).bytes(), two.get(k).bytes());
      }
    }
    return same;
  }

  private static void requireSame(Path in, Path out, RawStack a, RawStack b) throws IOException {
    if (!same(a, b)) {
      throw new MdxFormatException(
          out, "", "the size, the type and the tags of " + in, "others", "repack it again");
    }
  }

  @Override
  public MovieRepacker.Copy compare(
      Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
      throws IOException {
    if (!TiffStack.recognizes(out)) {
      return null;
    }
    try (RawStack stack = open(in);
        RawStack copy = TiffStack.open(out)) {
      if (!same(stack, copy)) {
        return null;
      }
      if (!options.verify()) {
        return new MovieRepacker.Copy(1, stack.frames(), "");
      }
      Progress.Counter done = progress.counter("check", 2L * stack.frames());
      int[] sums = sums(stack, done);
      return Arrays.equals(sums, sums(copy, done)) ? copy(sums) : null;
    }
  }
}
