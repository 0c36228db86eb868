package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.CrystalSeriesWriter;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.CrystalSeries;
import org.mdx.sim.SimulationOptions;

/**
 * Scripts for DIALS with launchers on the PATH and no DIALS. The whole scripts run with {@code
 * -Dmdx.shims=true}; a minute.
 */
class DialsScriptTest {

  /** The calls of the published example of many insulin crystals, in its order. */
  private static final String INSULIN =
      """
      set -e
      command -v dials.version && exit 9
      mkdir -p dials
      cd dials
      for sub in 1_1 2_1; do
          mkdir -p $sub
          cd $sub
          dials.import "${DATADIR}/insulin_${sub}_*.cbf"
          dials.generate_mask imported.expt untrusted.circle=246,303,20
          dials.apply_mask imported.expt input.mask=pixels.mask output.experiments=imported.expt
          dials.find_spots imported.expt
          dials.index imported.expt strong.refl space_group=199
          dials.refine indexed.expt indexed.refl
          dials.integrate refined.expt refined.refl
          cd ..
      done
      dials.cosym **/integrated.{expt,refl} space_group=199
      dials.scale symmetrized.{expt,refl} d_min=1.4
      dials.split_experiments scaled.{expt,refl}
      dials.report scaled.{expt,refl} output.json=report.json
      for sub in {1..2}_bkg; do
          mkdir -p $sub
          cd $sub
          dials.import "${DATADIR}/insulin_${sub}_1_*.cbf"
          dials.generate_mask imported.expt untrusted.circle=246,303,20
          dials.apply_mask imported.expt input.mask=pixels.mask output.experiments=imported.expt
          cd ..
      done
      cd ..
      mkdir -p mdx2
      cd mdx2
      for SUB in {0..1}; do
          bkg=$((SUB + 1))_bkg
          mkdir -p split_$SUB $bkg
          cd $bkg
          mdx2.import_data ../../dials/$bkg/imported.expt --chunks 10 211 493 --nproc 5
          mdx2.bin_image_series data.nxs 4 20 20 --valid_range 0 200 --outfile binned.nxs
          cd ../split_$SUB
          EXPTFILE="../../dials/split_$SUB.expt"
          mdx2.import_geometry $EXPTFILE
          mdx2.import_data $EXPTFILE --chunks 20 211 493 --nproc 5
          mdx2.find_peaks geometry.nxs data.nxs --count_threshold 20 --nproc 64
          mdx2.mask_peaks geometry.nxs data.nxs peaks.nxs --sigma_cutoff 3 --nproc 64
          mdx2.integrate geometry.nxs data.nxs --mask mask.nxs --subdivide 3 3 3 --nproc 64
          mdx2.correct geometry.nxs integrated.nxs --background ../$bkg/binned.nxs
          cd ..
      done
      mdx2.scale split_{0..1}/corrected.nxs --mca2020 --outfile split_{0..1}/scales_all.nxs
      mdx2.merge split_{0..1}/corrected.nxs --scale split_{0..1}/scales_all.nxs \\
        --outlier 5 --split randomHalf --outfile merged_all.nxs
      """;

  /** The calls of the laboratory's scripts for a crystal without and with a known cell. */
  private static final String MICROED =
      """
      command -v dials.version && exit 9
      NAME=20230611_2301
      mkdir -p $NAME/P1
      cd $NAME/P1
      ln -s ../../images/Camera_Ceta_*"${NAME}_670_mm.emd" image.emd
      dials.import image.emd panel.pedestal=-40 distance=150 fast_slow_beam_centre=243,236
      dials.find_spots imported.expt gain=0.1 max_separation=4 nproc=4
      cp imported.expt optimised.expt
      dials.index optimised.expt strong.refl detector.fix=distance
      if [ ! -f indexed.expt ]; then
          dials.index optimised.expt strong.refl detector.fix=distance indexing.method=fft1d
      fi
      dials.refine indexed.expt indexed.refl scan_varying=False detector.fix=distance
      dials.refine refined.expt refined.refl scan_varying=True detector.fix=distance
      dials.integrate refined.expt refined.refl prediction.d_min=0.8 nproc=4  \\
          profile.gaussian_rs.min_spots.overall=25
      dials.check_indexing_symmetry integrated.{expt,refl} d_min=1.2 d_max=6 grid=2
      dials.scale integrated.expt integrated.refl d_min=0.8 json=scaled.json
      dials.python ../../../scripts/filter_blanks.py integrated.expt integrated.refl
      dials.symmetry integrated.expt integrated.refl
      mkdir not_blank
      cd not_blank
      dials.scale ../not_blank.{expt,refl} d_min=0.8 json=scaled.json
      cd ../..
      mkdir P2
      cd P2
      ln -s ../P1/strong.refl .
      ln -s ../P1/imported.expt .
      cp imported.expt optimised.expt
      dials.index optimised.expt strong.refl detector.fix=distance space_group=P2 \\
          unit_cell=7,9,12,90,100,90
      cd ../..
      # what the laboratory's list looks for
      awk '/cc_ano/ {f=1; next} f==1 && NF >= 14 {print "shell", $2, $13; exit}' \\
          $NAME/P1/not_blank/dials.scale.log
      grep Unit $NAME/P1/dials.integrate.log
      grep "Best sol" $NAME/P1/dials.symmetry.log
      """;

  @TempDir private Path dir;

  private String script(String text, Map<String, String> more) throws IOException {
    Assumptions.assumeTrue(Boolean.getBoolean("mdx.shims"), "skipped: a minute; -Dmdx.shims=true");
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no bash");
    Path bin = dir.resolve("bin");
    assertThat(SimulatedData.run("install-shims", "--dials", bin).code()).isZero();
    // nothing else of the machine: DIALS may be among it
    for (String tool : "mkdir ln cp cut awk grep sed readlink dirname ls echo rm".split(" ")) {
      for (String place : List.of("/bin/", "/usr/bin/")) {
        if (Files.exists(Path.of(place + tool)) && !Files.exists(bin.resolve(tool))) {
          String call = "#!/bin/sh\nexec " + place + tool + " \"$@\"\n";
          Path wrapper = Files.writeString(bin.resolve(tool), call);
          assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        }
      }
    }
    Path work = Files.createDirectories(dir.resolve("work"));
    Path file = Files.writeString(dir.resolve("script.sh"), text);
    Path call = Files.writeString(dir.resolve("call.sh"), "exec /bin/bash " + file + "\n");
    Map<String, String> environment =
        new java.util.HashMap<>(
            Map.of(
                "PATH",
                bin.toString(),
                "MDX_JAVA_OPTIONS",
                "-XX:TieredStopAtLevel=1", // many short runs
                "JAVA_HOME",
                System.getProperty("java.home")));
    environment.putAll(more);
    return InstallShimsTest.execute(call, work, environment);
  }

  private static UnitCell cell(Path list) throws IOException {
    return Dials.readGeometry(list).crystal().orElseThrow().cell();
  }

  @Test
  void exampleOfManyCrystalsShouldRunToItsMap() throws IOException {
    Assumptions.assumeTrue(Boolean.getBoolean("mdx.shims"), "skipped: a minute; -Dmdx.shims=true");
    Path data = dir.resolve("data");
    CrystalSeries series =
        CrystalSeries.of(SimulationOptions.demo().withFrames(40, 1, 0.04), List.of(1, 1));
    CrystalSeriesWriter.write(series, "insulin", data, Parallel.available(), Progress.NONE);

    String said = script(INSULIN, Map.of("DATADIR", data.toString()));

    assertThat(said).as(said).startsWith("0 ");
    Path dials = dir.resolve("work/dials");
    List<DialsExperiment> scaled = Dials.experiments(dials.resolve("scaled.expt"));
    assertThat(scaled).hasSize(2);
    for (DialsExperiment e : scaled) {
      assertThat(e.geometry().crystal().orElseThrow().spaceGroup().number()).isEqualTo(199);
      assertThat(e.geometry().crystal().orElseThrow().cell().a()).isCloseTo(30, within(0.01));
    }
    assertThat(dials.resolve("report.json")).content().contains("resolution_binned");
    assertThat(dials.resolve("1_1/dials.integrate.log")).content().contains("Unit cell: ");
    assertThat(Mdx2.readTable(dir.resolve("work/mdx2/merged_all.nxs")).rows())
        .isGreaterThan(10_000);
  }

  @Test
  void scriptsOfTheLaboratoryShouldRun() throws IOException {
    Assumptions.assumeTrue(Boolean.getBoolean("mdx.shims"), "skipped: a minute; -Dmdx.shims=true");
    Path images = Files.createDirectories(dir.resolve("work/images"));
    UnitCell truth = new UnitCell(7, 9, 12, 90, 100, 90);
    new CetaMovie(480, 150, 243, 236, truth, "P 1 2 1", 50, 0.8, 1)
        .write(images.resolve("Camera_Ceta_20230611_2301_670_mm.emd"));

    String said = script(MICROED, Map.of());

    assertThat(said).as(said).startsWith("0 ").doesNotContain("not found");
    assertThat(said).containsPattern("shell \\d\\.\\d\\d [01]\\.\\d").contains("    Unit cell: ");
    assertThat(said).contains("Best solution: P 1 2/m 1");
    UnitCell known = cell(dir.resolve("work/20230611_2301/P2/indexed.expt"));
    assertThat(known.a()).isCloseTo(7, within(0.02));
    assertThat(known.b()).isCloseTo(9, within(0.03));
    assertThat(known.c()).isCloseTo(12, within(0.04));
    assertThat(known.beta()).isCloseTo(100, within(0.2));
    UnitCell free = cell(dir.resolve("work/20230611_2301/P1/integrated.expt"));
    assertThat(free.volume()).isCloseTo(truth.volume(), within(0.01 * truth.volume()));
    assertThat(dir.resolve("work/20230611_2301/P1/not_blank/scaled.json")).isRegularFile();
  }

  private record Launched(int code, String out, String err) {}

  private static Launched launch(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> args = new ArrayList<>();
    for (Object w : words) {
      args.add(w.toString());
    }
    int code =
        DialsLauncher.run(
            args.toArray(new String[0]), new PrintWriter(out), new PrintWriter(err), Progress.NONE);
    return new Launched(code, out.toString(), err.toString());
  }

  @Test
  void launcherShouldLeaveTheBytesOfTheCommand() throws IOException {
    SimulatedFiles data = SimulatedData.write(dir.resolve("data"));
    Path list = data.imported().get(0);
    Path ours = dir.resolve("ours.refl");
    Path theirs = dir.resolve("theirs.refl");
    Path log = dir.resolve("spots.log");

    Launched l =
        launch(
            "find_spots",
            list,
            "kernel_size=2 2",
            "gain=1",
            "output.reflections=" + theirs,
            "output.log=" + log);

    assertThat(l.err()).isEmpty();
    assertThat(l.code()).isZero();
    assertThat(log).hasContent(l.out());
    assertThat(l.out()).contains("dials.find_spots ", "mdx find-spots --kernel-size=2");
    Outcome o =
        SimulatedData.run("find-spots", list, "--kernel-size=2", "--gain=1", "--output", ours);
    assertThat(o.code()).isZero();
    assertThat(Files.mismatch(ours, theirs)).isEqualTo(-1);
  }

  @Test
  void whatIsNotTakenShouldEndWithOneAndLeaveNothing() {
    Launched l = launch("index", "a.expt", "b.refl", "indexing.fft3d.b_iso=3");
    assertThat(l.code()).isEqualTo(1);
    assertThat(l.err())
        .startsWith("dials.index: indexing.fft3d.b_iso=3: dials.index of mdx takes no parameter")
        .contains("indexing.known_symmetry.space_group");
    assertThat(l.out()).isEmpty();
    assertThat(launch("stereographic_projection", "a").err()).contains("no such program");
    assertThat(launch("find_spots", "--help").out()).contains("spotfinder.mp.nproc", "--threads");
    Launched missing =
        launch("symmetry", dir.resolve("a.expt"), "output.log=" + dir.resolve("a.log"));
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).startsWith("dials.symmetry");
  }
}
