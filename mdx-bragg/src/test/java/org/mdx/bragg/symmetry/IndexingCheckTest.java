package org.mdx.bragg.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.UnitCell;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/** Simulated intensities with indices that are right or all wrong in the same way. */
class IndexingCheckTest {

  private static Sweep sweep(String group, UnitCell cell) {
    SimulatedCrystal crystal = new SimulatedCrystal(group, cell, 2, 3);
    Measuring m = new Measuring().scan(0, 180, 360).errors(1, 5, 0.03);
    return crystal.measure(m, 0, ChangeOfBasis.IDENTITY, crystal.group(), 8);
  }

  private static Reflections shifted(Reflections r, int... by) {
    int[] hkl = r.get(ReflectionKeys.MILLER_INDEX).clone();
    for (int i = 0; i < hkl.length; i++) {
      hkl[i] += by[i % 3];
    }
    return r.with(ReflectionKeys.MILLER_INDEX, hkl);
  }

  @Test
  void rightIndicesShouldAgreeBest() {
    // Friedel mates alone: an offset along an axis would leave pairs of a rotation about it right
    Sweep s = sweep("P 1", new UnitCell(20, 24, 29, 80, 97, 105));
    IndexingCheck check = IndexingCheck.of(List.of(s.geometry()), s.reflections(), 0, 10, 1);
    assertThat(check.offsets()).hasSize(27);
    IndexingCheck.Offset best = check.best();
    assertThat(new int[] {best.h(), best.k(), best.l()}).containsExactly(0, 0, 0);
    assertThat(best.cc()).isGreaterThan(0.9);
    assertThat(check.offsets().stream().filter(o -> o != best))
        .allMatch(o -> o.cc() < 0.6 || Double.isNaN(o.cc()));
    assertThat(check.table()).contains("the indices as they are agree best");
  }

  @Test
  void offsetShouldBeFoundAndNamed() {
    Sweep s = sweep("P 1 21 1", new UnitCell(20, 24, 29, 90, 97, 90));
    Reflections wrong = shifted(s.reflections(), 0, 1, -2);
    IndexingCheck check = IndexingCheck.of(List.of(s.geometry()), wrong, 0, 0, 2);
    IndexingCheck.Offset best = check.best();
    assertThat(new int[] {best.h(), best.k(), best.l()}).containsExactly(0, -1, 2);
    assertThat(best.cc()).isGreaterThan(0.9);
    assertThat(check.table()).contains("indices + (0 -1 2) agree better than the present ones");
  }

  @Test
  void whatCannotBeComparedShouldBeTold() {
    Sweep s = sweep("P 1 21 1", new UnitCell(20, 24, 29, 90, 97, 90));
    assertThatThrownBy(() -> IndexingCheck.of(List.of(s.geometry()), s.reflections(), 0.3, 0.4, 1))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("no intensity between 0.4 and 0.3 Å");
    assertThatThrownBy(() -> IndexingCheck.of(List.of(s.geometry()), s.reflections(), 0, 0, 9))
        .hasMessageContaining("offsets up to 9, must be 0 to 5");
    Reflections few = s.reflections().where(i -> i < 6);
    IndexingCheck check = IndexingCheck.of(List.of(s.geometry()), few, 0, 0, 1);
    assertThat(check.best().cc()).isNaN();
    assertThat(check.table()).contains("too few equivalents");
  }
}
