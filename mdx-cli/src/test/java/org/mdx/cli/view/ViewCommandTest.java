package org.mdx.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.Main;
import org.mdx.cli.SimulatedData;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** {@code mdx view}: files of every kind, the page without a server, and how it ends. */
class ViewCommandTest {
  @TempDir private static Path dir;
  private static Path expt;
  private static Path table;
  private static Path scales;

  @BeforeAll
  static void write() throws IOException {
    SimulatedFiles files = SimulatedData.write(dir.resolve("data"));
    expt = files.indexed().get(0);
    table = dir.resolve("merged \"größe\".nxs");
    Mdx2.writeTable(
        table,
        HKLTable.of(
                new Subdivision(2, 2, 2),
                IntColumn.of(0, 2, 3),
                IntColumn.of(0, 0, 1),
                IntColumn.of(2, 4, 5))
            .with("intensity", FloatColumn.of(1, 2, 3))
            .with("intensity_error", FloatColumn.of(0.5f, 0.5f, 0.25f)));
    scales = dir.resolve("scales.nxs");
    Mdx2.writeScales(
        scales,
        ScalingModel.of(new ScaleTerm(ControlGrid.of(List.of(GridAxis.of(0, 6, 12)), 1, 1.25, 1))));
  }

  @Test
  void anotherAddressShouldNeedAWordOfConsent() {
    var outcome = run("view", table, "--geometry", expt, "--bind", "0.0.0.0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("--i-know", "unencrypted");
  }

  @Test
  void aPageWithoutAServerShouldBeWritten() throws IOException {
    Path page = dir.resolve("page.html");
    var outcome = run("view", table, "--geometry", expt, "--offline", page);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(Files.readString(page)).contains("größe").doesNotContain("http://", "https://");
    var small =
        run(
            "view",
            table,
            "--geometry",
            expt,
            "--offline",
            dir.resolve("s.html"),
            "--max-size",
            "0.001");
    assertThat(small.code()).isEqualTo(1);
    assertThat(small.err()).contains("--max-size");
    assertThat(dir.resolve("s.html")).doesNotExist();
  }

  @Test
  void aTableWithoutACrystalShouldBeRefused() {
    var outcome = run("view", table, "--no-open");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("does not tell the crystal's cell", "--geometry");
  }

  @Test
  void aFileOfNoKindShouldBeRefused() throws IOException {
    Path file = Files.writeString(dir.resolve("notes.bin"), "\u0001\u0002 nothing to see");
    var outcome = run("view", file, "--no-open");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("notes.bin", "expected images");
    assertThat(run("view", dir.resolve("absent.nxs"), "--no-open").code()).isEqualTo(1);
  }

  @Test
  void theViewerShouldServeUntilItIsInterrupted() throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    AtomicInteger code = new AtomicInteger(-1);
    String[] args = {"view", table.toString(), scales.toString(), expt.toString(), "--no-open"};
    Thread command =
        new Thread(() -> code.set(Main.run(args, new PrintWriter(out), new PrintWriter(err))));
    command.start();
    long end = System.nanoTime() + 20_000_000_000L;
    while (!out.toString().contains("ends the viewer") && command.isAlive()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
    assertThat(err.toString()).isEmpty();
    URI address = URI.create(out.toString().lines().findFirst().orElseThrow());
    String session =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address.resolve("/api/v1/session"))
                    .header("Authorization", "Bearer " + address.getFragment())
                    .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
            .body();
    assertThat(session).contains("merged \\\"größe\\\".nxs", "\"frames\":12", "scales.nxs");
    command.interrupt();
    command.join(10_000);
    assertThat(code.get()).isZero();
  }
}
