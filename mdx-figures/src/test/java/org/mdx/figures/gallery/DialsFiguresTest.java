package org.mdx.figures.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.scale.BraggScale;
import org.mdx.scale.SmoothedCurve;

class DialsFiguresTest {
  private static final Path SCRIPT =
      Path.of("../mdx-core/src/test/resources/org/mdx/scale/smoothed_curves.py");

  private static SweepScale sweep(String name, double start, int frames, String kind) {
    Scan scan = Scan.ofUnknownExposure(1, start, 0.5, frames);
    double end = start + 0.5 * frames;
    boolean known = kind.equals("physical");
    SmoothedCurve curve = SmoothedCurve.of(start, 10, 1, 1.2, 0.9, 1.1, 1).errors(1, 2, 3, 4, 5);
    return new SweepScale(
        name,
        scan,
        new BraggScale(
            kind,
            start,
            end,
            known ? Optional.of(curve) : Optional.empty(),
            known ? Optional.of(curve) : Optional.empty()));
  }

  @Test
  void sweepsShouldStandEndToEnd() {
    Figure f =
        DialsFigures.scales(List.of(sweep("a", 0, 60, "physical"), sweep("b", 90, 60, "physical")));
    LineChart scale = (LineChart) f.panels().get(0);
    assertThat(scale.bands()).containsExactly(new LineChart.Band(60, 120));
    Series second = scale.series().get(2);
    assertThat(second.name()).isEqualTo("b");
    assertThat(second.size()).isEqualTo(301);
    assertThat(second.x(0)).isEqualTo(60);
    assertThat(second.x(300)).isCloseTo(120, within(1e-12));
    assertThat(scale.series().get(3).error(4)).isEqualTo(5);
  }

  @Test
  void otherModelsShouldBeNamedAndNotDrawn() {
    Figure f = DialsFigures.scales(List.of(sweep("a", 0, 60, "physical"), sweep("b", 0, 9, "KB")));
    assertThat(f.notes()).contains("b: not drawn, its model is KB");
    assertThatThrownBy(() -> DialsFigures.scales(List.of(sweep("b", 0, 9, "KB"))))
        .hasMessageContaining("[KB]");
  }

  /** Every point that dials.report draws of the reference data, by DIALS itself. */
  @Test
  void curvesShouldBeThoseOfDialsReport(@TempDir Path dir) throws Exception {
    Path expt = Path.of(System.getProperty("mdx.reference", "missing"), "dials/multi/scaled.expt");
    assumeTrue(Files.exists(expt), "no reference data: " + expt);
    List<String> rows = dials(dir, expt);
    assumeTrue(rows != null, "no python with DIALS: curves are not compared with it");
    ExperimentList list = ExperimentList.read(expt);
    List<SweepScale> sweeps = new ArrayList<>();
    for (int row = 0; row < list.size(); row++) {
      sweeps.add(
          new SweepScale(
              "sweep " + row,
              list.scan(row).orElseThrow(),
              Dials.scaling(expt).get(row).orElseThrow()));
    }
    Figure f = DialsFigures.scales(sweeps);
    int[] next = new int[4];
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      int sweep = Integer.parseInt(cells[0]);
      int panel = cells[1].equals("scale") ? 0 : 1;
      Series drawn = ((LineChart) f.panels().get(panel)).series().get(2 * sweep);
      int i = next[2 * sweep + panel]++;
      double expected = Double.parseDouble(cells[4]);
      double value = panel == 0 ? drawn.y(i) : Math.exp(drawn.y(i) / 2); // at d = 1 Å
      assertThat(value).as(row).isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
    }
    for (int k = 0; k < 4; k++) {
      Series drawn = ((LineChart) f.panels().get(k % 2)).series().get(k / 2 * 2);
      assertThat(next[k]).isEqualTo(drawn.size());
    }
  }

  private static List<String> dials(Path dir, Path expt) throws Exception {
    for (String python : new String[] {"dials.python", "/usr/bin/python3"}) {
      Path out = dir.resolve("out.csv");
      try {
        Process p =
            new ProcessBuilder(python, SCRIPT.toString(), expt.toString())
                .redirectOutput(out.toFile())
                .redirectError(dir.resolve("err").toFile())
                .start();
        if (p.waitFor(60, TimeUnit.SECONDS) && p.exitValue() == 0) {
          return Files.readAllLines(out);
        }
      } catch (IOException e) {
        continue;
      }
    }
    return null;
  }
}
