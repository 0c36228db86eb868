package org.mdx.microed.repack;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.PixelType;
import org.mdx.io.image.RawStack;
import org.mdx.io.mrc.MrcStack;

/**
 * The MRC images of a folder, an image a file, as one stack: {@code .mrc}, {@code .mrc.gz} or
 * {@code .mrc.bz2}, in the order of the numbers in their names. Each frame keeps the headers of its
 * file.
 */
final class JoinedFrames implements RawStack {
  private static final Pattern FRAME = Pattern.compile("(?i)(.*?)(\\d+)\\.mrc(\\.(gz|bz2))?");

  private final List<Path> files;
  private final int width;
  private final int height;
  private final PixelType type;
  private MrcStack open;
  private int at = -1;

  private JoinedFrames(List<Path> files, MrcStack first) {
    this.files = files;
    this.width = first.width();
    this.height = first.height();
    this.type = first.type();
  }

  /** Opens the images of a folder. */
  static JoinedFrames open(Path folder) throws IOException {
    List<Path> files = files(folder);
    try (MrcStack first = MrcStack.open(files.get(0))) {
      return new JoinedFrames(files, first);
    }
  }

  /**
   * The images of a folder in the order of their numbers.
   *
   * @throws MdxFormatException if there are fewer than two, numbers are missing or twice there, or
   *     they are of several movies
   */
  static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(p -> FRAME.matcher(p.getFileName().toString()).matches()).forEach(files::add);
    }
    files.sort(Comparator.comparing(JoinedFrames::number).thenComparing(Path::compareTo));
    if (files.size() < 2) {
      throw wrong(
          folder, "numbered MRC images such as frame_0001.mrc.gz", files.size() + " of them");
    }
    for (int i = 1; i < files.size(); i++) {
      Path one = files.get(i - 1).getFileName();
      Path next = files.get(i).getFileName();
      if (!stem(one).equals(stem(next))) {
        throw wrong(folder, "the images of one movie", one + " and " + next);
      }
      if (!number(next).equals(number(one).add(BigInteger.ONE))) {
        throw wrong(folder, "images numbered without a gap, each once", next + " after " + one);
      }
    }
    return files;
  }

  private static MdxFormatException wrong(Path folder, String expected, String found) {
    return new MdxFormatException(
        folder, "", expected, found, "put the images of one movie into one folder, all of them");
  }

  private static Matcher parts(Path file) {
    Matcher m = FRAME.matcher(file.getFileName().toString());
    if (!m.matches()) {
      throw new IllegalStateException(file + " has no number");
    }
    return m;
  }

  private static String stem(Path file) {
    return parts(file).group(1);
  }

  private static BigInteger number(Path file) {
    return new BigInteger(parts(file).group(2));
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int frames() {
    return files.size();
  }

  @Override
  public PixelType type() {
    return type;
  }

  @Override
  public List<Tag> tags(int frame) throws IOException {
    return frame(frame).tags(0);
  }

  @Override
  public void read(int frame, byte[] into) throws IOException {
    frame(frame).read(0, into);
  }

  private MrcStack frame(int frame) throws IOException {
    if (frame != at) {
      close();
      Path file = files.get(frame);
      open = MrcStack.open(file);
      at = frame;
      boolean same = open.width() == width && open.height() == height && open.type() == type;
      if (!same || open.frames() != 1) {
        throw new MdxFormatException(
            file,
            "NX, NY, NZ, MODE",
            "one image of " + width + " x " + height + " pixels of " + type.label,
            open.frames()
                + " of "
                + open.width()
                + " x "
                + open.height()
                + ", "
                + open.type().label,
            "a movie has frames of one size and type, each in a file of its own");
      }
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    at = -1;
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
