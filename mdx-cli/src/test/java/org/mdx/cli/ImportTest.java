package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.io.dials.Dials;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.math.Vec3;

class ImportTest {
  @TempDir Path folder;
  private Path images;
  private Path expt;

  @BeforeEach
  void simulate() throws IOException {
    images = SimulatedData.write(folder.resolve("sim")).imported().get(0).getParent();
    expt = folder.resolve("x.expt");
  }

  @Test
  void sweepShouldBeToldWithTheSourceOfEachValue() throws IOException {
    Outcome o = run("import", images, "--gain", "2.5", "--output", expt);
    assertThat(o.code()).as(o.err()).isZero();
    assertThat(o.out())
        .contains("xtal1_#####.cbf, images 1 to 12\n")
        .contains("  frames           12 of 200 x 170 pixels\n")
        .contains("  distance         80 mm (header)\n")
        .contains("  probe            x-ray (assumed)\n")
        .contains("  gain             2.5 (--gain)\n")
        .contains("  oscillation      from 0° by 1° for an image (header)\n")
        .contains("wrote " + expt + ", 1 experiment\n");
    assertThat(Dials.read(expt).source().frames()).isEqualTo(12);
  }

  @Test
  void optionsShouldBeKeptInAProfileThatServesAgain() throws IOException {
    Path profile = folder.resolve("p.toml");
    Outcome o =
        run(
            "import",
            images.resolve("xtal1_#####.cbf"),
            "--output=" + expt,
            "--beam-center=-10.5,20",
            "--distance=123",
            "--axis=0,-1,0",
            "--oscillation=-60,0.5",
            "--pedestal=-4",
            "--pixel-size=0.25",
            "--trusted-range=0,5000",
            "--wavelength=1.1",
            "--save-profile=" + profile);
    assertThat(o.code()).as(o.err()).isZero();
    Geometry g = Dials.readGeometry(expt);
    Panel p = g.detector().panels().get(0);
    assertThat(p.origin().minus(new Vec3(2.625, 5, -123)).norm()).isLessThan(1e-12);
    assertThat(p.pedestal()).isEqualTo(-4);
    assertThat(p.trustedMax()).isEqualTo(5000);
    assertThat(g.scan().start()).isEqualTo(-60);
    assertThat(g.goniometer().axis()).isEqualTo(new Vec3(0, -1, 0));
    assertThat(InstrumentProfile.read(profile).get(Setting.PIXEL_SIZE))
        .hasValue(new Pair(0.25, 0.25));

    Path again = folder.resolve("again.expt");
    assertThat(run("import", images, "--profile", profile, "--output", again).code()).isZero();
    assertThat(Files.readString(again)).isEqualTo(Files.readString(expt));
    Outcome other = run("import", images, "--geometry", expt, "--output", again);
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(Dials.readGeometry(again).detector()).isEqualTo(g.detector());
    assertThat(Dials.readGeometry(again).scan().start()).isZero();
  }

  @Test
  void wrongOptionsAndFilesShouldBeRefusedAndLeaveNothing() throws IOException {
    Outcome both = run("import", images, "--wavelength", "1", "--voltage", "200", "--output", expt);
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("give --wavelength or --voltage, not both");
    Outcome negative = run("import", images, "--distance", "-1", "--output", expt);
    assertThat(negative.code()).isEqualTo(2);
    assertThat(negative.err()).contains("detector.distance is -1.0, must be a number above 0");
    Outcome none = run("import", folder.resolve("no_####.cbf"), "--output", expt);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no file matches");
    Path profile = Files.writeString(folder.resolve("p.toml"), "[detector]\ngian = 3\n");
    Outcome typo = run("import", images, "--profile", profile, "--output", expt);
    assertThat(typo.code()).isEqualTo(1);
    assertThat(typo.err()).contains("line 2, detector.gian").contains("the nearest is 'gain'");
    assertThat(expt).doesNotExist();
  }
}
