package org.mdx.cli.phil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What command lines of DIALS become, by the meaning that its documentation gives parameters. */
class DialsProgramsTest {

  /** Keeps the command lines of mdx and runs nothing. */
  private static final class Recorder implements Mdx {
    private final List<String> lines = new ArrayList<>();

    @Override
    public int run(List<String> words) {
      lines.add(String.join(" ", words));
      return 0;
    }

    @Override
    public PrintWriter out() {
      return new PrintWriter(new StringWriter());
    }
  }

  private static List<String> lines(String name, String... words) throws IOException {
    DialsProgram program = DialsPrograms.named(name).orElseThrow();
    Recorder recorder = new Recorder();
    assertThat(program.run(program.call(List.of(words)), recorder)).isZero();
    return recorder.lines;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index|a.expt b.refl space_group=199|index --space-group=199 -- a.expt b.refl",
        "index|a.expt b.refl indexing.known_symmetry.unit_cell=1,2,3,90,90,90"
            + "|index --unit-cell=1,2,3,90,90,90 -- a.expt b.refl",
        "index|a.expt b.refl detector.fix=distance indexing.method=fft1d hkl_tolerance=0.15"
            + "|index --fix-distance=true --tolerance=0.15 -- a.expt b.refl",
        "index|a.expt b.refl max_lattices=2 nproc=4 space_group=None max_cell=Auto"
            + "|index --max-lattices=2 --threads=4 -- a.expt b.refl",
        "refine|a.expt b.refl scan_varying=False detector.fix=distance"
            + "|refine --fix=distance --varying=none -- a.expt b.refl",
        "refine|a.expt b.refl scan_varying=True|refine -- a.expt b.refl",
        "refine|a.expt b.refl crystal.unit_cell.force_static=true"
            + "|refine --varying=orientation -- a.expt b.refl",
        "refine|a.expt b.refl detector.fix_list=Dist,Tau2,Tau3"
            + "|refine --fix=distance --fix=tilts -- a.expt b.refl",
        "refine|a.expt b.refl beam.fix=wavelength"
            + "|refine --free=mu1 --free=mu2 --fix=wavenumber -- a.expt b.refl",
        "find_spots|a.expt max_separation=4 kernel_size=2,2 min_spot_size=4 d_min=1 nproc=8"
            + "|find-spots --max-separation=4 --kernel-size=2 --min-spot-size=4 --d-min=1"
            + " --threads=8 -- a.expt",
        "generate_mask|a.expt untrusted.circle=1264,1242,50"
            + "|generate-mask --circle=1264,1242,50 -- a.expt",
        "apply_mask|a.expt input.mask=p.mask output.experiments=a.expt"
            + "|apply-mask --output=a.expt -- a.expt p.mask",
        "check_indexing_symmetry|a.expt b.refl d_min=1.2 d_max=6 grid=2"
            + "|bragg check --d-min=1.2 --d-max=6 --reach=2 -- a.expt b.refl",
        "symmetry|a.expt b.refl|symmetry -- a.expt b.refl",
        "report|a.expt b.refl output.json=report.json"
            + "|bragg report --output=report.json --output-html=dials.report.html -- a.expt b.refl",
        "export|scaled.expt scaled.refl|bragg export --output=scaled.mtz -- scaled.expt scaled.refl",
        "merge|a.expt b.refl d_min=1.5|bragg merge --d-min=1.5 -- a.expt b.refl",
        "split_experiments|a.expt b.refl|dials-split --output=split -- a.expt b.refl",
        "combine_experiments|a.expt b.expt|dials-combine --output=combined -- a.expt b.expt",
        "reindex|a.refl change_of_basis_op=-z,-y,-x"
            + "|reindex --op=-z,-y,-x --outfile=reindexed.refl -- a.refl",
        "search_beam_position|a.expt b.refl|find-beam -- a.expt b.refl",
        "find_rotation_axis|a.expt b.refl|find-axis -- a.expt b.refl",
        "refine_bravais_settings|a.expt b.refl|bravais -- a.expt b.refl",
        "python|../scripts/filter_blanks.py a.expt b.refl|filter-blanks -- a.expt b.refl",
      })
  void parametersShouldBecomeOptions(String name, String words, String expected)
      throws IOException {
    assertThat(lines(name, words.split(" "))).containsExactly(expected);
  }

  @Test
  void integrationShouldTakeItsParameters() {
    DialsProgram integrate = DialsPrograms.named("integrate").orElseThrow();
    Call call =
        integrate.call(
            List.of(
                "input.experiments=a.txt",
                "d_min=0.7",
                "background.algorithm=Auto",
                "nproc=4",
                "min_spots.overall=25"));
    assertThat(call.options()).containsExactly("--d-min=0.7", "--threads=4");
    assertThat(call.files()).containsExactly("a.txt");
    assertThat(call.notes()).hasSize(1).first().asString().contains("min_spots.overall=25");
  }

  @Test
  void imagesShouldBeCutAfterTheyAreImported() throws IOException {
    assertThat(
            lines(
                "import",
                "x_master.h5",
                "mask=../p.mask",
                "panel.pedestal=-40",
                "fast_slow_beam_centre=1039,1007",
                "image_range=101,200"))
        .containsExactly(
            "import --mask=../p.mask --pedestal=-40 --beam-centre=1039,1007 --output=imported.expt"
                + " -- x_master.h5",
            "dials-select imported.expt --images=101:200 --output=imported");
  }

  @Test
  void knownSpaceGroupShouldBeThatOfTheResult() throws IOException {
    assertThat(lines("cosym", "a.expt", "a.refl", "space_group=199"))
        .containsExactly(
            "cosym --laue-group=199 -- a.expt a.refl",
            "reindex --op=a,b,c --space-group=199 --outfile=symmetrized.expt"
                + " --outfile=symmetrized.refl -- symmetrized.expt symmetrized.refl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index|indexing.fft3d.peak_search=clean|takes no parameter indexing.fft3d.peak_search",
        "index|detector.fix=all|only the distance can be fixed",
        "index|indexing.method=low_res_spot_match|mdx has fft3d, fft1d, real_space_grid_search",
        "index|scan_varying=True|mdx has false only",
        "index|d_min=2|takes no parameter d_min",
        "refine|fix=all|is it refinement.parameterisation.detector.fix or",
        "refine|detector.fix_list=Shift1|shift1 cannot be fixed alone",
        "integrate|background.algorithm=simple|mdx has glm only",
        "integrate|profile.gaussian_rs.min_spots.overall=many|must be a number",
        "find_spots|kernel_size=3,2|the two sizes must be equal",
        "scale|model=KB|mdx has physical only",
        "python|a.py|mdx has no Python",
        "merge|--nproc=2|not taken",
        "merge|settings.phil|files of parameters are not taken",
        "split_experiments|output.experiments_prefix=a|mdx gives both the same name",
      })
  void whatIsNotTakenShouldBeNamed(String name, String word, String message) {
    assertThatThrownBy(() -> lines(name, word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wordsWithEqualsSignsShouldBeParametersUnlessThereIsSuchAFile() {
    DialsProgram show = DialsPrograms.named("show").orElseThrow();
    assertThatThrownBy(() -> show.call(List.of("t=30.expt")))
        .hasMessageContaining("takes no parameter t; it takes input.experiments");
  }

  /** The table for readers is that of the launchers. */
  @Test
  void everyParameterShouldBeDocumented() throws IOException {
    String page = Files.readString(Path.of("../docs/from-dials.md"));
    for (DialsProgram p : DialsPrograms.all()) {
      assertThat(page).contains("`dials." + p.name() + "`");
      for (Parameter q : p.parameters()) {
        if (!q.path().startsWith("input.experiments") && !q.path().startsWith("input.refl")) {
          assertThat(page).as(p.name()).contains("| `" + q.path() + "` | " + q.meaning() + " |");
        }
      }
    }
  }
}
