package org.mdx.bragg.internal.intensity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.sim.bragg.SweepKind;

class UnlikeSweepsTest {
  private final Geometry first = SweepKind.DEMO.sweep(1).trueGeometries().get(0);

  @Test
  void cellsOfAnotherKindShouldBeNamed() {
    assertThat(UnlikeSweeps.notes(List.of(first, larger(1.015)))).isEmpty();
    assertThat(UnlikeSweeps.notes(List.of(first, larger(1.04))))
        .singleElement()
        .asString()
        .contains("more than 2 %")
        .contains("sweeps 1 (" + larger(1.04).crystal().orElseThrow().cell());
    assertThat(UnlikeSweeps.notes(List.of(larger(1.04), first, first)))
        .singleElement()
        .asString()
        .contains("sweeps 0 (");
  }

  @Test
  void wavelengthsOfAnotherKindShouldBeTold() {
    double w = first.beam().wavelength();
    assertThat(UnlikeSweeps.notes(List.of(first, at(w * 1.0001)))).isEmpty();
    assertThat(UnlikeSweeps.notes(List.of(first, at(w * 1.01))))
        .singleElement()
        .asString()
        .contains("wavelengths from");
  }

  private Geometry larger(double by) {
    Crystal c = first.crystal().orElseThrow();
    UnitCell u = c.cell();
    UnitCell cell =
        new UnitCell(u.a() * by, u.b() * by, u.c() * by, u.alpha(), u.beta(), u.gamma());
    return first.withCrystal(Crystal.ofRealSpaceAxes(cell.reciprocal().inverse(), c.spaceGroup()));
  }

  private Geometry at(double wavelength) {
    Beam b = first.beam();
    return new Geometry(
        new Beam(
            b.probe(), wavelength, b.direction(), b.polarizationFraction(), b.polarizationNormal()),
        first.detector(),
        first.goniometer(),
        first.scan(),
        first.crystal().orElseThrow());
  }
}
