package org.mdx.io.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.FileFrames;
import org.mdx.io.image.PixelType;
import org.mdx.io.image.RawStack;

/** The pages of a TIFF file, all of one size and type, as they are stored. */
public final class TiffStack implements RawStack {

  /** What a copy says of its own pixels. */
  private static final Set<Integer> STORAGE =
      Set.of(
          254, 255, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 317, 322, 323, 324, 325,
          339);

  /** Positions of other directories, which would have to be copied too. */
  private static final Set<Integer> POINTERS = Set.of(330, 34665, 34853, 40965);

  private final Path path;
  private final FileBytes in;
  private final TiffFile file;
  private final TiffPage first;
  private final TiffDecoder decoder = new TiffDecoder();

  private TiffStack(Path path, FileBytes in, TiffFile file, TiffPage first) {
    this.path = path;
    this.in = in;
    this.file = file;
    this.first = first;
  }

  /**
   * Whether a file is TIFF.
   *
   * @param path the file
   * @return true if so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return TiffFile.recognizes(path);
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return its pages, to be closed
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is damaged or of a kind that is not read
   */
  public static TiffStack open(Path path) throws IOException {
    FileBytes in = FileBytes.open(path);
    try {
      TiffFile f = TiffFile.read(path, in);
      return new TiffStack(path, in, f, TiffPage.of(path, in, f, f.directory(path, in, 0)));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public int width() {
    return first.width();
  }

  @Override
  public int height() {
    return first.height();
  }

  @Override
  public int frames() {
    return file.pages().size();
  }

  @Override
  public PixelType type() {
    return first.type();
  }

  @Override
  public List<Tag> tags(int frame) throws IOException {
    TiffDirectory d = file.directory(path, in, frame);
    for (int pointer : POINTERS) {
      if (d.has(pointer)) {
        throw new MdxFormatException(
            path,
            "page " + frame,
            "pages without further directories",
            "tag " + pointer,
            "copy the file as it is");
      }
    }
    return d.tags(STORAGE);
  }

  @Override
  public void read(int frame, byte[] into) throws IOException {
    TiffPage p = TiffPage.of(path, in, file, file.directory(path, in, frame));
    FileFrames.checkSize(path, p.width(), p.height(), first.width(), first.height(), path);
    if (p.type() != first.type()) {
      throw new MdxFormatException(
          path, "page " + frame, first.type().label + " pixels", p.type().label, "");
    }
    decoder.readRaw(path, in, p, into);
    if (p.order() == ByteOrder.BIG_ENDIAN) {
      RawStack.swap(into, p.width() * p.height() * p.type().bytes, p.type().bytes);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
