package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;

/** What trials of a simulated movie of 200 kV and a camera length of 1000 mm would do. */
class ProcessTest {
  @TempDir private static Path shared;

  private static Path movie;

  @TempDir Path dir;

  @BeforeAll
  static void simulate() {
    Outcome o =
        run(
            "simulate",
            "--preset",
            "MICROED",
            "--format",
            "EMD",
            "--sweeps",
            1,
            "--frames",
            2,
            "--out",
            shared);
    assertThat(o.err()).isEmpty();
    movie = shared.resolve("xtal1.emd");
  }

  private Path profile(String lengths) throws IOException {
    return Files.writeString(
        dir.resolve("talos.toml"),
        """
        [beam]
        voltage = 300
        [detector]
        pixel_size = 0.056
        beam_centre_mm = [14.0, 14.56]
        distance = 1
        camera_lengths = [[800, 790], [%s, 960]]
        [goniometer]
        axis = [0.8, -0.6, 0]
        """
            .formatted(lengths));
  }

  @Test
  void theProfileShouldReachDials() throws IOException {
    Outcome o = run("process", movie, "--profile", profile("1000"), "--dry-run", "--work", dir);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    // λ at 300 kV: 0.0196875 Å (International Tables C, 4.3.1)
    assertThat(o.out())
        .contains("panel.pixel_size=0.056,0.056 distance=960 fast_slow_beam_centre=250,260")
        .contains("goniometer.axis=0.8,-0.6,0")
        .containsPattern("geometry.beam.wavelength=0.019687");
  }

  @Test
  void anOptionShouldWinOverTheProfile() throws IOException {
    Outcome o =
        run(
            "process",
            movie,
            "--profile",
            profile("1000"),
            "--distance",
            955,
            "--dry-run",
            "--work",
            dir);
    assertThat(o.out()).contains(" distance=955 ");
  }

  @Test
  void cameraLengthsWithoutCalibrationShouldBeRefused() throws IOException {
    Outcome o = run("process", movie, "--profile", profile("1200"), "--dry-run", "--work", dir);
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("camera length of 1000 mm", "800, 1200 mm", "--distance MM");
  }

  @Test
  void missingProgramsShouldBeNamed() {
    Outcome o = run("process", movie, "--dials", dir, "--work", dir.resolve("work"));
    assertThat(o.code()).isOne();
    assertThat(o.err()).contains("DIALS programs not found", "dials.find_spots", "--dials");
    assertThat(dir.resolve("work")).doesNotExist();
  }

  @Test
  void foldersWithoutTrialsShouldHaveNoRows() {
    Outcome o = run("table", dir);
    assertThat(o.code()).isZero();
    assertThat(o.out()).contains("no trials in " + dir);
  }
}
