package org.mdx.sim.bragg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mdx.geometry.Probe;

class SweepKindTest {

  /** The large ones are left to the command line: they need seconds each. */
  @ParameterizedTest
  @EnumSource(
      value = SweepKind.class,
      names = {"PILATUS2M", "LONG_AXIS"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyKindShouldShowSpotsFromWeakToStrong(SweepKind kind) {
    SpotSweep sweep = kind.sweep(5);
    long strong = sweep.spots().stream().filter(s -> s.isFull() && s.signalToNoise() > 5).count();
    long weak = sweep.spots().stream().filter(s -> s.isFull() && s.signalToNoise() < 3).count();
    assertThat(strong).isGreaterThan(100);
    assertThat(weak).isGreaterThan(10);
    assertThat(sweep.reflections(java.util.List.of()).size()).isEqualTo(sweep.spots().size());
  }

  @Test
  void aSeedShouldVaryAKind() {
    BraggOptions one = SweepKind.MONOCLINIC.options(1);
    BraggOptions two = SweepKind.MONOCLINIC.options(2);
    assertThat(one.lattices().get(0).crystal().cell())
        .isNotEqualTo(two.lattices().get(0).crystal().cell());
    assertThat(one.offset()).isNotEqualTo(two.offset());
  }

  @Test
  void kindsShouldBeWhatTheyAreCalled() {
    assertThat(SweepKind.MICROED.options(1).header().beam().probe()).isEqualTo(Probe.ELECTRON);
    assertThat(SweepKind.TWO_LATTICES.options(1).lattices()).hasSize(2);
    assertThat(SweepKind.FINE_SLICES.options(1).header().scan().width()).isEqualTo(0.05);
    assertThat(SweepKind.DRIFT.options(1).lattices().get(0).crystal().scanPoints()).isNotEmpty();
    assertThat(SweepKind.LONG_AXIS.options(1).lattices().get(0).crystal().cell().c())
        .isBetween(290.0, 310.0);
    assertThat(SweepKind.PILATUS2M.options(1).header().detector().pixels()).isEqualTo(1475L * 1679);
  }

  @Test
  void anUnknownKindShouldBeRefusedNamingAll() {
    assertThat(SweepKind.ofLabel("long-axis")).isEqualTo(SweepKind.LONG_AXIS);
    assertThatThrownBy(() -> SweepKind.ofLabel("long"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'long'")
        .hasMessageContaining("two-lattices");
  }
}
