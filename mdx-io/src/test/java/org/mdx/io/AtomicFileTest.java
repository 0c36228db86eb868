package org.mdx.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (var list = Files.list(folder)) {
      return list.toList();
    }
  }

  @Test
  void writeShouldReplaceAnOlderFile() throws IOException {
    Path target = folder.resolve("a.txt");
    AtomicFile.write(target, out -> out.write('1'));
    AtomicFile.write(target, out -> out.write('2'));
    assertThat(target).hasContent("2");
    assertThat(files()).containsExactly(target);
  }

  @Test
  void targetShouldNotExistWhileItIsWritten() throws IOException {
    Path target = folder.resolve("a.txt");
    AtomicFile.write(
        target,
        out -> {
          out.write(new byte[1 << 20]);
          assertThat(target).doesNotExist();
        });
    assertThat(target).hasSize(1 << 20);
  }

  @Test
  void fullDiskShouldLeaveTheOlderFileAndNothingElse() throws IOException {
    Path target = folder.resolve("a.txt");
    AtomicFile.write(target, out -> out.write('1'));
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot write " + target + ": No space left on device; nothing was left behind");
    assertThat(target).hasContent("1");
    assertThat(files()).containsExactly(target);
  }

  @Test
  void anyExceptionShouldDeleteTheTemporaryFile() throws IOException {
    assertThatThrownBy(
            () ->
                AtomicFile.writePath(
                    folder.resolve("a.nxs"),
                    temporary -> {
                      Files.writeString(temporary, "half");
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");
    assertThat(files()).isEmpty();
  }

  @Test
  void missingFolderAndFolderAsTargetShouldBeSaid() {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/a.txt"), out -> {}))
        .hasMessageContaining("the folder does not exist");
    assertThatThrownBy(() -> AtomicFile.write(folder, out -> {})).hasMessageContaining("a folder");
  }
}
