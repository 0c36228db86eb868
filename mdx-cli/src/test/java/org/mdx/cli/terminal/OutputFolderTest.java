package org.mdx.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  @Test
  void foldersThatStayedEmptyShouldGoAndOthersStay(@TempDir Path dir) throws IOException {
    Path made = dir.resolve("a/b");
    try (OutputFolder folder = OutputFolder.of(made)) {
      folder.folder("empty");
      folder.folder("full");
      Files.writeString(folder.file("full/file"), "x");
    }
    assertThat(made.resolve("empty")).doesNotExist();
    assertThat(made.resolve("full/file")).exists();
    try (OutputFolder folder = OutputFolder.of(dir.resolve("c/d"))) {
      assertThat(folder.file("x").getParent()).isDirectory();
    }
    assertThat(dir.resolve("c")).doesNotExist();
  }

  @Test
  void folderThatWasThereShouldStayThoughEmpty(@TempDir Path dir) throws IOException {
    OutputFolder.of(dir).close();
    assertThat(dir).isDirectory();
  }

  @Test
  void underscoresShouldBecomeDashesInNamesOnly() {
    assertThat(
            Spelling.withDashes(
                new String[] {
                  "find_peaks",
                  "a_b.expt",
                  "--count_threshold=4_0",
                  "--outfile",
                  "p_q.nxs",
                  "--",
                  "--x_y"
                }))
        .containsExactly(
            "find-peaks",
            "a_b.expt",
            "--count-threshold=4_0",
            "--outfile",
            "p_q.nxs",
            "--",
            "--x_y");
  }
}
