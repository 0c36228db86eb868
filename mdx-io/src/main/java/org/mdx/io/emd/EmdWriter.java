package org.mdx.io.emd;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.mdx.io.hdf5.FrameFile;
import org.mdx.io.image.PixelType;
import org.mdx.io.output.AtomicFile;

/**
 * Writes movies in the layout of Velox, frame by frame and of any length: {@code
 * /Data/Image/<id>/Data} is (y, x, frame), {@code Metadata} (60000, frame) has a JSON document for
 * each frame, filled up with zeros; each frame is a chunk, not compressed. For one thread.
 */
public final class EmdWriter {

  /** Bytes that Velox sets aside for the document of a frame. */
  private static final int DOCUMENT_BYTES = 60000;

  /** Adds frames. */
  @FunctionalInterface
  public interface Frames {
    /**
     * Adds all frames, one after the other.
     *
     * @param writer to which
     * @throws IOException if that fails
     */
    void addTo(EmdWriter writer) throws IOException;
  }

  private final FrameFile file;
  private final PixelType type;
  private final String data;
  private final String metadata;
  private final ByteBuffer frame;

  private EmdWriter(FrameFile file, String id, int width, int height, PixelType type) {
    this.file = file;
    this.type = type;
    String at = EmdFile.IMAGES.substring(1) + "/" + id + "/";
    this.data = at + "Data";
    this.metadata = at + "Metadata";
    boolean signed = type == PixelType.INT16 || type == PixelType.INT32;
    file.stack(data, new int[] {height, width}, type.bytes, signed);
    file.stack(metadata, new int[] {DOCUMENT_BYTES}, 1, false);
    file.text("Version", "{\"format\": \"Velox\", \"version\": \"1.11\"}");
    this.frame =
        ByteBuffer.allocate(Math.multiplyExact(width * height, type.bytes))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes a movie; it appears when it is complete.
   *
   * @param path the file
   * @param width pixels along x
   * @param height pixels along y
   * @param type of a pixel: integers of 16 or 32 bits
   * @param frames adds the frames
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if Velox has no such pixels
   */
  public static void write(Path path, int width, int height, PixelType type, Frames frames)
      throws IOException {
    switch (type) {
      case INT16, UINT16, INT32, UINT32 -> {}
      default ->
          throw new IllegalArgumentException(
              type.label + " pixels; give int16, uint16, int32 or uint32");
    }
    // the same movie under the same name must have the same bytes
    String name = String.valueOf(path.getFileName());
    String id =
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
    AtomicFile.writePath(
        path,
        temporary -> {
          try (FileChannel out =
              FileChannel.open(
                  temporary,
                  java.nio.file.StandardOpenOption.CREATE_NEW,
                  java.nio.file.StandardOpenOption.WRITE)) {
            FrameFile file = new FrameFile(out);
            frames.addTo(new EmdWriter(file, id, width, height, type));
            file.finish();
          }
        });
  }

  /**
   * Adds a frame.
   *
   * @param image pixels row by row; those that the type cannot hold become the nearest that it can
   * @param document what the microscope says of it
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the document has more than 60000 bytes
   */
  public void add(int[] image, JsonNode document) throws IOException {
    byte[] text = document.toString().getBytes(StandardCharsets.UTF_8);
    if (text.length > DOCUMENT_BYTES) {
      throw new IllegalArgumentException(
          "a document of " + text.length + " bytes; " + DOCUMENT_BYTES + " fit");
    }
    frame.clear();
    for (int i = 0; i < frame.capacity() / type.bytes; i++) {
      switch (type) {
        case INT16 ->
            frame.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, image[i])));
        case UINT16 -> frame.putShort((short) Math.max(0, Math.min(0xffff, image[i])));
        case UINT32 -> frame.putInt(Math.max(0, image[i]));
        default -> frame.putInt(image[i]);
      }
    }
    file.add(data, frame.flip());
    file.add(metadata, ByteBuffer.allocate(DOCUMENT_BYTES).put(text).clear());
  }
}
