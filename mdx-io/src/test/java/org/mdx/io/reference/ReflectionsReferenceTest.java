package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Every table of the reference as a value, and back, read by DIALS. */
class ReflectionsReferenceTest {
  private static final String COMPARE =
      """
      import sys
      from dials.array_family import flex
      a, b = (flex.reflection_table.from_file(f) for f in sys.argv[1:3])
      assert len(a) == len(b) and set(a.keys()) == set(b.keys()), (a.keys(), b.keys())
      assert dict(a.experiment_identifiers()) == dict(b.experiment_identifiers())
      columns = 0
      for k in a.keys():
          assert type(a[k]) == type(b[k]), k
          same = lambda x, y: x == y if k == "shoebox" else repr(x) == repr(y)
          assert all(same(x, y) for x, y in zip(a[k], b[k])), k
          columns += 1
      print("columns", columns)
      """;

  @TempDir Path folder;

  private static List<Path> tables(String ending) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String name : List.of("dials", "real/dials", "real/bragg")) {
      try (Stream<Path> files = Files.walk(Reference.file(name))) {
        files.filter(f -> f.toString().endsWith(ending)).sorted().forEach(all::add);
      }
    }
    assertThat(all).hasSizeGreaterThan(15);
    return all;
  }

  @Test
  void dialsShouldReadWhatWasWrittenAsTheOriginal() throws Exception {
    for (Path file : tables(".refl")) {
      Reflections r = ReflectionFile.readReflections(file);
      Path ours = folder.resolve("ours.refl");
      Files.deleteIfExists(ours);
      ReflectionFile.write(ours, r);
      String text = DialsProgram.run(folder, "python3", "-c", COMPARE, file, ours);
      assertThat(text).as(file.toString()).contains("columns " + r.keys().size());
    }
  }

  @Test
  void picklesShouldBecomeReflections() throws IOException {
    for (Path file : tables(".pickle")) {
      Reflections r = ReflectionFile.readReflections(file);
      assertThat(r.size()).as(file.toString()).isPositive();
      assertThat(r.has(ReflectionKeys.XYZOBS_PX)).as(file.toString()).isTrue();
    }
  }
}
