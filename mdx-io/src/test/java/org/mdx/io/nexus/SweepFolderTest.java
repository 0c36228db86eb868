package org.mdx.io.nexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.FoundCutoff;
import org.mdx.peaks.FoundThreshold;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.parts.SweepPart;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class SweepFolderTest {
  private static final List<Sweep> SWEEPS =
      Simulation.of(
              SimulationOptions.demo()
                  .withDetector(SimulatedDetector.flat(20, 20, 1, 60))
                  .withSweeps(2)
                  .withFrames(3, 1, 0.1))
          .sweeps()
          .stream()
          .map(s -> Sweep.of(s.series()))
          .toList();

  @TempDir private Path folder;

  private static SweepPart part() {
    PeakModel model = new PeakModel(new Vec3(0.1, -1 / 3.0, 0), Mat3.diagonal(0.1, 0.2, 1 / 7.0));
    PeakPositions positions =
        PeakPositions.of(new int[] {0, 2}, new int[] {0, 0}, new int[] {3, 19}, new int[] {7, 0});
    Peaks peaks =
        new Peaks(
            model,
            positions,
            positions.select(new int[] {1}),
            20,
            Optional.of(new FoundThreshold(20, 3, 1L << 40, 1 / 3.0, Double.NaN, 1e-300, 5)));
    FoundCutoff cutoff =
        new FoundCutoff(
            3.7,
            12,
            3,
            0.25,
            List.of(new FoundCutoff.Shell(3, 3.25, 1 / 3.0, Double.NaN, 0, Double.MAX_VALUE)));
    HKLTable table =
        HKLTable.of(
                new Subdivision(3, 3, 3),
                IntColumn.of(5, -2),
                IntColumn.of(1, 2),
                IntColumn.of(0, 7))
            .with("intensity", FloatColumn.of(1.5f, Float.NaN))
            .with("op", IntColumn.of(3, 0));
    return new SweepPart(
        peaks,
        BraggMask.of(peaks, 3.7),
        Optional.of(cutoff),
        new SweepPart.Totals(1L << 41, 77, -3),
        table);
  }

  private SweepFolder parts() {
    return SweepFolder.of(folder, SWEEPS, "mdx of this test");
  }

  @Test
  void aPartShouldComeBackAsItWas() throws IOException {
    SweepPart part = part();
    parts().keep(1, "key", part);

    SweepPart back = parts().find(1, "key").orElseThrow();

    assertThat(back.mask()).isEqualTo(part.mask());
    assertThat(back.cutoff()).isEqualTo(part.cutoff());
    assertThat(back.totals()).isEqualTo(part.totals());
    assertThat(back.peaks().model()).isEqualTo(part.peaks().model());
    assertThat(back.peaks().foundThreshold()).isEqualTo(part.peaks().foundThreshold());
    assertThat(back.peaks().countThreshold()).isEqualTo(20);
    assertThat(back.peaks().positions().size()).isEqualTo(2);
    assertThat(back.peaks().positions().frame(1)).isEqualTo(2);
    assertThat(back.peaks().outliers().size()).isEqualTo(1);
    assertThat(back.corrected().h()).isEqualTo(part.corrected().h());
    assertThat(back.corrected().column("intensity"))
        .isEqualTo(part.corrected().column("intensity"));
    assertThat(SweepFolder.count(folder)).isEqualTo(2);
    assertThat(parts().find(0, "key")).isEmpty();
  }

  @Test
  void aPartWithAnotherKeyOrOfAnotherProgramShouldBeRefusedUnlessItIsReplaced() {
    parts().keep(0, "key", part());

    assertThatThrownBy(() -> parts().find(0, "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sweep.json")
        .hasMessageContaining("--overwrite");
    assertThatThrownBy(() -> SweepFolder.of(folder, SWEEPS, "mdx 9").find(0, "key"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by mdx of this test, this is mdx 9");
    assertThat(parts().replacing().find(0, "other")).isEmpty();
  }

  @Test
  void aPartWithoutItsLastFileShouldNotBeThere() throws IOException {
    parts().keep(0, "key", part());
    Files.delete(SweepFolder.of(folder, 0).resolve(SweepFolder.WHOLE));

    assertThat(parts().find(0, "key")).isEmpty();
    assertThat(SweepFolder.count(folder)).isZero();
  }

  @Test
  void aDamagedPartShouldBeToldWithTheCure() throws IOException {
    parts().keep(0, "key", part());
    Path whole = SweepFolder.of(folder, 0).resolve(SweepFolder.WHOLE);
    String text = Files.readString(whole);
    for (String wrong : new String[] {"", "[1", "{}", text.replace("\"observations\" : 2", "")}) {
      Files.writeString(whole, wrong);

      assertThatThrownBy(() -> parts().find(0, "key"))
          .as(wrong)
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("reduced again");
    }
    Files.writeString(whole, text.replace("\"observations\" : 2", "\"observations\" : 3"));
    assertThatThrownBy(() -> parts().find(0, "key")).hasMessageContaining("2 rows");
  }
}
