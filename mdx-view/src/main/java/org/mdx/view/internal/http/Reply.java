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

  public static Reply bytes(byte[] values, String shape) {
    return new Reply(BINARY, values, Map.of("X-Type", "uint8", "X-Shape", shape));
  }

  public Reply with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, String.valueOf(value));
    return new Reply(type, body, more);
  }
}
