package org.mdx.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void mapsWithoutAnOrderShouldBeSortedSoThatEachRunPrintsTheSame() {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("z", 1);
    first.put("a", List.of(Map.of("x", 1, "w", 2, "v", 3, "u", 4, "t", 5)));
    assertThat(JsonText.of(first).replaceAll("\\s", ""))
        .isEqualTo("{\"z\":1,\"a\":[{\"t\":5,\"u\":4,\"v\":3,\"w\":2,\"x\":1}]}");
  }
}
