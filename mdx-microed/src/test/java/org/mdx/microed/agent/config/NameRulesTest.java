package org.mdx.microed.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NameRulesTest {
  private final NameRules rules = NameRules.defaults();

  @Test
  void blanksShouldBecomeUnderscoresAsInThePublishedScripts() {
    assertThat(rules.product("Camera Ceta 20230611 2324 670 mm.emd", 1))
        .isEqualTo("Camera_Ceta_20230611_2324_670_mm.emd");
  }

  @Test
  void everyPartOfAPathShouldFollowTheRules() {
    assertThat(rules.product("grid 1/line\nbreak \"a\".emd", 1))
        .isEqualTo("grid_1/line_break__a_.emd");
    assertThat(rules.product("回折 é'.emd", 1)).isEqualTo("回折_é'.emd");
  }

  @Test
  void aLaterVersionShouldGetANumberBeforeTheEnding() {
    assertThat(rules.product("a.b/c d.emd", 2)).isEqualTo("a.b/c_d_v2.emd");
    assertThat(rules.product("a.b/c", 3)).isEqualTo("a.b/c_v3");
    assertThat(rules.product(".hidden", 2)).isEqualTo(".hidden_v2");
  }

  @Test
  void replacementsShouldBeDoneInOrder() {
    NameRules more =
        new NameRules(
            "-",
            true,
            List.of(
                new NameRules.Replacement(Pattern.compile("^Camera-(\\w+)"), "$1"),
                new NameRules.Replacement(Pattern.compile("Ceta"), "C/")),
            Pattern.compile(NameRules.DATE));

    assertThat(more.product("Camera Ceta 1.emd", 1)).isEqualTo("C_-1.emd");
  }

  @Test
  void noNameShouldLeadOutOfItsFolder() {
    NameRules wiping =
        new NameRules(
            "_",
            true,
            List.of(new NameRules.Replacement(Pattern.compile("x"), ".")),
            Pattern.compile(NameRules.DATE));

    assertThat(wiping.product("xx/a.emd", 1)).isEqualTo("_/a.emd");
    assertThatThrownBy(() -> new NameRules("/", true, List.of(), Pattern.compile(NameRules.DATE)))
        .hasMessageContaining("'/'");
  }

  @Test
  void folderShouldBeDayAndMinuteOfTheNameOrElseOfTheFile() {
    long noon =
        LocalDateTime.of(2024, 2, 3, 12, 5)
            .atZone(ZoneId.systemDefault())
            .toInstant()
            .toEpochMilli();

    assertThat(rules.folder("x/Camera Ceta 20230611 2324 670 mm.emd", noon))
        .isEqualTo("20230611_2324");
    assertThat(rules.folder("20230611 2324/lyso_7.emd", noon)).isEqualTo("20240203_1205");
    assertThat(rules.folder("120230611 2324.emd", noon)).isEqualTo("20240203_1205");
  }
}
