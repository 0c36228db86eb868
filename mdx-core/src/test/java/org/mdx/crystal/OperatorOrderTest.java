package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The order of operators against cctbx 2021.12 (laue-order.tsv and the script that made it). */
class OperatorOrderTest {
  private static long crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  @Test
  void operatorsShouldComeInTheOrderOfCctbxForAllTabulatedSettings() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("laue-order.tsv")),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] f = line.split("\t");
        SpaceGroup g = SpaceGroup.ofHall(f[0]);
        String operators =
            g.operators().stream().map(SymmetryOperator::toString).collect(Collectors.joining(" "));
        LaueGroup laue = g.laueGroup();
        String rotations =
            IntStream.range(0, laue.order())
                .mapToObj(n -> SymmetryOperator.ofRotation(laue.operator(n)).toString())
                .collect(Collectors.joining(" "));
        if (crc(operators) != Long.parseLong(f[1]) || crc(rotations) != Long.parseLong(f[2])) {
          wrong.add(f[0] + ": " + operators + " | " + rotations);
        }
        count++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isEqualTo(530);
  }

  /** From the source of truth of reference/mdx2: laue_group_operators of I 21 3, first five. */
  @Test
  void laueGroupShouldStartWithTheIdentityAndEndWithTheImagesByInversion() {
    LaueGroup g = SpaceGroup.ofHall("I 2b 2c 3").laueGroup();
    assertThat(g.operator(0)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(g.operator(1)).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0);
    assertThat(g.operator(3)).containsExactly(0, -1, 0, 0, 0, -1, 1, 0, 0);
    assertThat(g.operator(4)).containsExactly(1, 0, 0, 0, -1, 0, 0, 0, -1);
    for (int n = 0; n < 12; n++) {
      assertThat(g.operator(n + 12)).containsExactly(IntMatrix.negative(g.operator(n)));
      assertThat(g.determinant(n)).isEqualTo(1);
      assertThat(g.determinant(n + 12)).isEqualTo(-1);
    }
  }
}
