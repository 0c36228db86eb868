package org.mdx.microed.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;

/** States and reports as JSON. */
public final class ReportJson {
  private ReportJson() {}

  /** Names with underscores, enums in small letters. */
  static ObjectMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .build();
  }

  /**
   * Reports for programs.
   *
   * @param reports what became of trials
   * @return an array of objects, indented
   */
  public static String of(List<TrialReport> reports) {
    try {
      return mapper().writeValueAsString(reports);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
