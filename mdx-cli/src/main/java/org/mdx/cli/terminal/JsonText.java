package org.mdx.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Prints JSON for programs. */
public final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonText() {}

  /**
   * Indented JSON of maps, lists, numbers and words. Maps without an order of their own, such as
   * those of {@code Map.of}, whose order differs from run to run, are sorted by their keys.
   */
  public static String of(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(ordered(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and numbers are always JSON", e);
    }
  }

  private static Object ordered(Object value) {
    if (value instanceof Map<?, ?> map) {
      boolean keeps = map instanceof LinkedHashMap || map instanceof SortedMap;
      Map<Object, Object> all = new LinkedHashMap<>();
      (keeps ? map : new TreeMap<>(map)).forEach((k, v) -> all.put(k, ordered(v)));
      return all;
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>(list.size());
      list.forEach(v -> all.add(ordered(v)));
      return all;
    }
    return value;
  }
}
