package org.mdx.io.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.PixelType;

/**
 * The layout of the pixels of a page: in pieces, which are strips or tiles.
 *
 * @param width pixels along fast
 * @param height pixels along slow
 * @param type how a pixel is stored
 * @param order of the bytes of a pixel
 * @param compression its TIFF number
 * @param reversed whether the bits of each stored byte are the other way round (FillOrder 2)
 * @param predictor 1 none, 2 differences along a row, 3 the same of floating-point numbers
 * @param pieceWidth columns of a piece
 * @param pieceHeight rows of a piece; of the last strip there may be fewer
 * @param tiled whether pieces at the edges are filled up to their whole size
 * @param offsets position of each piece
 * @param counts stored bytes of each piece
 */
record TiffPage(
    int width,
    int height,
    PixelType type,
    ByteOrder order,
    int compression,
    boolean reversed,
    int predictor,
    int pieceWidth,
    int pieceHeight,
    boolean tiled,
    long[] offsets,
    long[] counts) {
  static final int NONE = 1;
  static final int LZW = 5;
  static final int DEFLATE = 8;
  static final int DEFLATE_OLD = 32946;
  static final int PACK_BITS = 32773;

  private static final String CURE = "the file is damaged, copy it again";
  private static final String CONVERT = "convert the images to a kind that is supported";

  /** More pixels than any detector has: 2²⁸. */
  private static final long MAX_PIXELS = 1L << 28;

  static TiffPage of(Path path, FileBytes in, TiffFile file, TiffDirectory d) throws IOException {
    int width = size(path, d, 256, "ImageWidth", -1);
    int height = size(path, d, 257, "ImageLength", -1);
    if (d.number(277, 1) != 1) {
      throw wrong(path, "SamplesPerPixel", "1: a gray image", d.number(277, 1), CONVERT);
    }
    PixelType type = type(path, d);
    int compression = (int) d.number(259, NONE);
    int most = expansion(path, compression);
    int predictor = (int) d.number(317, 1);
    boolean real = type.ordinal() >= PixelType.FLOAT16.ordinal();
    if (predictor < 1 || predictor > 3 || predictor == 3 && !real || predictor == 2 && real) {
      throw wrong(path, "Predictor", "1, 2 of integers or 3 of reals", predictor, CONVERT);
    }
    long fillOrder = d.number(266, 1);
    if (fillOrder != 1 && fillOrder != 2) {
      throw wrong(path, "FillOrder", "1 or 2", fillOrder, CURE);
    }
    boolean tiled = d.has(322);
    int pieceWidth = tiled ? size(path, d, 322, "TileWidth", -1) : width;
    int pieceHeight =
        tiled
            ? size(path, d, 323, "TileLength", -1)
            : Math.min(height, size(path, d, 278, "RowsPerStrip", height));
    if ((long) width * height > MAX_PIXELS || (long) pieceWidth * pieceHeight > MAX_PIXELS) {
      throw wrong(
          path, "ImageWidth, ImageLength", "up to 2^28 pixels", (long) width * height, CURE);
    }
    long[] offsets = d.longs(tiled ? 324 : 273);
    long[] counts = d.longs(tiled ? 325 : 279);
    TiffPage page =
        new TiffPage(
            width,
            height,
            type,
            file.order(),
            compression,
            fillOrder == 2,
            compression == NONE || compression == PACK_BITS ? 1 : predictor,
            pieceWidth,
            pieceHeight,
            tiled,
            offsets,
            counts.length == 0 && compression == NONE ? new long[offsets.length] : counts);
    page.check(path, in, most);
    return page;
  }

  private static int size(Path path, TiffDirectory d, int tag, String name, long otherwise)
      throws IOException {
    long v = d.number(tag, otherwise);
    if (tag == 278) {
      v = Math.min(v, Integer.MAX_VALUE);
    }
    if (v < 1 || v > Integer.MAX_VALUE) {
      throw wrong(path, name, "a number of pixels", v, CURE);
    }
    return (int) v;
  }

  private static MdxFormatException wrong(
      Path path, String place, String expected, long found, String cure) {
    return new MdxFormatException(path, place, expected, String.valueOf(found), cure);
  }

  private static PixelType type(Path path, TiffDirectory d) throws IOException {
    long bits = d.number(258, 1);
    long format = d.number(339, 1);
    PixelType type =
        switch ((int) Math.min(bits, 65)) {
          case 8 -> format == 2 ? PixelType.INT8 : PixelType.UINT8;
          case 16 ->
              format == 3 ? PixelType.FLOAT16 : format == 2 ? PixelType.INT16 : PixelType.UINT16;
          case 32 ->
              format == 3 ? PixelType.FLOAT32 : format == 2 ? PixelType.INT32 : PixelType.UINT32;
          case 64 -> format == 3 ? PixelType.FLOAT64 : null;
          default -> null;
        };
    if (type == null || format < 1 || format > 4 || bits == 8 && format == 3) {
      throw new MdxFormatException(
          path,
          "BitsPerSample, SampleFormat",
          "integers of 8, 16 or 32 bits or reals of 16, 32 or 64",
          bits + " bits of format " + format,
          CONVERT);
    }
    return type;
  }

  /** How many bytes one stored byte can become. */
  private static int expansion(Path path, int compression) {
    return switch (compression) {
      case NONE -> 1;
      case LZW -> 4096;
      case DEFLATE, DEFLATE_OLD -> 1032;
      case PACK_BITS -> 64;
      default ->
          throw wrong(path, "Compression", "none, LZW, deflate or PackBits", compression, CONVERT);
    };
  }

  /** Holds what the directory claims against the size of the file. */
  private void check(Path path, FileBytes in, int most) throws IOException {
    long pieces = (long) across() * down();
    if (offsets.length < pieces || counts.length < pieces) {
      throw new MdxFormatException(
          path,
          tiled ? "TileOffsets" : "StripOffsets",
          pieces + " positions and sizes",
          offsets.length + " and " + counts.length,
          CURE);
    }
    long size = in.atMost();
    long sum = 0;
    for (int i = 0; i < pieces; i++) {
      long bytes = (long) pieceWidth * rows(i) * type.bytes;
      if (compression == NONE) {
        counts[i] = bytes;
      }
      boolean inside = offsets[i] >= 0 && counts[i] > 0 && counts[i] <= size - offsets[i];
      sum += inside ? counts[i] : 0;
      // pieces may not share bytes, or a small file would stand for a large image
      if (!inside || counts[i] < bytes / most || sum > size) {
        throw new MdxFormatException(
            path,
            (tiled ? "tile " : "strip ") + i,
            bytes + " bytes of pixels, stored inside the file of " + size + " bytes",
            counts[i] + " stored bytes at byte " + offsets[i],
            "the file is truncated or damaged, copy it again");
      }
    }
  }

  /** Pieces in a row of them. */
  int across() {
    return (width - 1) / pieceWidth + 1;
  }

  /** Rows of pieces. */
  int down() {
    return (height - 1) / pieceHeight + 1;
  }

  /** Rows that are stored of a piece. */
  int rows(int piece) {
    int first = piece / across() * pieceHeight;
    return tiled ? pieceHeight : Math.min(pieceHeight, height - first);
  }
}
