package org.mdx.io.toml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.mdx.io.MdxFormatException;

/**
 * A TOML file as it stands: its text and its tree. Immutable.
 *
 * @param text all of it
 * @param root its tables
 */
public record TomlFile(String text, JsonNode root) {
  private static final TomlMapper MAPPER = new TomlMapper();

  /** More than a person writes. */
  private static final long MOST_BYTES = 1 << 20;

  /**
   * Reads a file.
   *
   * @param file TOML in UTF-8, of at most 1 MiB
   * @param example what such a file looks like, for the message
   * @param cure what to do if it is not TOML; may be empty
   * @return its text and tree; integers in it fit in 64 bits
   * @throws IOException if it does not exist or cannot be read
   * @throws MdxFormatException if it is too long, not UTF-8 or not TOML, or an integer in it does
   *     not fit; it names the place
   */
  public static TomlFile read(Path file, String example, String cure) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new MdxFormatException(
          file, "", "a TOML file of at most " + MOST_BYTES + " bytes", size + " bytes", cure);
    }
    String text = text(file, Files.readAllBytes(file));
    try {
      JsonNode root = MAPPER.readTree(text);
      requireIntegers(file, "", root);
      return new TomlFile(text, root);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new MdxFormatException(
          file,
          at == null ? "" : "line " + at.getLineNr(),
          example,
          e.getOriginalMessage(),
          cure,
          e);
    }
  }

  private static String text(Path file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new MdxFormatException(
          file,
          "line " + line + ", byte " + in.position(),
          "text in UTF-8",
          String.format("the byte %02X", bytes[Math.min(in.position(), bytes.length - 1)]),
          "save the file as UTF-8",
          e);
    }
  }

  private static void requireIntegers(Path file, String place, JsonNode node) {
    if (node.isIntegralNumber() && !node.canConvertToLong()) {
      throw new MdxFormatException(
          file, place, "an integer that fits in 64 bits", node.toString(), "");
    }
    int i = 0;
    for (JsonNode element : node.isArray() ? node : MAPPER.createArrayNode()) {
      requireIntegers(file, place + "[" + i++ + "]", element);
    }
    for (Map.Entry<String, JsonNode> e : node.properties()) {
      requireIntegers(file, place.isEmpty() ? e.getKey() : place + "." + e.getKey(), e.getValue());
    }
  }
}
