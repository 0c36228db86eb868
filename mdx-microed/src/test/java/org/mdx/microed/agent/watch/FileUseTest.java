package org.mdx.microed.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileUseTest {
  @TempDir Path folder;

  @Test
  void filesThatAreHeldShouldNotBeFree() throws IOException {
    Path file = Files.write(folder.resolve("movie.emd"), new byte[10]);
    assertThat(FileUse.isFree(file)).isTrue();
    try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
      writer.lock();
      assertThat(FileUse.isFree(file)).isFalse();
    }
    assertThat(FileUse.isFree(file)).isTrue();
  }

  @Test
  void theOptionOfWindowsShouldBeThere() {
    assertThat(FileUse.notShared()).hasSize(2).anyMatch(o -> o.toString().contains("NOSHARE"));
  }
}
