package org.mdx.bragg.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Sweeps that should not be averaged as they are. */
class SweepNotesTest {
  private static final ChangeOfBasis OTHER_WAY = ChangeOfBasis.of("y,x,-z");

  /** The lattice has a twofold axis more than the crystal. */
  private final SimulatedCrystal crystal =
      new SimulatedCrystal("I 2 3", new UnitCell(40, 40, 40, 90, 90, 90), 2.3, 6);

  private Sweep sweep(int id, ChangeOfBasis change, long seed) {
    Measuring how = new Measuring().scan(20 * seed, 40, 80).errors(10, 5, 0.02);
    return crystal.measure(how, id, change, crystal.group(), seed);
  }

  private static List<String> notes(ScaleOptions options, Sweep... sweeps) {
    List<Geometry> g = new ArrayList<>();
    List<Reflections> r = new ArrayList<>();
    for (Sweep s : sweeps) {
      g.add(s.geometry());
      r.add(s.reflections());
    }
    return Scaler.scale(g, Reflections.concatenate(r), options).notes();
  }

  @Test
  void sweepsOfOneKindShouldNotBeNamed() {
    assertThat(
            notes(
                ScaleOptions.defaults(),
                sweep(0, ChangeOfBasis.IDENTITY, 1),
                sweep(1, ChangeOfBasis.IDENTITY, 2),
                sweep(2, ChangeOfBasis.IDENTITY, 3)))
        .noneMatch(n -> n.contains("indexed"))
        .noneMatch(n -> n.contains("copies"));
  }

  @Test
  void sweepsThatAreIndexedInAnotherWayShouldBeNamed() {
    assertThat(
            notes(
                ScaleOptions.defaults(),
                sweep(0, ChangeOfBasis.IDENTITY, 1),
                sweep(1, OTHER_WAY, 2),
                sweep(2, ChangeOfBasis.IDENTITY, 3)))
        .anyMatch(n -> n.contains("indexed in another way than the others: 1 ("));
  }

  @Test
  void aSweepThatIsIndexedInAnotherWayThanTheReferenceShouldBeNamed() {
    Sweep s = sweep(0, OTHER_WAY, 1);
    UniqueGroups unique =
        UniqueGroups.of(s.reflections().get(ReflectionKeys.MILLER_INDEX), crystal.group());
    List<ReferenceIntensity> truth = new ArrayList<>();
    for (int g = 0; g < unique.size(); g++) {
      int h = unique.index(g, 0);
      int k = unique.index(g, 1);
      int l = unique.index(g, 2);
      double f = crystal.truth(h, k, l);
      truth.add(new ReferenceIntensity(h, k, l, f, 1 + 0.01 * f));
    }
    assertThat(notes(ScaleOptions.defaults().reference(truth), s))
        .anyMatch(n -> n.contains("indexed in another way than the reference: 0 ("));
  }

  @Test
  void copiesOfASweepShouldBeNamed() {
    assertThat(
            notes(
                ScaleOptions.defaults(),
                sweep(0, ChangeOfBasis.IDENTITY, 1),
                sweep(1, ChangeOfBasis.IDENTITY, 2),
                sweep(2, ChangeOfBasis.IDENTITY, 2)))
        .anyMatch(n -> n.startsWith("sweeps with the same intensities as another one: 2 of 1;"));
  }

  @Test
  void noiseShouldNotBeScaled() {
    Sweep s = sweep(0, ChangeOfBasis.IDENTITY, 1);
    double[] none = new double[s.reflections().size()];
    Reflections r =
        s.reflections()
            .with(ReflectionKeys.INTENSITY_PRF, none)
            .with(ReflectionKeys.INTENSITY_SUM, none);
    assertThatThrownBy(() -> Scaler.scale(List.of(s.geometry()), r, ScaleOptions.defaults()))
        .hasMessageContaining("intensities are noise");
  }
}
