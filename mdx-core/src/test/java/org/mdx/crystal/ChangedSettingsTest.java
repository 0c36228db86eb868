package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Settings that are not tabulated, against cctbx 2021.12 (changed-settings.tsv and its script). */
class ChangedSettingsTest {
  private static final int[][] HKL = {
    {0, 0, 1}, {0, 0, 2}, {0, 1, 0}, {1, 0, 0}, {2, 0, 0}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1},
    {1, 1, 1}, {1, -1, 0}, {0, 1, -1}, {1, 0, -1}, {2, 1, 0}, {0, 3, 1}, {1, 2, 3}, {0, 0, 4},
    {-2, 4, 0}, {3, 3, 0}, {0, 2, 2}, {-1, 2, 1}
  };

  private static List<String[]> rows() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ChangedSettingsTest.class.getResourceAsStream("changed-settings.tsv")),
                StandardCharsets.UTF_8))) {
      return in.lines().map(line -> line.split("\t")).toList();
    }
  }

  @Test
  void groupsShouldBeThoseOfCctbx() throws IOException {
    for (String[] f : rows()) {
      SpaceGroup g = SpaceGroup.ofHall(f[0]);
      assertThat(g.number()).as(f[0]).isEqualTo(Integer.parseInt(f[1]));
      assertThat(g.order()).as(f[0]).isEqualTo(Integer.parseInt(f[2]));
      assertThat(g.isCentric()).as(f[0]).isEqualTo(f[3].equals("1"));
      assertThat(g.laueGroup().symbol()).as(f[0]).isEqualTo(f[4]);
      CRC32 crc = new CRC32();
      String sorted =
          g.operators().stream()
              .map(SymmetryOperator::toString)
              .sorted()
              .collect(Collectors.joining(" "));
      crc.update(sorted.getBytes(StandardCharsets.UTF_8));
      assertThat(crc.getValue()).as(f[0] + ": " + sorted).isEqualTo(Long.parseLong(f[5]));
      String[] epsilon = f[9].split(" ");
      for (int i = 0; i < HKL.length; i++) {
        int[] x = HKL[i];
        String what = f[0] + " " + x[0] + "," + x[1] + "," + x[2];
        assertThat(g.isAbsent(x[0], x[1], x[2])).as(what).isEqualTo(f[8].charAt(i) == '1');
        assertThat(g.epsilon(x[0], x[1], x[2])).as(what).isEqualTo(Integer.parseInt(epsilon[i]));
      }
    }
  }

  @Test
  void groupsShouldBeReadFromTheNamesThatCctbxGivesThem() throws IOException {
    for (String[] f : rows()) {
      SpaceGroup g = SpaceGroup.ofHall(f[0]);
      assertThat(SpaceGroup.ofHall(f[6])).as(f[0]).isEqualTo(g);
      assertThat(SpaceGroup.parse(f[7])).as(f[0]).isEqualTo(g);
    }
  }

  @Test
  void groupsShouldBeReadFromTheNamesThatTheyGiveThemselves() throws IOException {
    for (String[] f : rows()) {
      SpaceGroup g = SpaceGroup.ofOperators(SpaceGroup.ofHall(f[0]).operators());
      assertThat(SpaceGroup.ofHall(g.hall())).as(g.hall()).isEqualTo(g);
      assertThat(SpaceGroup.parse(g.hermannMauguin())).as(g.hermannMauguin()).isEqualTo(g);
    }
  }

  @Test
  void everyIndexShouldHaveOneRepresentativeInSettingsNobodyTabulated() throws IOException {
    for (String[] f : rows()) {
      ReciprocalAsu asu = SpaceGroup.ofHall(f[0]).asu();
      LaueGroup laue = asu.laueGroup();
      for (int[] x : HKL) {
        ReciprocalAsu.Mapped first = asu.map(x[0], x[1], x[2]);
        assertThat(asu.contains(first.h(), first.k(), first.l())).as(f[0]).isTrue();
        for (int n = 0; n < laue.order(); n++) {
          int[] r = laue.operator(n);
          int h = x[0] * r[0] + x[1] * r[3] + x[2] * r[6];
          int k = x[0] * r[1] + x[1] * r[4] + x[2] * r[7];
          int l = x[0] * r[2] + x[1] * r[5] + x[2] * r[8];
          assertThat(asu.contains(h, k, l))
              .as(f[0])
              .isEqualTo(h == first.h() && k == first.k() && l == first.l());
          ReciprocalAsu.Mapped m = asu.map(h, k, l);
          assertThat(new int[] {m.h(), m.k(), m.l()})
              .containsExactly(first.h(), first.k(), first.l());
        }
      }
    }
  }
}
