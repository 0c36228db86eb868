package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.dials.ColumnType;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ImageRange;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.reflection.ReflectionFlag;

/** Tables and experiment lists of the reference, against the programs of DIALS 3.12. */
class DialsTablesReferenceTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  private static List<Path> tables() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String name : List.of("dials", "real/dials")) {
      try (Stream<Path> files = Files.walk(Reference.file(name))) {
        files.filter(f -> f.toString().endsWith(".refl")).sorted().forEach(all::add);
      }
    }
    assertThat(all).hasSizeGreaterThan(10);
    assertThat(all).anyMatch(f -> f.endsWith("not_blank.refl"));
    return all;
  }

  private static DialsData read(Path expt, Path refl) throws IOException {
    return new DialsData(ExperimentList.read(expt), ReflectionFile.read(refl));
  }

  private String run(String program, Object... arguments) throws Exception {
    return DialsProgram.run(folder, program, arguments);
  }

  @Test
  void tablesShouldBeWrittenAsTheyWere() throws IOException {
    Path again = folder.resolve("again.refl");
    for (Path file : tables()) {
      ReflectionTable table = ReflectionFile.read(file);
      Files.deleteIfExists(again);
      ReflectionFile.write(again, table);
      assertThat(Files.mismatch(file, again)).as(file.toString()).isEqualTo(-1);
      assertThat(ReflectionFile.read(again)).isEqualTo(table);
    }
  }

  @Test
  void dialsShouldShowTheSameForOurTables() throws Exception {
    List<Path> files = tables();
    List<Path> ours = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      ReflectionTable table = ReflectionFile.read(files.get(i));
      int half = table.rows() / 2;
      // taken apart and put together again
      ReflectionTable again =
          ReflectionTable.concatenate(
              List.of(table.where(r -> r < half), table.where(r -> r >= half)));
      ours.add(folder.resolve("%02d.refl".formatted(i)));
      ReflectionFile.write(ours.get(i), again);
    }
    String shown = shown(ours);
    assertThat(shown).isEqualTo(shown(files));
    assertThat(shown.split("Reflection list contains", -1)).hasSize(files.size() + 1);
  }

  private String shown(List<Path> files) throws Exception {
    String text = run("dials.show", files.toArray());
    return text.substring(text.indexOf("Reflection list contains"));
  }

  @Test
  void pickledTablesShouldBeReadAsTheOthers() throws Exception {
    List<Path> files = tables();
    String script =
        """
        import pickle, sys
        from dials.array_family import flex
        for i, f in enumerate(sys.argv[1:]):
            t = flex.reflection_table.from_file(f)
            with open("%d.pickle" % i, "wb") as out:
                pickle.dump(t, out, protocol=2 + i % 3)
        """;
    List<Object> arguments = new ArrayList<>(List.of("-c", script));
    arguments.addAll(files);
    run("python3", arguments.toArray());
    for (int i = 0; i < files.size(); i++) {
      ReflectionTable pickled = ReflectionFile.read(folder.resolve(i + ".pickle"));
      assertThat(withoutNegativeZeros(pickled))
          .as(files.get(i).toString())
          .isEqualTo(withoutNegativeZeros(ReflectionFile.read(files.get(i))));
    }
  }

  /** Pickles do not keep the sign of 0. */
  private static ReflectionTable withoutNegativeZeros(ReflectionTable table) {
    ReflectionTable t = table;
    for (String name : table.columns().keySet()) {
      ReflectionColumn c = table.column(name);
      if (c.type().element() == ColumnType.Element.DOUBLE) {
        double[] values = new double[c.rows() * c.type().components()];
        for (int i = 0; i < values.length; i++) {
          values[i] = c.value(i / c.type().components(), i % c.type().components()) + 0.0;
        }
        t = t.withColumn(name, ReflectionColumn.ofDoubles(c.type(), values));
      }
    }
    return t;
  }

  @Test
  void flagsShouldHaveTheNamesAndValuesOfDials() throws Exception {
    String text =
        run(
            "python3",
            "-c",
            "from dials.array_family import flex\n"
                + "for k, v in flex.reflection_table.flags.values.items(): print(v, int(k))");
    List<String> ours =
        Arrays.stream(ReflectionFlag.values()).map(f -> f.label() + " " + f.mask()).toList();
    assertThat(text.lines().map(s -> s.replace("bad_shoebox", "bad_spot")).distinct())
        .containsExactlyInAnyOrderElementsOf(ours);
  }

  @Test
  void splittingShouldAgreeWithDials() throws Exception {
    Path expt = Reference.file("dials/multi/scaled.expt");
    Path refl = Reference.file("dials/multi/scaled.refl");
    run("dials.split_experiments", expt, refl);
    List<DialsData> parts = read(expt, refl).split();
    assertThat(parts).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(parts.get(i).reflections())
          .isEqualTo(ReflectionFile.read(folder.resolve("split_" + i + ".refl")));
      requireSame(parts.get(i).experiments(), folder.resolve("split_" + i + ".expt"));
    }
  }

  @Test
  void combiningShouldAgreeWithDials() throws Exception {
    List<DialsData> pairs = new ArrayList<>();
    List<Object> files = new ArrayList<>();
    for (String name : List.of("xtal1", "xtal2", "xtal3")) {
      Path expt = Reference.file("dials/" + name + "/integrated.expt");
      Path refl = Reference.file("dials/" + name + "/integrated.refl");
      pairs.add(read(expt, refl));
      files.addAll(List.of(expt, refl));
    }
    run("dials.combine_experiments", files.toArray());
    DialsData ours = DialsData.combine(pairs);
    assertThat(ours.reflections()).isEqualTo(ReflectionFile.read(folder.resolve("combined.refl")));
    requireSame(ours.experiments(), folder.resolve("combined.expt"));
  }

  @Test
  void slicingShouldAgreeWithDials() throws Exception {
    Path expt = Reference.file("dials/multi/scaled.expt");
    Path refl = Reference.file("dials/multi/scaled.refl");
    run("dials.slice_sequence", expt, refl, "image_range=11,60", "image_range=31,90");
    DialsData ours =
        read(expt, refl).slice(List.of(new ImageRange(11, 60), new ImageRange(31, 90)));
    // DIALS sorts by experiment
    assertThat(ours.reflections().whereExperiments(0, 1))
        .isEqualTo(ReflectionFile.read(folder.resolve("scaled_sliced.refl")));
    requireSame(ours.experiments(), folder.resolve("scaled_sliced.expt"));
  }

  @Test
  void dialsShouldShowTheSameForOurExperiments() throws Exception {
    Path theirs = Reference.file("dials/multi/scaled.expt");
    ExperimentList list = ExperimentList.read(theirs);
    Path written = folder.resolve("written.expt");
    ExperimentList.combine(List.of(list.select(0), list.select(1))).write(written);
    String text = run("dials.show", written);
    String expected = run("dials.show", theirs);
    int from = expected.indexOf("Experiment 0:");
    assertThat(text.substring(text.indexOf("Experiment 0:"))).isEqualTo(expected.substring(from));
  }

  /** Models that DIALS wrote after reading them, so that numbers may differ in the last digits. */
  private void requireSame(ExperimentList ours, Path dials) throws IOException {
    Path written = folder.resolve("ours.expt");
    ours.write(written);
    JsonNode a = MAPPER.readTree(written.toFile());
    JsonNode b = MAPPER.readTree(dials.toFile());
    for (String key :
        List.of("experiment", "beam", "detector", "goniometer", "crystal", "profile", "scan")) {
      // dials.combine_experiments loses the profiles
      if (!key.equals("profile") || !b.get(key).isEmpty()) {
        requireSame(key, a.get(key), b.get(key));
      }
    }
    assertThat(a.get("imageset")).hasSameSizeAs(b.get("imageset"));
    for (int i = 0; i < a.get("imageset").size(); i++) {
      for (String key : List.of("template", "mask")) {
        String path = a.get("imageset").get(i).get(key).textValue();
        String theirs = b.get("imageset").get(i).get(key).textValue();
        assertThat(written.resolveSibling(path).normalize())
            .isEqualTo(dials.resolveSibling(theirs).normalize());
      }
    }
  }

  private static void requireSame(String where, JsonNode a, JsonNode b) {
    if (b.isNumber()) {
      double tolerance = 1e-9 * Math.max(1, Math.abs(b.doubleValue()));
      assertThat(a.doubleValue()).as(where).isCloseTo(b.doubleValue(), within(tolerance));
    } else if (b.isArray()) {
      assertThat(a.size()).as(where).isEqualTo(b.size());
      for (int i = 0; i < b.size(); i++) {
        requireSame(where + "/" + i, a.get(i), b.get(i));
      }
    } else if (b.isObject()) {
      for (String key : b.properties().stream().map(e -> e.getKey()).toList()) {
        // dials.slice_sequence loses the ranges that are valid
        if (!key.equals("valid_image_ranges")) {
          assertThat(a.has(key)).as(where + "/" + key).isTrue();
          requireSame(where + "/" + key, a.get(key), b.get(key));
        }
      }
    } else {
      assertThat(a).as(where).isEqualTo(b);
    }
  }
}
