package org.mdx.reindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

class IndexingAmbiguityTest {
  private static final Parallel TWO = Parallel.of(2);
  private static final Subdivision NONE = Subdivision.NONE;

  private static final Crystals CUBIC =
      new Crystals(new UnitCell(80, 80, 80, 90, 90, 90), SpaceGroup.ofNumber(199), NONE, 16);

  private static Reindexing resolve(Crystals crystals, List<HKLTable> tables, ReindexOptions o) {
    IndexingAmbiguity ambiguity = IndexingAmbiguity.of(crystals.cell(), crystals.group(), o);
    List<SweepSignal> signals = new ArrayList<>();
    for (HKLTable t : tables) {
      signals.add(ambiguity.signal("xtal" + signals.size(), t));
    }
    return ambiguity.resolve(signals, TWO);
  }

  /** Sweeps, each indexed in axes drawn from the candidates; the first as the structure is. */
  private static List<ChangeOfBasis> randomAxes(Crystals crystals, int sweeps, long seed) {
    List<Candidate> candidates =
        IndexingAmbiguity.of(crystals.cell(), crystals.group(), ReindexOptions.defaults())
            .candidates();
    Random random = new Random(seed);
    List<ChangeOfBasis> axes = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      axes.add(
          i == 0
              ? ChangeOfBasis.IDENTITY
              : candidates.get(random.nextInt(candidates.size())).operator());
    }
    return axes;
  }

  /** Every sweep must be brought back to the axes of the structure. */
  private static void assertRestored(Crystals c, Reindexing found, List<ChangeOfBasis> axes) {
    for (int i = 0; i < axes.size(); i++) {
      assertThat(c.equivalent(found.operator(i).times(axes.get(i)), ChangeOfBasis.IDENTITY))
          .as("sweep %d: %s after %s%n%s", i, found.operator(i), axes.get(i), found.toText())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 0.1, 100", "8, 0.3, 0.5", "30, 0.03, 6", "2, 0.3, 1"})
  void assignmentShouldBeRecoveredFromFewOverlapsAndFewCounts(
      int sweeps, double fraction, double counts) {
    List<ChangeOfBasis> axes = randomAxes(CUBIC, sweeps, 7);
    if (sweeps == 2) {
      axes.set(1, ChangeOfBasis.of("-x,z,y"));
    }
    List<HKLTable> tables = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      tables.add(CUBIC.sweep(axes.get(i), Crystals.part(fraction, 50 + i), counts, 90 + i));
    }
    Reindexing found = resolve(CUBIC, tables, ReindexOptions.defaults());
    assertRestored(CUBIC, found, axes);
    assertThat(found.candidates()).hasSize(2);
    assertThat(found.isCertain()).as(found.toText()).isTrue();
  }

  @Test
  void reindexedTablesShouldHaveTheIndicesOfTheStructure() {
    HKLTable first = CUBIC.sweep(ChangeOfBasis.IDENTITY, (h, k, l) -> l > 0, 1e6, 1);
    HKLTable second = CUBIC.sweep(ChangeOfBasis.of("-y,-x,-z"), (h, k, l) -> h > 0, 1e6, 2);
    Reindexing found = resolve(CUBIC, List.of(first, second), ReindexOptions.defaults());
    assertThat(found.apply(0, first, TWO)).isSameAs(first);
    HKLTable restored = found.apply(1, second, TWO);
    int[] rows = restored.rowsIn(first);
    int compared = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0) {
        compared++;
        assertThat(restored.column("intensity").get(i))
            .isCloseTo(first.column("intensity").get(rows[i]), within(0.02));
      }
    }
    assertThat(compared).isGreaterThan(rows.length / 2);
  }

  @Test
  void sweepsThatShareNothingShouldBeJoinedByThoseBetweenThem() {
    int sweeps = 6;
    List<ChangeOfBasis> axes = randomAxes(CUBIC, sweeps, 4);
    List<HKLTable> tables = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      // shells that overlap with the next one only
      double from = 4 + 2.0 * i;
      tables.add(
          CUBIC.sweep(
              axes.get(i),
              (h, k, l) -> {
                double r = Math.sqrt(h * h + k * k + l * l);
                return r >= from && r < from + 3 && l > 0;
              },
              100,
              i));
    }
    Reindexing found = resolve(CUBIC, tables, ReindexOptions.defaults().minCommon(20));
    assertRestored(CUBIC, found, axes);
    assertThat(found.pairs().stream().filter(p -> p.second() > p.first() + 1))
        .allMatch(p -> p.correlations().stream().allMatch(r -> r.isNaN()));
    assertThat(
            resolve(CUBIC, tables, ReindexOptions.defaults().minCommon(20).reference(3))
                .operator(3))
        .isEqualTo(ChangeOfBasis.IDENTITY);
  }

  @Test
  void sweepWithoutCommonVoxelsShouldBeLeftAloneWithAWarning() {
    ChangeOfBasis other = ChangeOfBasis.of("-z,-y,-x");
    List<HKLTable> tables =
        List.of(
            CUBIC.sweep(ChangeOfBasis.IDENTITY, (h, k, l) -> h * h + k * k + l * l < 64, 50, 1),
            CUBIC.sweep(other, (h, k, l) -> h * h + k * k + l * l < 64, 50, 2),
            CUBIC.sweep(other, (h, k, l) -> h * h + k * k + l * l > 70, 50, 3));
    Reindexing found = resolve(CUBIC, tables, ReindexOptions.defaults());
    assertThat(CUBIC.equivalent(found.operator(1), other)).isTrue();
    assertThat(found.operator(2)).isEqualTo(ChangeOfBasis.IDENTITY);
    assertThat(found.sweeps().get(1).warning()).isEmpty();
    assertThat(found.sweeps().get(2).warning()).contains("shares 0 voxels", "left as it was");
    assertThat(found.isCertain()).isFalse();
    assertThat(found.toText()).contains("warning: sweep 2 (xtal2): shares 0 voxels");
    assertThat(found.toString()).contains("with warnings");
  }

  @Test
  void noiseShouldNotPassForAChoice() {
    List<HKLTable> tables = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // hardly a count anywhere
      tables.add(CUBIC.sweep(ChangeOfBasis.IDENTITY, Crystals.part(0.06, i), 0.002, 10 + i));
    }
    Reindexing found = resolve(CUBIC, tables, ReindexOptions.defaults().minCommon(30));
    assertThat(found.isCertain()).as(found.toText()).isFalse();
  }

  /** Cells that are nearly more symmetric, with Laue groups that do not fill the lattice's. */
  @ParameterizedTest
  @CsvSource({
    "P 2c 2,  50,50.5,51,90,90,90,  6, true",
    "P 31,    60,60,100,90,90,120,  4, true",
    "P 1,     50,50.2,70,90,90,90,  8, true",
    "R 3 (-y+z;x+z;-x+y+z), 60,60,60,91,91,91, 8, false",
    "C 2y,    91.93,77.13,60,90,76.9,90, 3, false"
  })
  void everyCandidateShouldBeToldApart(
      String hall,
      double a,
      double b,
      double c,
      double alpha,
      double beta,
      double gamma,
      int candidates,
      boolean keepsLaueGroup) {
    SpaceGroup group = SpaceGroup.ofHall(hall.replace(';', ','));
    Crystals crystals = new Crystals(new UnitCell(a, b, c, alpha, beta, gamma), group, NONE, 11);
    List<ChangeOfBasis> axes = new ArrayList<>();
    List<HKLTable> tables = new ArrayList<>();
    List<Candidate> all =
        IndexingAmbiguity.of(crystals.cell(), group, ReindexOptions.defaults()).candidates();
    assertThat(all).hasSize(candidates);
    assertThat(all.stream().allMatch(Candidate::keepsLaueGroup)).isEqualTo(keepsLaueGroup);
    for (int i = 0; i < candidates + 1; i++) {
      axes.add(all.get(i % candidates).operator().inverse());
      tables.add(crystals.sweep(axes.get(i), Crystals.part(0.5, i), 20, 30 + i));
    }
    Reindexing found = resolve(crystals, tables, ReindexOptions.defaults());
    assertRestored(crystals, found, axes);
  }

  @Test
  void consistentSweepsShouldBeLeftAlone() {
    List<HKLTable> tables = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tables.add(CUBIC.sweep(ChangeOfBasis.of("y,z,x"), Crystals.part(0.1, i), 10, i));
    }
    Reindexing found = resolve(CUBIC, tables, ReindexOptions.defaults());
    assertThat(found.sweeps()).allMatch(s -> s.choice() == 0 && s.warning().isEmpty());
    assertThat(found.toString()).isEqualTo("Reindexing[x,y,z x,y,z x,y,z x,y,z x,y,z]");
  }

  @Test
  void unambiguousCrystalsShouldHaveNothingToChooseFrom() {
    Crystals tetragonal =
        new Crystals(new UnitCell(78, 78, 37, 90, 90, 90), SpaceGroup.ofNumber(96), NONE, 10);
    Reindexing found =
        resolve(
            tetragonal,
            List.of(
                tetragonal.sweep(ChangeOfBasis.IDENTITY, (h, k, l) -> h > 0, 10, 1),
                tetragonal.sweep(ChangeOfBasis.IDENTITY, (h, k, l) -> l > 2, 10, 2)),
            ReindexOptions.defaults());
    assertThat(found.isAmbiguous()).isFalse();
    assertThat(found.isCertain()).isTrue();
    assertThat(found.sweeps().get(0).correlation()).isGreaterThan(0.5);
    assertThat(found.toText()).contains("no other");
  }

  @Test
  void resultShouldNotDependOnTheNumberOfThreads() {
    List<ChangeOfBasis> axes = randomAxes(CUBIC, 7, 2);
    IndexingAmbiguity ambiguity =
        IndexingAmbiguity.of(CUBIC.cell(), CUBIC.group(), ReindexOptions.defaults());
    List<SweepSignal> signals = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      signals.add(ambiguity.signal("s", CUBIC.sweep(axes.get(i), Crystals.part(0.1, i), 1, i)));
    }
    Reindexing one = ambiguity.resolve(signals, Parallel.of(1));
    assertThat(ambiguity.resolve(signals, Parallel.of(4))).isEqualTo(one);
    assertThat(ambiguity.resolve(signals, Parallel.of(7)).toCsv()).isEqualTo(one.toCsv());
    assertThat(one.toCsv().lines()).hasSize(1 + 7 + 21);
    assertThat(one.toCsv().lines().map(x -> x.replaceAll("\"[^\"]*\"", "op").split(",", -1).length))
        .containsOnly(10);
  }

  @Test
  void sweepsThatCannotBeComparedShouldBeRefused() {
    IndexingAmbiguity ambiguity =
        IndexingAmbiguity.of(CUBIC.cell(), CUBIC.group(), ReindexOptions.defaults().reference(2));
    SweepSignal s =
        ambiguity.signal("a", CUBIC.sweep(ChangeOfBasis.IDENTITY, Crystals.part(0.02, 1), 1, 1));
    assertThatThrownBy(() -> ambiguity.resolve(List.of(s, s), TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reference sweep 2 of 2");
    assertThatThrownBy(() -> ReindexOptions.defaults().minCommon(2))
        .hasMessageContaining("3 or more");
    assertThatThrownBy(
            () ->
                IndexingAmbiguity.of(
                    new UnitCell(50, 60, 70, 90, 90, 90), CUBIC.group(), ReindexOptions.defaults()))
        .hasMessageContaining("m-3");
  }

  @Test
  void errorOfACorrelationShouldBeItsScatter() {
    // independent pairs of normal deviates with r = 0.6: σ(r) = (1 − r²)/√n
    int n = 400;
    double expected = (1 - 0.36) / Math.sqrt(n);
    double sum = 0;
    double squares = 0;
    double errors = 0;
    int trials = 200;
    Random random = new Random(8);
    for (int t = 0; t < trials; t++) {
      double[] sums = new double[16 * 6];
      for (int i = 0; i < n; i++) {
        double x = random.nextGaussian();
        double y = 0.6 * x + 0.8 * random.nextGaussian();
        double[] terms = {1, x, y, x * x, y * y, x * y};
        for (int k = 0; k < 6; k++) {
          sums[i % 16 * 6 + k] += terms[k];
        }
      }
      BlockCorrelation c = new BlockCorrelation(sums);
      sum += c.value();
      squares += c.value() * c.value();
      errors += c.error(null) * c.error(null);
      assertThat(c.error(c)).isZero();
    }
    double scatter = Math.sqrt(squares / trials - Math.pow(sum / trials, 2));
    assertThat(scatter).isCloseTo(expected, within(0.15 * expected));
    assertThat(Math.sqrt(errors / trials)).isCloseTo(expected, within(0.15 * expected));
  }
}
