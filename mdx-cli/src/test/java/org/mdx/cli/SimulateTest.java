package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;

class SimulateTest {

  @Test
  void simulateShouldLeaveSweepsThatCanBeRead(@TempDir Path folder) throws Exception {
    StringWriter out = new StringWriter();
    int code =
        Main.run(
            new String[] {
              "simulate",
              "--frames",
              "2",
              "--width",
              "0.25",
              "--sweeps",
              "1",
              "--out",
              folder.toString()
            },
            new PrintWriter(out),
            new PrintWriter(out));
    assertThat(out.toString()).contains("indexed.expt");
    assertThat(code).isZero();
    ImageSeries sweep = Dials.read(folder.resolve("xtal1/indexed.expt"));
    assertThat(sweep.frames()).isEqualTo(2);
    assertThat(sweep.geometry().scan().width()).isEqualTo(0.25);
    int[][] pixels = {new int[sweep.source().width(0) * sweep.source().height(0)]};
    sweep.source().read(1, pixels);
    assertThat(pixels[0]).contains(-1, 0, 1, 2);
  }

  @Test
  void simulateShouldRefuseASweepWithoutFrames(@TempDir Path folder) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new String[] {"simulate", "--frames", "0", "--out", folder.toString()},
            new PrintWriter(new StringWriter()),
            new PrintWriter(err));
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("0 frames");
  }
}
