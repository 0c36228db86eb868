package org.mdx.io.cbf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.mdx.io.internal.codec.ByteOffset;
import org.mdx.io.output.AtomicFile;

/** Writes miniCBF files as PILATUS detectors do, with checksum. A file appears whole or not. */
public final class CbfWriter {
  private static final int PADDING = 4095;
  private static final byte[] TAG = {0x0c, 0x1a, 0x04, (byte) 0xd5};

  private CbfWriter() {}

  /**
   * Writes one picture.
   *
   * @param path the file; its name without extension becomes the name of the data block
   * @param header the lines of the header
   * @param pixels width × height values, row by row
   * @param width pixels along fast
   * @param height pixels along slow
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if the number of pixels is another, or they are too many
   */
  public static void write(Path path, CbfHeader header, int[] pixels, int width, int height)
      throws IOException {
    if (width < 1 || height < 1 || pixels.length != (long) width * height) {
      throw new IllegalArgumentException(
          pixels.length + " values for a picture of " + width + " x " + height + " pixels");
    }
    long size = ByteOffset.encodedLength(pixels, pixels.length);
    if (size > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "the picture needs " + size + " bytes, more than one array can hold");
    }
    byte[] data = new byte[(int) size];
    ByteOffset.encode(pixels, pixels.length, data, 0);
    byte[] head = header(path, header, data, width, height).getBytes(StandardCharsets.US_ASCII);
    AtomicFile.write(
        path,
        out -> {
          out.write(head);
          out.write(TAG);
          out.write(data);
          out.write(new byte[PADDING]);
          out.write(
              "\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
        });
  }

  private static String header(Path path, CbfHeader header, byte[] data, int width, int height) {
    String name = String.valueOf(path.getFileName());
    int dot = name.indexOf('.');
    String block = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9_-]", "_");
    StringBuilder lines = new StringBuilder();
    for (String line : header.lines()) {
      lines.append("# ").append(line).append('\n');
    }
    String text =
        String.format(
            Locale.ROOT,
            """
            ###CBF: VERSION 1.5, CBFlib v0.7.8 - PILATUS detectors

            data_%s

            _array_data.header_convention "PILATUS_1.2"
            _array_data.header_contents
            ;
            %s;

            _array_data.data
            ;
            --CIF-BINARY-FORMAT-SECTION--
            Content-Type: application/octet-stream;
                 conversions="x-CBF_BYTE_OFFSET"
            Content-Transfer-Encoding: BINARY
            X-Binary-Size: %d
            X-Binary-ID: 1
            X-Binary-Element-Type: "signed 32-bit integer"
            X-Binary-Element-Byte-Order: LITTLE_ENDIAN
            Content-MD5: %s
            X-Binary-Number-of-Elements: %d
            X-Binary-Size-Fastest-Dimension: %d
            X-Binary-Size-Second-Dimension: %d
            X-Binary-Size-Padding: %d

            """,
            block,
            lines,
            data.length,
            md5(data),
            (long) width * height,
            width,
            height,
            PADDING);
    return text.replace("\n", "\r\n");
  }

  private static String md5(byte[] data) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
