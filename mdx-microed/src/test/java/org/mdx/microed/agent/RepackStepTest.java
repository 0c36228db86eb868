package org.mdx.microed.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSource;
import org.mdx.io.image.ImageFiles;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.page.Thumbnails;
import org.mdx.microed.agent.steps.StepTypes;

class RepackStepTest {
  private static final int SIZE = 64;
  private static final int FRAMES = 5;

  @TempDir private Path dir;

  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(dir.resolve("raw/grid 1"));
    ByteBuffer file =
        ByteBuffer.allocate(1024 + FRAMES * SIZE * SIZE * 2).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(SIZE).putInt(SIZE).putInt(FRAMES).putInt(6);
    file.position(208);
    file.put("MAP ".getBytes()).put((byte) 0x44).put((byte) 0x44);
    for (int i = 0; i < FRAMES * SIZE * SIZE; i++) {
      file.putShort(1024 + 2 * i, (short) (i * 7 % 50));
    }
    Files.write(dir.resolve("raw/grid 1/a b.mrc"), file.array());
    Files.writeString(
        dir.resolve("watch.toml"),
        """
        minimum_free_gib = 0
        [watch]
        raw = "raw"
        poll_seconds = 0.01
        stable_polls = 1
        stable_seconds = 0
        minimum_age_seconds = 0
        minimum_bytes = 1
        [[step]]
        type = "repack"
        to = "compressed"
        [[step]]
        type = "transfer"
        to = "archive"
        method = "copy"
        [retry]
        attempts = 1
        """);
  }

  private AgentStatus once() throws IOException, InterruptedException {
    AgentConfig config =
        ConfigReader.read(dir.resolve("watch.toml"), StepTypes.standard(List.of("mdx")));
    try (Agent agent = Agent.open(config, said::add)) {
      return agent.runOnce();
    }
  }

  @Test
  void anMrcMovieShouldBecomeATiffOfTheSameFrames() throws Exception {
    AgentStatus s = once();

    assertThat(s.states()).as("%s", said).containsEntry("done", 1);
    Path copy = dir.resolve("compressed/grid_1/a_b.tif");
    assertThat(dir.resolve("archive/grid_1/a_b.tif")).hasSameBinaryContentAs(copy);
    assertThat(Files.size(copy)).isLessThan(FRAMES * SIZE * SIZE);
    ImageSource frames = ImageFiles.open(copy);
    assertThat(frames.frames()).isEqualTo(FRAMES);
    int[][] frame = {new int[SIZE * SIZE]};
    frames.read(3, frame);
    for (int i = 0; i < SIZE * SIZE; i++) {
      assertThat(frame[0][i]).isEqualTo((3 * SIZE * SIZE + i) * 7 % 50);
    }
    assertThat(Thumbnails.file(dir.resolve("mdx-watch"), "grid 1/a b.mrc")).isRegularFile();
  }

  @Test
  void aCopyThatIsThereShouldBeKnownWithoutAJournalAndAnotherFileLeftAlone() throws Exception {
    once();
    Path copy = dir.resolve("compressed/grid_1/a_b.tif");
    String is = Soak.identity(copy);
    Files.delete(dir.resolve("mdx-watch/journal"));

    assertThat(once().states()).as("%s", said).containsEntry("done", 1);
    assertThat(Soak.identity(copy)).isEqualTo(is);

    Files.delete(dir.resolve("mdx-watch/journal"));
    Files.writeString(copy, "somebody's");
    assertThat(once().states()).containsEntry("parked", 1);
    assertThat(copy).hasContent("somebody's");
  }

  @Test
  void aFileThatIsNoMovieShouldBeParkedWithTheReason() throws Exception {
    Files.writeString(dir.resolve("raw/grid 1/a b.mrc"), "not a movie");

    AgentStatus s = once();

    assertThat(s.states()).containsEntry("parked", 1);
    assertThat(s.parked().get(0).reason()).startsWith("repack: ").contains("a b.mrc");
    assertThat(dir.resolve("compressed/grid_1")).doesNotExist();
  }
}
