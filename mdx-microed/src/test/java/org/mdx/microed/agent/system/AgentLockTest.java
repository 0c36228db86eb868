package org.mdx.microed.agent.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLockTest {
  @TempDir Path folder;

  @Test
  void aLockThatWasGivenBackShouldShowNoSignOfLife() throws IOException {
    Path file = folder.resolve("agent.lock");
    AgentLock lock = AgentLock.take(file, folder);
    assertThat(AgentLock.owner(file)).isNotNull();
    lock.close();
    lock.beat();
    assertThat(AgentLock.owner(file)).isNull();
    assertThat(AgentLock.isTaken(file)).isFalse();
  }

  @Test
  void aThreadToldToEndShouldNotKeepOthersFromTheLock() throws IOException {
    Path file = folder.resolve("agent.lock");
    Thread.currentThread().interrupt();
    AgentLock lock = null;
    try {
      lock = AgentLock.take(file, folder);
    } catch (IOException e) {
      assertThat(AgentLock.owner(file)).isNull();
    } finally {
      Thread.interrupted();
      if (lock != null) {
        lock.close();
      }
    }
    try (AgentLock again = AgentLock.take(file, folder)) {
      assertThat(AgentLock.isTaken(file)).isTrue();
      assertThat(again).isNotNull();
    }
  }
}
