package org.mdx.io.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
  void linkShouldStayAndTheFileThatItNamesBeWritten() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("disk"));
    Path link = folder.resolve("a.txt");
    Files.createSymbolicLink(link, Path.of("b.txt"));
    Files.createSymbolicLink(folder.resolve("b.txt"), Path.of("disk/c.txt"));
    for (char content : new char[] {'1', '2'}) {
      AtomicFile.write(link, out -> out.write(content));
      assertThat(Files.isSymbolicLink(link)).isTrue();
      assertThat(elsewhere.resolve("c.txt")).hasContent(String.valueOf(content));
    }
    assertThat(Files.list(elsewhere)).containsExactly(elsewhere.resolve("c.txt"));
  }

  @Test
  void linkThatLeadsToItselfShouldBeRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.txt"), Path.of("a.txt"));
    assertThatThrownBy(() -> AtomicFile.write(link, out -> {}))
        .hasMessage("cannot write " + link + ": it is a link that leads to itself");
  }

  @Test
  void deviceShouldBeRefusedAndStayWhatItIs() throws IOException {
    Path device = Path.of("/dev/null");
    assumeThat(device).exists();
    Path link = Files.createSymbolicLink(folder.resolve("a.txt"), device);
    for (Path target : List.of(device, link)) {
      assertThatThrownBy(() -> AtomicFile.write(target, out -> out.write('1')))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write " + target + ": it is a device or a pipe");
      assertThatThrownBy(() -> AtomicFile.requireWritable(target))
          .hasMessageContaining("it is a device or a pipe");
    }
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void missingFolderAndFolderAsTargetShouldBeSaid() {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/a.txt"), out -> {}))
        .hasMessageContaining("the folder does not exist");
    assertThatThrownBy(() -> AtomicFile.write(folder, out -> {})).hasMessageContaining("a folder");
  }

  @Test
  void filesOfProcessesThatWereKilledShouldGoAndThoseOfOthersStay() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    long dead = ended.pid();
    ended.waitFor();
    String mine = Leftovers.name("a.nxs", 7);
    String machine = mine.substring(".a.nxs.".length(), ".a.nxs.".length() + 8);
    Path left = folder.resolve(".a.nxs." + machine + "-" + dead + "-1.part");
    Path alive = folder.resolve(mine);
    String elsewhere = machine.equals("00000000") ? "00000001" : "00000000";
    Path foreign = folder.resolve(".a.nxs." + elsewhere + "-" + dead + "-1.part");
    Path named = folder.resolve(".notes.part");
    for (Path file : List.of(left, alive, foreign, named)) {
      Files.writeString(file, "x");
    }
    Path target = folder.resolve("b.txt");
    AtomicFile.write(target, out -> out.write('1'));
    assertThat(files()).containsExactlyInAnyOrder(alive, foreign, named, target);
  }

  @Test
  void temporaryNameShouldStayWithinTheLimitOfFileSystems() throws IOException {
    Path target = folder.resolve("ä".repeat(120) + ".nxs");
    AtomicFile.write(target, out -> out.write('1'));
    assertThat(files()).containsExactly(target);
  }

  @Test
  void folderThatMayNotBeWrittenShouldBeSaidInWords() throws IOException {
    assertThat(AtomicFile.reason(new AccessDeniedException("x"))).isEqualTo("permission denied");
    assertThatThrownBy(() -> AtomicFile.requireWritable(folder.resolve("no/a.txt")))
        .hasMessageContaining("the folder does not exist");
    AtomicFile.requireWritable(folder.resolve("a.txt"));
    assertThat(files()).isEmpty();
  }
}
