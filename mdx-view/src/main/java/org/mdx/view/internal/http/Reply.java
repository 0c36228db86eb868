package org.mdx.view.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param type of the content
 * @param body its bytes
 * @param headers more of them
 */
public record Reply(String type, byte[] body, Map<String, String> headers) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BINARY = "application/octet-stream";

  public static Reply json(JsonNode node) {
    return new Reply("application/json; charset=utf-8", bytes(node), Map.of());
  }

  /** JSON of a value; what is not a number is null. */
  public static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Reply floats(float[] values, String shape) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return new Reply(BINARY, b.array(), Map.of("X-Type", "float32", "X-Shape", shape));
  }

  public static Reply ints(int[] values, String shape) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asIntBuffer().put(values);
    return new Reply(BINARY, b.array(), Map.of("X-Type", "int32", "X-Shape", shape));
  }

  /**
   * Rows of numbers as uint8 or uint16 if all but the unusable ones fit below the largest of the
   * type, which then stands for unusable; else as int32.
   *
   * @param values rows of {@code stride} values
   * @param stride from row to row
   * @param width values of a row that are sent
   * @param height rows that are sent
   * @param unusable what stands for no value
   * @return the reply, with the value that stands for unusable in {@code X-Unusable}
   */
  public static Reply narrow(int[] values, int stride, int width, int height, int unusable) {
    int least = 0;
    int most = 0;
    for (int y = 0; y < height; y++) {
      for (int i = y * stride; i < y * stride + width; i++) {
        if (values[i] != unusable) {
          least = Math.min(least, values[i]);
          most = Math.max(most, values[i]);
        }
      }
    }
    int size = least < 0 || most >= 0xFFFF ? 4 : most >= 0xFF ? 2 : 1;
    int none = size == 4 ? unusable : size == 2 ? 0xFFFF : 0xFF;
    byte[] body = new byte[size * width * height];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int i = y * stride; i < y * stride + width; i++) {
        int v = values[i] == unusable ? none : values[i];
        for (int k = 0; k < size; k++) {
          body[at++] = (byte) (v >> 8 * k);
        }
      }
    }
    String type = size == 4 ? "int32" : size == 2 ? "uint16" : "uint8";
    return new Reply(
        BINARY,
        body,
        Map.of(
            "X-Type", type, "X-Shape", height + "," + width, "X-Unusable", String.valueOf(none)));
  }

  public static Reply bytes(byte[] values, String shape) {
    return new Reply(BINARY, values, Map.of("X-Type", "uint8", "X-Shape", shape));
  }

  public Reply with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, String.valueOf(value));
    return new Reply(type, body, more);
  }
}
