package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellGridTest {

  @Test
  void shellsOfAWidthShouldEndAfterTheLargestLength() {
    ShellGrid grid = ShellGrid.of(ShellOptions.defaults().width(0.25), 0.8);
    assertThat(grid).isEqualTo(new ShellGrid(0, 0.25, 4, 1));
    assertThat(grid.shell(0)).isZero();
    assertThat(grid.shell(0.25)).isEqualTo(1);
    assertThat(grid.shell(0.8)).isEqualTo(3);
    assertThat(grid.shell(1)).isEqualTo(3);
    assertThat(grid.shell(1.01)).isEqualTo(-1);
    assertThat(grid.shell(Double.NaN)).isEqualTo(-1);
  }

  @Test
  void rangeShouldCutOffTheLastShell() {
    ShellGrid grid = ShellGrid.of(ShellOptions.defaults().width(0.25).range(0.5, 1.1), 9);
    assertThat(grid.count()).isEqualTo(3);
    assertThat(grid.upper(2)).isEqualTo(1.1);
    assertThat(grid.lower(2)).isEqualTo(1);
    assertThat(grid.shell(0.49)).isEqualTo(-1);
    assertThat(grid.shell(1.1)).isEqualTo(2);
    assertThat(grid.shell(1.11)).isEqualTo(-1);
    // ten shells, although 0.3/0.03 is a little above ten
    assertThat(ShellGrid.of(ShellOptions.defaults().width(0.03).range(0, 0.3), 9).count())
        .isEqualTo(10);
  }

  @Test
  void countShouldDivideTheRange() {
    ShellGrid grid = ShellGrid.of(ShellOptions.defaults().count(4).range(0.2, 0.6), 9);
    assertThat(grid.width()).isCloseTo(0.1, within(1e-15));
    assertThat(grid.shell(0.6)).isEqualTo(3);
    assertThat(ShellGrid.of(ShellOptions.defaults().count(4), 0.8).sMax()).isEqualTo(0.8);
  }

  @Test
  void sharedShellsShouldBeTheSameAsOpenOnes() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      double largest = random.nextDouble();
      ShellOptions options = ShellOptions.defaults().width(0.001 + random.nextDouble() / 10);
      ShellGrid open = ShellGrid.of(options, largest);
      assertThat(ShellGrid.of(options.range(0, open.sMax()), 7)).isEqualTo(open);
      assertThat(open.shell(largest)).isEqualTo(open.count() - 1);
    }
  }

  @Test
  void nothingShouldHaveNoShells() {
    assertThat(ShellGrid.of(ShellOptions.defaults(), -1).count()).isZero();
    assertThat(ShellGrid.of(ShellOptions.defaults().range(0.5, 1.0 / 0), 0.4).count()).isZero();
    assertThatThrownBy(() -> ShellGrid.of(ShellOptions.defaults().width(1e-9), 1))
        .hasMessageContaining("larger width");
    assertThatThrownBy(() -> ShellOptions.defaults().range(0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
