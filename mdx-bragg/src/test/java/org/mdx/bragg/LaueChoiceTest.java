package org.mdx.bragg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

class LaueChoiceTest {
  private static final UnitCell CELL = new UnitCell(30, 30, 30, 90, 90, 90);

  private static LaueCandidate candidate(String group, double logOdds, Set<List<Integer>> ops) {
    return new LaueCandidate(
        SpaceGroup.ofHermannMauguin(group),
        CELL,
        0,
        0.1,
        Double.NaN,
        logOdds,
        ChangeOfBasis.IDENTITY,
        List.of(),
        ops);
  }

  /** None of four groups is likelier than the next: what all have in common is sure, no more. */
  @Test
  void aGroupThatIsOnlyPartOfLikelierOnesShouldNotLookSure() {
    List<LaueCandidate> equal = new ArrayList<>();
    equal.add(candidate("P 1", 0, Set.of()));
    equal.add(candidate("P 1 2 1", 0, Set.of(List.of(1))));
    equal.add(candidate("P 1 2 1", 0, Set.of(List.of(2))));
    equal.add(candidate("P 1 2 1", 0, Set.of(List.of(3))));
    LaueChoice choice = LaueChoice.of(List.of(equal));
    assertThat(choice.group().laueGroup().symbol()).isEqualTo("-1");
    assertThat(choice.confidence()).isCloseTo(1, within(1e-12));
    assertThat(choice.probability()).isCloseTo(0.25, within(1e-12));
    assertThat(choice.isDoubtful()).isTrue();
    assertThat(choice)
        .hasToString(
            "Laue group -1 (P 1 (1)) or more 1.000, itself 0.250, least correlation unknown; a higher"
                + " symmetry is likely but not sure: give --space-group");
  }

  @Test
  void aGroupThatIsLikelyItselfShouldBeTaken() {
    List<LaueCandidate> two =
        List.of(
            candidate("P 1", 0, Set.of()), candidate("P 1 2 1", Math.log(99), Set.of(List.of(1))));
    LaueChoice choice = LaueChoice.of(List.of(two));
    assertThat(choice.group().laueGroup().symbol()).isEqualTo("2/m");
    assertThat(choice.confidence()).isCloseTo(0.99, within(1e-12));
    assertThat(choice.isDoubtful()).isFalse();
  }
}
