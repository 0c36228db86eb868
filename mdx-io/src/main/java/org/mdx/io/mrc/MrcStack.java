package org.mdx.io.mrc;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.PixelType;
import org.mdx.io.image.RawStack;

/**
 * The frames of an MRC file as they are stored. Tags of the first: what the file is, in words; all
 * bytes before the pixels; the text of an {@code .mdoc} beside the file.
 */
public final class MrcStack implements RawStack {

  /** Tag with the main and the extended header. */
  public static final int HEADERS = 65000;

  /** Tag with the text of the {@code .mdoc}. */
  public static final int MDOC = 65001;

  private static final int DESCRIPTION = 270;
  private static final int LARGEST_HEADER = 1 << 28;

  private final Path path;
  private final FileBytes in;
  private final MrcFile head;

  private MrcStack(Path path, FileBytes in, MrcFile head) {
    this.path = path;
    this.in = in;
    this.head = head;
  }

  /**
   * Whether a file is MRC.
   *
   * @param path the file
   * @return true if so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return MrcFile.recognizes(path);
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return its frames, to be closed
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is damaged or of a kind that is not read
   */
  public static MrcStack open(Path path) throws IOException {
    FileBytes in = FileBytes.open(path);
    try {
      return new MrcStack(path, in, MrcFile.read(path, in));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public int width() {
    return head.width();
  }

  @Override
  public int height() {
    return head.height();
  }

  @Override
  public int frames() {
    return head.frames();
  }

  @Override
  public PixelType type() {
    return head.type();
  }

  @Override
  public List<Tag> tags(int frame) throws IOException {
    List<Tag> tags = new ArrayList<>();
    if (frame > 0) {
      return tags;
    }
    if (head.offset() > LARGEST_HEADER) {
      throw new MdxFormatException(
          path,
          "NSYMBT",
          "headers of at most " + LARGEST_HEADER + " bytes",
          String.valueOf(head.offset()),
          "the header is damaged, copy the file again");
    }
    String text =
        "Frames of an MRC file; tag 65000 holds its headers (" + head.offset() + " bytes)\0";
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    tags.add(new Tag(DESCRIPTION, 2, ascii.length, ascii));
    byte[] headers = new byte[(int) head.offset()];
    in.need(0, headers, headers.length, "headers");
    tags.add(Tag.ofBytes(HEADERS, headers));
    Path mdoc = path.resolveSibling(path.getFileName() + ".mdoc");
    if (Files.isRegularFile(mdoc) && Files.size(mdoc) < LARGEST_HEADER) {
      tags.add(Tag.ofBytes(MDOC, Files.readAllBytes(mdoc)));
    }
    return tags;
  }

  @Override
  public void read(int frame, byte[] into) throws IOException {
    int size = Math.toIntExact(head.size());
    int n = in.read(head.offset() + frame * head.size(), into, 0, size);
    if (n < size) {
      throw new MdxFormatException(
          path,
          "frame " + frame,
          size + " bytes",
          n + " bytes",
          "the file is truncated, copy it again");
    }
    if (head.order() == ByteOrder.BIG_ENDIAN) {
      RawStack.swap(into, size, head.type().bytes);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
