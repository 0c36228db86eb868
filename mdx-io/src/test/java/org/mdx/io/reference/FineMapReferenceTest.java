package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.correct.CorrectOptions;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.pipeline.FineMaps;
import org.mdx.pipeline.Sweep;
import org.mdx.reintegrate.HalfSets;
import org.mdx.reintegrate.Reintegration;
import org.mdx.scale.ScalingModel;
import org.mdx.stats.Correlation;
import org.mdx.table.HKLTable;

/**
 * Counts summed with the exactly refined models of the reference, against the intensities that mdx2
 * merged with the same models. mdx2 weighs observations by their counts, so that its means come out
 * low where there are few.
 */
class FineMapReferenceTest {

  private static FineMaps.Input input(int i, boolean compatible) throws IOException {
    ImageSeries images = Dials.read(Reference.file("dials/multi/split_" + i + ".expt"));
    MdxGeometryFile g = Mdx2.readGeometry(Reference.file("mdx2/split_" + i + "/geometry.nxs"));
    Sweep sweep =
        compatible
            ? Sweep.of(images)
                .withMillerIndex(g.millerIndex().orElseThrow())
                .withCorrections(g.corrections().orElseThrow())
            : Sweep.of(images);
    BraggMask mask =
        new BraggMask(
            Mdx2.readPeakModel(Reference.file("mdx2/split_" + i + "/peaks.nxs")),
            3,
            40,
            compatible,
            false);
    ScalingModel model = Mdx2.readScales(Reference.file("mdx2/exact/scales_" + i + ".nxs"));
    return FineMaps.Input.of(sweep)
        .mask(mask)
        .background(Mdx2.readBinned(Reference.file("mdx2/background/binned.nxs")))
        .model(model);
  }

  @ParameterizedTest
  @CsvSource({"true, 0.999", "false, 0.985"})
  void countsShouldGiveTheMergedIntensitiesOfMdx2(boolean compatible, double least)
      throws IOException {
    List<FineMaps.Input> inputs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      inputs.add(input(i, compatible));
    }
    Reintegration fine =
        FineMaps.of(
            inputs,
            o -> o.subdivide(3, 3, 3).split(HalfSets.RANDOM),
            CorrectOptions.defaults()
                .conventions(compatible ? Conventions.MDX2 : Conventions.STANDARD),
            Parallel.available(),
            Progress.NONE);
    HKLTable t = fine.table();
    HKLTable merged = Mdx2.readTable(Reference.file("mdx2/exact/merged.nxs"));
    int[] rows = merged.rowsIn(t);
    Correlation all = new Correlation();
    Correlation halves = new Correlation();
    int missing = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0) {
        missing++;
        continue;
      }
      boolean reflection =
          merged.h().value(i) % 3 == 0
              && merged.k().value(i) % 3 == 0
              && merged.l().value(i) % 3 == 0;
      double expected = merged.column("intensity").get(i);
      double first = t.column("group_0_intensity").get(rows[i]);
      double second = t.column("group_1_intensity").get(rows[i]);
      if (!Double.isNaN(expected)) {
        all.add(t.column("intensity").get(rows[i]), expected);
      }
      if (!reflection && !Double.isNaN(first + second)) {
        halves.add(first, second);
      }
    }
    assertThat(missing).isLessThan(100);
    assertThat(all.count()).isGreaterThan(44_000);
    assertThat(all.value()).isGreaterThan(least);
    assertThat(halves.count()).isGreaterThan(30_000);
    assertThat(halves.value()).isGreaterThan(0.95);
  }
}
