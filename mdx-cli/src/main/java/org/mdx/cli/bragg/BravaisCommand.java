package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.index.BravaisSettings;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.output.AtomicFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the Bravais lattices that fit. */
@Command(
    name = "bravais",
    description = {
      "Refine an indexed crystal in all Bravais lattices that its cell allows, as"
          + " dials.refine_bravais_settings.",
      "Writes bravais_setting_N.expt for each and bravais_summary.json. A * marks the highest symmetry that"
          + " the data support, a + others that they do not contradict."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BravaisCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(index = "0", paramLabel = "EXPT", description = "indexed.expt.")
  private Path list;

  @Parameters(index = "1", paramLabel = "REFL", description = "indexed.refl.")
  private Path table;

  @Option(
      names = "--crystal",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which crystal of several, counted from 0.")
  private int crystal;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Goes before the names of the files written.")
  private String prefix;

  @Override
  public Integer call() throws IOException {
    List<DialsExperiment> rows = Dials.experiments(list);
    List<Integer> which = rowsOfCrystal(rows);
    Reflections all = Dials.reflections(table, rows);
    int[] id = all.get(ReflectionKeys.ID);
    List<SweepSpots> sweeps = new ArrayList<>();
    for (int row : which) {
      sweeps.add(new SweepSpots(rows.get(row).geometry(), all.where(i -> id[i] == row)));
    }
    List<BravaisSettings.Setting> settings = BravaisSettings.of(sweeps);
    common.out().println("   N  delta°  rmsd px  min/max cc  spots  lattice, cell, volume, change");
    Map<String, Object> summary = new LinkedHashMap<>();
    for (BravaisSettings.Setting s : settings) {
      common.out().println(s);
      summary.put(String.valueOf(s.number()), numbers(s));
      List<DialsExperiment> out = new ArrayList<>();
      for (int i = 0; i < which.size(); i++) {
        out.add(rows.get(which.get(i)));
      }
      Dials.write(
          Path.of(prefix + "bravais_setting_" + s.number() + ".expt"),
          AxisOutput.placed(out, s.geometries()));
    }
    byte[] json = JsonText.of(summary).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(Path.of(prefix + "bravais_summary.json"), o -> o.write(json));
    common
        .out()
        .println(
            "wrote " + prefix + "bravais_setting_N.expt and " + prefix + "bravais_summary.json");
    common.out().println("reindex with: mdx reindex " + table + " --op=CHANGE of the setting");
    return 0;
  }

  private List<Integer> rowsOfCrystal(List<DialsExperiment> rows) {
    List<Object> seen = new ArrayList<>();
    List<Integer> which = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Object a = rows.get(i).geometry().crystal().map(c -> (Object) c.a()).orElse("");
      if (!seen.contains(a)) {
        seen.add(a);
      }
      if (seen.indexOf(a) == crystal) {
        which.add(i);
      }
    }
    if (which.isEmpty()) {
      throw common.usage("--crystal " + crystal + " of " + seen.size() + "; they count from 0");
    }
    return which;
  }

  private static Map<String, Object> numbers(BravaisSettings.Setting s) {
    Map<String, Object> m = new LinkedHashMap<>();
    UnitCell c = s.crystal().cell();
    m.put("bravais", s.bravais());
    m.put("max_angular_difference", s.delta());
    m.put("rmsd", s.rmsd());
    m.put("min_cc", Double.isNaN(s.least()) ? null : s.least());
    m.put("max_cc", Double.isNaN(s.greatest()) ? null : s.greatest());
    m.put("nspots", s.spots());
    m.put("unit_cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
    m.put("space_group", s.crystal().spaceGroup().hermannMauguin());
    m.put("cb_op", s.change().toString());
    m.put("consistent", s.consistent());
    m.put("recommended", s.recommended());
    return m;
  }
}
