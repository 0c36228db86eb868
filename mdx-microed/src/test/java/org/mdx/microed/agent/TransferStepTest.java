package org.mdx.microed.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.steps.Rsync;
import org.mdx.microed.agent.steps.Settings;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.steps.StepContext;
import org.mdx.microed.agent.steps.StepFailure;
import org.mdx.microed.agent.steps.StepItem;
import org.mdx.microed.agent.steps.StepOutcome;
import org.mdx.microed.agent.steps.TransferStep;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.Digests;
import org.mdx.microed.agent.system.Failures;
import org.mdx.microed.agent.system.ResumableCopy;
import org.mdx.parallel.Parallel;

class TransferStepTest {
  private static final int BLOCK = 1 << 20;

  @TempDir private Path dir;

  private byte[] content;

  private Path source(int size) throws IOException {
    content = new byte[size];
    new Random(size).nextBytes(content);
    Path file = Files.write(dir.resolve("it's a 回折 movie.emd"), content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_686_500_000_000L));
    return file;
  }

  private static TransferStep step(Path file, ObjectNode settings) {
    return TransferStep.of("transfer", new Settings(file, "step[0]", settings));
  }

  private static ObjectNode settings(String to, String method) {
    return JsonNodeFactory.instance.objectNode().put("to", to).put("method", method);
  }

  private StepItem item(Path source) {
    return new StepItem("a", source, source, "sub/a.emd", Optional.empty());
  }

  private final StepContext context =
      new StepContext() {
        @Override
        public void log(String message) {}

        @Override
        public Parallel parallel() {
          return Parallel.of(1);
        }

        @Override
        public Path logs() {
          return dir;
        }

        @Override
        public void started(Process process) {}
      };

  @Test
  void anInterruptedCopyShouldGoOnWhereItEnded() throws Exception {
    Path from = source(3 * BLOCK + 77);
    Path to = dir.resolve("part");
    Files.write(to, Arrays.copyOf(content, 2 * BLOCK + 5000));

    ResumableCopy.Copied copied = ResumableCopy.copy(from, to);

    assertThat(copied.kept()).isEqualTo(2 * BLOCK);
    assertThat(to).hasBinaryContent(content);
    assertThat(copied.digest()).isEqualTo(Digests.of(from));
    assertThat(Files.getLastModifiedTime(to)).isEqualTo(Files.getLastModifiedTime(from));
  }

  @Test
  void aPartThatDiffersShouldBeCopiedAgain() throws Exception {
    Path from = source(3 * BLOCK);
    Path to = dir.resolve("part");
    byte[] damaged = content.clone();
    damaged[BLOCK + 3] ^= 1;
    Files.write(to, Arrays.copyOf(damaged, damaged.length));

    assertThat(ResumableCopy.copy(from, to).kept()).isEqualTo(BLOCK);
    assertThat(to).hasBinaryContent(content);
  }

  @Test
  void aPartThatIsLongerShouldBeCutOff() throws Exception {
    Path from = source(1000);
    Path to = dir.resolve("part");
    Files.write(to, Arrays.copyOf(content, 5000));

    ResumableCopy.copy(from, to);

    assertThat(to).hasBinaryContent(content);
  }

  @Test
  void anInterruptedThreadShouldStopAndKeepWhatThereIs() throws Exception {
    Path from = source(2 * BLOCK);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> ResumableCopy.copy(from, dir.resolve("part")))
        .satisfies(e -> assertThat(Failures.isInterruption(e)).isTrue());
    // a channel that was closed by it leaves the flag set
    Thread.interrupted();
  }

  @Test
  void rsyncShouldGoOnWithAPartAndTheChecksumBeCompared() throws Exception {
    Assumptions.assumeTrue(Rsync.isInstalled(), "skipped: no rsync");
    Path from = source(300_000);
    Path staging = dir.resolve("part.emd");
    Files.write(staging, Arrays.copyOf(content, 100_000));
    TransferStep step = step(from, settings("there", "rsync"));

    StepOutcome outcome = step.run(item(from), staging, context);

    assertThat(staging).hasBinaryContent(content);
    assertThat(outcome.digest()).isEqualTo(Digests.of(from));
    assertThat(Files.getLastModifiedTime(staging)).isEqualTo(Files.getLastModifiedTime(from));
    byte[] other = content.clone();
    other[5] ^= 1;
    Files.write(staging, other);
    // rsync leaves a file of the same length alone; the checksum finds it, the next run is right
    assertThatThrownBy(() -> step.run(item(from), staging, context))
        .hasMessageContaining("another checksum");
    step.run(item(from), staging, context);
    assertThat(staging).hasBinaryContent(content);
  }

  /** A remote shell that stays here. */
  private ObjectNode remote() throws IOException {
    Assumptions.assumeTrue(Rsync.isInstalled(), "skipped: no rsync");
    Path shell = dir.resolve("shell");
    Files.writeString(shell, "#!/bin/sh\nshift\nexec sh -c \"$*\"\n");
    assertThat(shell.toFile().setExecutable(true)).isTrue();
    ObjectNode s = settings("somewhere:" + dir.resolve("far away"), "auto");
    s.putArray("rsync_options").add("-e").add(shell.toString());
    return s;
  }

  @Test
  void aHostShouldGetTheFileOnceAndWholeOrNotAtAll() throws Exception {
    Path from = source(200_000);
    TransferStep step = step(from, remote());
    Path there = dir.resolve("far away/sub/a.emd");

    assertThat(step.target(item(from))).isEmpty();
    assertThat(step.run(item(from), null, context).note()).isEqualTo("rsync");
    assertThat(there).hasBinaryContent(content);
    assertThat(step.run(item(from), null, context).note()).isEqualTo("was there already");

    Files.writeString(there, "somebody's");
    assertThatThrownBy(() -> step.run(item(from), null, context))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("another file is in the way");
    assertThat(there).hasContent("somebody's");
  }

  @Test
  void whatIsRemoteShouldBeToldFromFolders() {
    assertThat(Rsync.isRemote("host:/data")).isTrue();
    assertThat(Rsync.isRemote("me@host:data")).isTrue();
    assertThat(Rsync.isRemote("/data/a:b")).isFalse();
    assertThat(Rsync.isRemote("data")).isFalse();
    assertThat(Rsync.isRemote("C:\\data")).isFalse();
    assertThat(Rsync.isRemote("D:/data")).isFalse();
  }

  @Test
  void aCopyOfAFolderShouldKeepWhatIsThereAndTellOfIt() throws Exception {
    Path from = Files.createDirectories(dir.resolve("images/sub"));
    Files.writeString(from.resolve("a.img"), "image");
    Files.writeString(from.resolve("b.tmp"), "not this");
    Path to = Files.createDirectories(dir.resolve("cluster/" + Step.STAGING)).getParent();
    AgentLog log = new AgentLog(dir.resolve("log"), 1000, l -> {});
    AgentConfig.Copy copy =
        new AgentConfig.Copy(
            dir.resolve("images"),
            to.toString(),
            10,
            List.of("*"),
            List.of("*.tmp"),
            false,
            false,
            List.of());
    OutputRoot root = new OutputRoot(to);
    FolderCopy rounds = new FolderCopy(copy, root, dir, log, f -> Long.MAX_VALUE, 0);

    rounds.round();
    assertThat(to.resolve("sub/a.img")).doesNotExist();
    rounds.round();
    assertThat(to.resolve("sub/a.img")).hasContent("image");
    assertThat(to.resolve("sub/b.tmp")).doesNotExist();
    String is = Soak.identity(to.resolve("sub/a.img"));
    rounds.round();
    assertThat(Soak.identity(to.resolve("sub/a.img"))).isEqualTo(is);

    Files.writeString(from.resolve("a.img"), "another image");
    rounds.round();
    rounds.round();
    rounds.round();
    assertThat(to.resolve("sub/a.img")).hasContent("image");
    assertThat(log.recent()).filteredOn(l -> l.contains("with another content")).hasSize(1);
    root.close();
    log.close();
  }
}
