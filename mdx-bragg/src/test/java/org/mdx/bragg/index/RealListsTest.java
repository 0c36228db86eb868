package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.internal.lattice.Misorientation;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Spot lists of real sweeps, whose answers DIALS or their depositors give; skipped where the
 * reference data are not there. Origins and licences are in their README.
 */
class RealListsTest {
  private static final IndexOptions NOTHING = IndexOptions.defaults();

  private static Path reference(String name) {
    Path path = Path.of(System.getProperty("mdx.reference", "absent")).resolve(name);
    assumeTrue(Files.exists(path), () -> "no reference data at " + path);
    return path;
  }

  private static SweepSpots read(String expt, String refl) throws IOException {
    return new SweepSpots(
        Dials.experiments(reference(expt)).get(0).geometry(),
        ReflectionFile.readReflections(reference(refl)));
  }

  private static void requireCell(Crystal c, double part, double... truth) {
    UnitCell u = c.cell();
    double[] found = {u.a(), u.b(), u.c(), u.alpha(), u.beta(), u.gamma()};
    for (int i = 0; i < truth.length; i++) {
      assertThat(found[i]).isBetween(truth[i] * (1 - part), truth[i] * (1 + part));
    }
  }

  /** dials.index 3.12: 3678, 3048 and 2290 spots indexed; the truth is 30 Å, body-centred. */
  @Test
  void publicSweepsShouldBeIndexedAsByDials() throws IOException {
    int[] dials = {3678, 3048, 2290};
    for (int i = 1; i <= 3; i++) {
      String folder = "dials/xtal" + i;
      Indexed found =
          Indexer.index(read(folder + "/imported.expt", folder + "/strong.refl"), NOTHING);
      assertThat(found.indexed()).isGreaterThanOrEqualTo(dials[i - 1] - 3);
      requireCell(
          found.lattices().get(0).crystal(), 0.005, 25.98, 25.98, 25.98, 109.47, 109.47, 109.47);
    }
  }

  /** 200 kV electrons; P3(1)21 4.925 4.925 5.401 and 444 spots by dials.index. */
  @Test
  void quartzShouldHaveItsCell() throws IOException {
    String folder = "real/bragg/quartz_processed";
    SweepSpots spots = read(folder + "/imported.expt", folder + "/strong.refl");
    Indexed found = Indexer.index(spots, NOTHING);
    Crystal c = found.lattices().get(0).crystal();
    requireCell(c, 0.002, 4.925, 4.925, 5.401);
    assertThat(found.indexed()).isGreaterThanOrEqualTo(440);
  }

  /** Four settings of kappa of one crystal, I4 7.310 6.820: more than 1250 spots. */
  @Test
  void fourSettingsShouldBeIndexedTogether() throws IOException {
    List<SweepSpots> sweeps = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      String name = "real/bragg/indexing_test_data/multi_sweep-SWEEP" + i;
      sweeps.add(read(name + "-experiments.json", name + "-strong.pickle"));
    }
    Indexed found =
        Indexer.index(sweeps, NOTHING.spaceGroup("I 4"), Parallel.available(), Progress.NONE);
    requireCell(found.lattices().get(0).crystal(), 0.003, 7.31, 7.31, 6.82, 90, 90, 90);
    assertThat(found.indexed()).isGreaterThan(1250);
  }

  /** Rings of ice over a small molecule: P1 11.72 11.72 11.74 109.08 109.24 108.99. */
  @Test
  void iceShouldNotHideASmallMolecule() throws IOException {
    String name = "real/bragg/indexing_test_data/MXSW-904-1_SWEEP1";
    Indexed found =
        Indexer.index(read(name + "_experiments.json", name + "_strong.pickle"), NOTHING);
    requireCell(
        found.lattices().get(0).crystal(), 0.002, 11.72, 11.72, 11.74, 109.08, 109.24, 108.99);
    assertThat(found.indexed()).isGreaterThan(1300);
  }

  @Test
  void bothLatticesOfAFailureShouldBeFound() throws IOException {
    Indexed found = Indexer.index(latticeFailure(), NOTHING.maxLattices(2));
    assertThat(found.lattices()).hasSize(2);
    // dials.index 3.12: 1496 spots
    assertThat(found.indexed()).isGreaterThanOrEqualTo(1496 - 7);
  }

  /**
   * The detector is tilted by half a degree against its header. dials.index 3.12: 1174 spots, 37.95
   * 78.32 78.01 Å, all angles within 0.1° of 90, residuals of 0.47 0.24 px.
   */
  @Test
  void tiltedDetectorOfANarrowScanShouldNotBendTheCell() throws IOException {
    Indexed found = Indexer.index(latticeFailure(), NOTHING);
    Indexed.Lattice l = found.lattices().get(0);
    assertThat(found.indexed()).isGreaterThanOrEqualTo(1174 - 6);
    requireCell(l.crystal(), 0.0075, 37.95, 78.2, 78.2);
    UnitCell u = l.crystal().cell();
    assertThat(Math.abs(u.alpha() - 90)).isLessThan(0.25);
    assertThat(Math.abs(u.beta() - 90)).isLessThan(0.25);
    assertThat(Math.abs(u.gamma() - 90)).isLessThan(0.25);
    assertThat(Math.hypot(l.rmsdX(), l.rmsdY())).isLessThan(0.7);
  }

  private static SweepSpots latticeFailure() throws IOException {
    String name = "real/bragg/indexing_test_data/lattice_failure-lpe4-2-a15";
    return read(name + ".expt", name + "_strong.pickle");
  }

  /** dials.index 3.12: 2006 of 2038 spots, 11.618 13.543 30.085 Å 89.96 93.72 90.13°. */
  @Test
  void scanOfPhiShouldHaveItsCell() throws IOException {
    String name = "real/bragg/indexing_test_data/phi_scan";
    Indexed found = Indexer.index(read(name + ".expt", name + "_strong.pickle"), NOTHING);
    assertThat(found.indexed()).isGreaterThanOrEqualTo(2006);
    requireCell(found.lattices().get(0).crystal(), 0.0015, 11.618, 13.543, 30.085);
  }

  /** dials.index 3.12 one by one: 272, 298, 280 and 405 spots, edges of 6.28 to 6.296 Å. */
  @Test
  void settingsOfKappaShouldBeIndexedOneByOne() throws IOException {
    int[] dials = {272, 298, 280, 405};
    for (int i = 1; i <= 4; i++) {
      String name = "real/bragg/indexing_test_data/multi_sweep-SWEEP" + i;
      Indexed found =
          Indexer.index(read(name + "-experiments.json", name + "-strong.pickle"), NOTHING);
      assertThat(found.indexed()).isGreaterThanOrEqualTo(dials[i - 1]);
      requireCell(found.lattices().get(0).crystal(), 0.002, 6.288, 6.288, 6.288);
    }
  }

  /**
   * Wedges of 1°, up to five crystals in the beam, the spots of each alone. Published: I23,
   * primitive cell 90.9 Å, with orientations. {@code -Dmdx.wedges=N} sets how many spots a list
   * must have.
   */
  @Test
  void narrowWedgesShouldHaveThePublishedLattices() throws IOException {
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> all = Files.list(reference("real/bragg/multi_narrow_wedges"))) {
      for (Path list : all.filter(f -> f.toString().contains("/sweep_")).sorted().toList()) {
        if (list.toString().endsWith(".json")) {
          wrong.addAll(wrongWedges(list));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /**
   * Few spots in images of 0.05°, many reflections in pieces: the first and the second had a cell
   * at 1.18 and 0.99 times the distance, the others none.
   */
  @ParameterizedTest
  @CsvSource({"026,1", "037,0", "014,3", "020,1", "040,3"})
  void wedgesOfPiecesShouldHaveThePublishedLattice(String sweep, int crystal) throws IOException {
    Path list = reference("real/bragg/multi_narrow_wedges/sweep_" + sweep + "_experiments.json");
    assertThat(wrongWedge(list, crystal)).isEmpty();
  }

  private static List<String> wrongWedges(Path list) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (int k = 0; k < Dials.experiments(list).size(); k++) {
      if (wedge(list, k).spots().size() >= Integer.getInteger("mdx.wedges", 150)) {
        wrong.addAll(wrongWedge(list, k));
      }
    }
    return wrong;
  }

  private static SweepSpots wedge(Path list, int k) throws IOException {
    String table =
        list.getFileName().toString().replace("_experiments.json", "_reflections.pickle");
    Reflections spots = ReflectionFile.readReflections(list.resolveSibling(table));
    int[] id = spots.get(ReflectionKeys.ID);
    return new SweepSpots(Dials.experiments(list).get(k).geometry(), spots.where(i -> id[i] == k));
  }

  /** What is wrong with the lattice of one crystal, if anything is. */
  private static List<String> wrongWedge(Path list, int k) throws IOException {
    SweepSpots wedge = wedge(list, k);
    String what = list.getFileName() + " " + k + ": ";
    try {
      Crystal c = Indexer.index(wedge, NOTHING).lattices().get(0).crystal();
      double angle = Misorientation.degrees(wedge.geometry().crystal().orElseThrow().a(), c.a());
      double edge = Math.cbrt(c.cell().volume() * 3 * Math.sqrt(3) / 4);
      boolean right = Math.abs(edge / 90.9 - 1) < 0.01 && angle < 0.5;
      return right ? List.of() : List.of(what + c.cell() + " " + angle);
    } catch (IndexingFailure e) {
      return List.of(what + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  /** dials.find_rotation_axis: (−0.627, −0.779, 0), the header has another. */
  @Test
  void axisOfMyd88ShouldBeThatOfDials() throws IOException {
    String folder = "real/bragg/MyD88_processed";
    SweepSpots spots = read(folder + "/imported.expt", folder + "/strong.refl");
    AxisFinder.Found found = AxisFinder.find(List.of(spots), NOTHING, Parallel.available());
    double cosine = found.axis().x() * -0.626604 + found.axis().y() * -0.779338;
    assertThat(cosine).isGreaterThan(Math.cos(Math.toRadians(1.5)));
  }

  /** The header's axis is wrong: whatever is said of residuals must be residuals. */
  @Test
  void wrongAxisShouldBeRefusedWithResidualsAndTheCure() throws IOException {
    String folder = "real/bragg/MyD88_processed";
    SweepSpots spots = read(folder + "/imported.expt", folder + "/strong.refl");
    assertThatThrownBy(() -> Indexer.index(spots, NOTHING))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("mdx find-axis")
        .hasMessageNotContaining("99.00 px");
  }

  /** Lysozyme stills, distance of the header off: some lattice fits, the true one does not. */
  @Test
  void stillsShouldBeRefusedWithAWord() throws IOException {
    String name = "real/bragg/indexing_test_data/i24_lyso_still-";
    Reflections all = ReflectionFile.readReflections(reference(name + "strong.pickle"));
    int[] id = all.get(ReflectionKeys.ID);
    SweepSpots second =
        new SweepSpots(
            Dials.experiments(reference(name + "imported.json")).get(1).geometry(),
            all.where(i -> id[i] == 1));
    assertThatThrownBy(() -> Indexer.index(second, NOTHING))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("miss its points")
        .hasMessageContaining("one frame shows a lattice in two dimensions");
  }
}
