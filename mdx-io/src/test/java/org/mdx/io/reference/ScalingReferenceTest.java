package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Conventions;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.ScalingTerm;
import org.mdx.scaling.Scaling;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.table.HKLTable;

/** The refinement of mdx2 1.0.4 from its own corrected tables, every system solved exactly. */
class ScalingReferenceTest {
  private static List<HKLTable> tables;
  private static Scaling scaling;

  @BeforeAll
  static void refine() throws IOException {
    tables = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      tables.add(Mdx2.readTable(Reference.file("mdx2/split_" + i + "/corrected.nxs")));
    }
    scaling =
        ScalingRefiner.of(ScalingOptions.mca2020().conventions(Conventions.MDX2))
            .refine(tables, Parallel.available(), Progress.NONE);
  }

  /** The figures of the reference's README. */
  @Test
  void chiSquaresAndOutliersShouldBeThoseOfMdx2InEveryCycle() {
    double[] b = {1.931313, 1.332418, 1.327293, 1.327223};
    double[] bc = {1.162822, 1.106500, 1.090895, 1.085847, 1.083854};
    double[] c = {1.077593, 1.077520};
    double[] d = {0.968882, 0.961328, 0.960718};
    double[] a = {0.934174, 0.933368, 0.933299};
    assertThat(terms()).containsExactly("b", "b+c", "c", "d", "a");
    shouldBe("b", b, 0);
    shouldBe("b+c", bc, 67);
    shouldBe("c", c, 2);
    shouldBe("d", d, 6);
    shouldBe("a", a, 0);
    assertThat(scaling.outliers()).isEqualTo(75);
  }

  private static List<String> terms() {
    return scaling.cycles().stream().map(Scaling.Cycle::terms).distinct().toList();
  }

  private static void shouldBe(String terms, double[] chiSquare, long outliers) {
    List<Scaling.Cycle> cycles =
        scaling.cycles().stream().filter(x -> x.terms().equals(terms)).toList();
    assertThat(cycles).as(terms).hasSize(chiSquare.length);
    for (int i = 0; i < chiSquare.length; i++) {
      // printed to six decimals: half of the last, and 1e-6 for the rest
      assertThat(cycles.get(i).chiSquare())
          .as("%s cycle %d", terms, i + 1)
          .isCloseTo(chiSquare[i], within(1.5e-6));
    }
    assertThat(cycles.stream().mapToLong(Scaling.Cycle::outliers).sum())
        .as("outliers after " + terms)
        .isEqualTo(outliers);
  }

  @Test
  void everyControlPointShouldHaveTheValueOfTheExactSolution() throws IOException {
    for (int i = 0; i < 2; i++) {
      ScalingModel exact = Mdx2.readScales(Reference.file("mdx2/exact/scales_" + i + ".nxs"));
      List<ScalingTerm> mine = scaling.models().get(i).terms();
      assertThat(exact.terms()).hasSameSizeAs(mine);
      for (int t = 0; t < mine.size(); t++) {
        double[] values = mine.get(t).grid().values();
        double[] wanted = exact.terms().get(t).grid().values();
        assertThat(exact.terms().get(t).grid().axes()).isEqualTo(mine.get(t).grid().axes());
        double size = Arrays.stream(wanted).max().orElseThrow();
        for (int p = 0; p < wanted.length; p++) {
          assertThat(values[p])
              .as("%s, point %d", mine.get(t).getClass().getSimpleName(), p)
              .isCloseTo(wanted[p], within(1e-5 * size));
        }
      }
    }
  }

  @Test
  void mergedIntensitiesShouldBeThoseOfTheExactSolution() throws IOException {
    List<HKLTable> scaled = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      scaled.add(
          scaling.models().get(i).apply(tables.get(i), Parallel.available(), Conventions.MDX2));
    }
    HKLTable merged =
        Merger.of(MergeOptions.defaults().conventions(Conventions.MDX2).outlier(5))
            .merge(scaled, Parallel.available())
            .table();
    HKLTable exact = Mdx2.readTable(Reference.file("mdx2/exact/merged.nxs"));
    int[] rows = exact.rowsIn(merged);
    assertThat(merged.rows()).isEqualTo(exact.rows());
    for (int i = 0; i < rows.length; i++) {
      double count = exact.column("count").get(i);
      assertThat(merged.column("count").get(rows[i])).isEqualTo(count);
      if (count > 0) {
        double error = exact.column("intensity_error").get(i);
        // to 1e-5 of the value, or of its error where the value is small beside it
        double size = Math.max(Math.abs(exact.column("intensity").get(i)), error);
        assertThat(merged.column("intensity").get(rows[i]))
            .isCloseTo(exact.column("intensity").get(i), within(1e-5 * size));
        assertThat(merged.column("intensity_error").get(rows[i]))
            .isCloseTo(error, within(1e-5 * error));
      }
    }
  }
}
