package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All 530 tabulated settings against cctbx 2022.9 (reference/symmetry/settings.json). */
class SymmetrySettingsTest {
  private static final List<JsonNode> SETTINGS = new ArrayList<>();
  private static final List<SpaceGroup> GROUPS = new ArrayList<>();
  private static int[][] hkl;

  @BeforeAll
  static void readSettings() throws IOException {
    Path file =
        Path.of(System.getProperty("mdx.reference", "no-reference"), "symmetry/settings.json");
    Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: no " + file);
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    root.get("settings").forEach(SETTINGS::add);
    hkl = new int[root.get("hkl").size()][3];
    for (int i = 0; i < hkl.length; i++) {
      for (int j = 0; j < 3; j++) {
        hkl[i][j] = root.get("hkl").get(i).get(j).asInt();
      }
    }
    for (JsonNode s : SETTINGS) {
      GROUPS.add(SpaceGroup.ofHall(s.get("hall").asText()));
    }
  }

  @Test
  void everyHallSymbolShouldGenerateTheOperatorsOfCctbx() {
    assertThat(SETTINGS).hasSize(530);
    for (int i = 0; i < 530; i++) {
      List<SymmetryOperator> expected = new ArrayList<>();
      SETTINGS.get(i).get("ops").forEach(op -> expected.add(reduced(op.asText())));
      assertThat(GROUPS.get(i).operators())
          .as(SETTINGS.get(i).get("hall").asText())
          .containsExactlyInAnyOrderElementsOf(expected)
          .hasSize(SETTINGS.get(i).get("order").asInt());
    }
  }

  private static SymmetryOperator reduced(String xyz) {
    return SymmetryOperator.of(xyz).reduced();
  }

  @Test
  void everySettingShouldHaveTheNamesAndClassesOfCctbx() {
    for (int i = 0; i < 530; i++) {
      JsonNode s = SETTINGS.get(i);
      SpaceGroup g = GROUPS.get(i);
      String name = s.get("hm").asText();
      assertThat(g.number()).as(name).isEqualTo(s.get("number").asInt());
      assertThat(g.hall()).as(name).isEqualTo(s.get("hall").asText());
      assertThat(g.schoenflies()).as(name).isEqualTo(s.get("schoenflies").asText());
      assertThat(g.crystalSystem().toString()).as(name).isEqualTo(s.get("system").asText());
      assertThat(String.valueOf(g.centring())).as(name).isEqualTo(s.get("centring").asText());
      assertThat(g.isCentric()).as(name).isEqualTo(s.get("centric").asBoolean());
      assertThat(g.laueGroup().symbol()).as(name).isEqualTo(s.get("laue").asText());
      assertThat(g.laueGroup().order()).as(name).isEqualTo(s.get("n_laue").asInt());
      assertThat(g.toReference().hkl()).as(name).isEqualTo(s.get("asu_cb_op").asText());
    }
  }

  @Test
  void everySettingShouldBeFoundByItsHermannMauguinSymbolInAnySpelling() {
    for (int i = 0; i < 530; i++) {
      JsonNode s = SETTINGS.get(i);
      String hm = s.get("hm").asText();
      SpaceGroup g = SpaceGroup.ofHermannMauguin(hm);
      assertThat(g.hermannMauguin()).isEqualTo(hm);
      assertThat(g).as(hm).isEqualTo(GROUPS.get(i));
      String dense = hm.replace(" ", "").toLowerCase(java.util.Locale.ROOT);
      assertThat(SpaceGroup.parse(dense).hermannMauguin()).isEqualTo(hm);
    }
  }

  @Test
  void absencesAndEpsilonShouldBeThoseOfCctbx() {
    for (int i = 0; i < 530; i++) {
      JsonNode s = SETTINGS.get(i);
      SpaceGroup g = GROUPS.get(i);
      for (int j = 0; j < hkl.length; j++) {
        String what = s.get("hall").asText() + " " + java.util.Arrays.toString(hkl[j]);
        int[] x = hkl[j];
        assertThat(g.isAbsent(x[0], x[1], x[2]))
            .as(what)
            .isEqualTo(s.get("absent").get(j).asInt() == 1);
        assertThat(g.epsilon(x[0], x[1], x[2])).as(what).isEqualTo(s.get("epsilon").get(j).asInt());
      }
    }
  }

  @Test
  void representativesShouldBeThoseOfCctbx() {
    for (int i = 0; i < 530; i++) {
      JsonNode s = SETTINGS.get(i);
      ReciprocalAsu asu = GROUPS.get(i).asu();
      for (int j = 0; j < hkl.length; j++) {
        String what = s.get("hall").asText() + " " + java.util.Arrays.toString(hkl[j]);
        JsonNode e = s.get("asu").get(j);
        ReciprocalAsu.Mapped m = asu.map(hkl[j][0], hkl[j][1], hkl[j][2]);
        assertThat(new int[] {m.h(), m.k(), m.l()})
            .as(what)
            .containsExactly(e.get(0).asInt(), e.get(1).asInt(), e.get(2).asInt());
        assertThat(asu.contains(m.h(), m.k(), m.l())).as(what).isTrue();
      }
    }
  }

  @Test
  void typesShouldBeFoundWithoutTheTable() {
    for (int i = 0; i < 530; i++) {
      SpaceGroup g = SpaceGroup.ofOperators(GROUPS.get(i).operators());
      assertThat(g.number()).isEqualTo(GROUPS.get(i).number());
      assertThat(g.toReference().hkl()).isEqualTo(GROUPS.get(i).toReference().hkl());
    }
  }
}
