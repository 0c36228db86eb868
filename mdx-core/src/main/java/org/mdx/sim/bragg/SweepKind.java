package org.mdx.sim.bragg;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * A catalogue of sweeps by which engines are judged. A seed varies cell, orientation, spread of
 * spots, intensities, noise, and how far the headers are from the truth. {@code docs/simulator.md}
 * has the table of what each kind is.
 */
public enum SweepKind {
  /** Cubic I 2₁ 3, 30 Å, on a PILATUS 300K. */
  DEMO(SweepRecipes::demo),
  /** Tetragonal P 4₃ 2₁ 2, 78 × 78 × 37 Å, on a PILATUS 2M. */
  PILATUS2M(SweepRecipes::pilatus2M),
  /** Triclinic P 1, 5 to 15 Å. */
  P1(SweepRecipes::p1),
  /** Monoclinic P 2₁ or C 2, 25 to 60 Å. */
  MONOCLINIC(SweepRecipes::monoclinic),
  /** Orthorhombic or tetragonal with an axis of 300 Å, on a PILATUS 2M. */
  LONG_AXIS(SweepRecipes::longAxis),
  /** Two crystals of one structure in the beam. */
  TWO_LATTICES(SweepRecipes::twoLattices),
  /** 5° of an orthorhombic crystal. */
  WEDGE(SweepRecipes::wedge),
  /** Electrons of 200 or 300 kV on a camera with gain, pedestal and read noise. */
  MICROED(SweepRecipes::microEd),
  /** A crystal that turns, swells and decays on the way. */
  DRIFT(SweepRecipes::drift),
  /** Frames of 0.05°. */
  FINE_SLICES(SweepRecipes::fineSlices);

  private final Function<Draw, BraggOptions> recipe;

  SweepKind(Function<Draw, BraggOptions> recipe) {
    this.recipe = recipe;
  }

  /**
   * What a seed makes of this kind.
   *
   * @param seed any number
   * @return the options, from which one can go on
   */
  public BraggOptions options(long seed) {
    return recipe.apply(new Draw(seed, ordinal())).withSeed(seed);
  }

  /**
   * The sweep that a seed makes of this kind.
   *
   * @param seed any number
   * @return the sweep with its truth
   */
  public SpotSweep sweep(long seed) {
    return SpotSweep.of(options(seed));
  }

  /**
   * The name on the command line.
   *
   * @return such as {@code long-axis}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of a name.
   *
   * @param label such as {@code long-axis}
   * @return the kind
   * @throws IllegalArgumentException if there is no such kind; the message lists all
   */
  public static SweepKind ofLabel(String label) {
    for (SweepKind k : values()) {
      if (k.label().equals(label.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return k;
      }
    }
    throw new IllegalArgumentException(
        "no kind of sweep '"
            + label
            + "'; there are "
            + String.join(", ", Arrays.stream(values()).map(SweepKind::label).toList()));
  }
}
