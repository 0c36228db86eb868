package org.mdx.io.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the mapper of the JSON library. */
class JsonTreeTest {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " 7 ",
        "{\"a\": 1, \"b\": [1, 2.5, -0.0, 1e300, 1e-7, true, false, null, \"é\\n\"]}",
        "{\"a\": 1, \"b\": 2, \"a\": {\"c\": [[], {}]}}",
        "[2147483648, -9223372036854775808, 123456789012345678901234567890, NaN, -Infinity]",
        "[0.1, 1.0, 100000000000000000000.0, 4.9e-324]"
      })
  void treesAndTextsShouldBeThoseOfTheMapper(String text) throws IOException {
    JsonNode tree = JsonTree.read(bytes(text));
    assertThat(tree).isEqualTo(MAPPER.readTree(bytes(text)));
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    assertThat(JsonTree.write(tree, printer))
        .isEqualTo(MAPPER.writer(printer).writeValueAsBytes(tree));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{\"a\"}", "{} 1", "[1]]", "{\"a\": }", "nul", "\"a", "]"})
  void whatIsNoJsonShouldBeRefusedAsTheMapperDoes(String text) {
    assertThatThrownBy(() -> MAPPER.readTree(bytes(text)))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> JsonTree.read(bytes(text)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void nothingShouldBeNoTree() throws IOException {
    assertThat(JsonTree.read(bytes(" \n"))).isNull();
  }
}
