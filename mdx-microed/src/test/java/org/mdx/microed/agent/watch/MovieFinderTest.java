package org.mdx.microed.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.FakeClock;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.journal.Ledger;

class MovieFinderTest {
  @TempDir private Path dir;

  private final List<String> said = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private final FakeClock clock = new FakeClock();
  private boolean follow;
  private Path raw;

  @BeforeEach
  void makeFolder() throws IOException {
    raw = Files.createDirectory(dir.resolve("raw"));
  }

  private MovieFinder finder(int polls, long stable, long age) {
    return new MovieFinder(
        new AgentConfig.Watch(
            raw,
            true,
            follow,
            List.of("*.emd"),
            List.of("*test*", "old/**"),
            10,
            polls,
            stable,
            age,
            1,
            true,
            false),
        Set.of(raw.resolve("products")),
        clock,
        said::add);
  }

  private List<String> look(MovieFinder finder) {
    return finder.look(ledger).stream().map(MovieFinder.Seen::source).toList();
  }

  private Path movie(String name, long ago) throws IOException {
    Path file = raw.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "movie");
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - ago));
    return file;
  }

  @Test
  void aFileShouldBeFinishedWhenEnoughLooksSawTheSame() throws IOException {
    movie("a.emd", 100_000);
    MovieFinder finder = finder(3, 0, 0);

    assertThat(look(finder)).isEmpty();
    assertThat(look(finder)).isEmpty();
    assertThat(finder.waiting()).isEqualTo(1);
    assertThat(look(finder)).containsExactly("a.emd");
    assertThat(finder.waiting()).isZero();
  }

  @Test
  void aFileThatGrowsShouldWait() throws IOException {
    Path file = movie("a.emd", 100_000);
    FileTime time = Files.getLastModifiedTime(file);
    MovieFinder finder = finder(2, 0, 0);
    for (int i = 0; i < 5; i++) {
      assertThat(look(finder)).isEmpty();
      // a network share may tell the new size and the old time
      Files.writeString(file, "more", StandardOpenOption.APPEND);
      Files.setLastModifiedTime(file, time);
    }
    assertThat(look(finder)).isEmpty();
    assertThat(look(finder)).containsExactly("a.emd");
  }

  @Test
  void aYoungFileShouldWaitAndOneFromTheFutureToo() throws Exception {
    movie("young.emd", 0);
    movie("future.emd", -3_600_000);
    MovieFinder finder = finder(1, 0, 300);

    assertThat(look(finder)).isEmpty();
    Thread.sleep(350);
    // the clock of the server is an hour ahead: what counts is how long it has been the same
    assertThat(look(finder)).containsExactly("young.emd", "future.emd");
  }

  @Test
  void timeWithoutChangeShouldCountAsWellAsLooks() throws Exception {
    movie("a.emd", 100_000);
    MovieFinder finder = finder(1, 200, 0);

    assertThat(look(finder)).isEmpty();
    Thread.sleep(220);
    assertThat(look(finder)).containsExactly("a.emd");
  }

  @Test
  void patternsAndFoldersOfProductsShouldBeRespected() throws IOException {
    movie("b.EMD", 2000);
    movie("sub/a.emd", 3000);
    movie("a_test.emd", 1000);
    movie("old/c.emd", 1000);
    movie("products/c.emd", 1000);
    movie(".mdx-staging/d.emd", 1000);
    movie("notes.txt", 1000);

    assertThat(look(finder(1, 0, 0))).containsExactly("sub/a.emd", "b.EMD");
  }

  @Test
  void aLockedFileShouldWait() throws IOException {
    Path file = movie("a.emd", 100_000);
    MovieFinder finder = finder(1, 0, 0);
    try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
      writer.lock();
      assertThat(look(finder)).isEmpty();
    }
    assertThat(look(finder)).containsExactly("a.emd");
  }

  @Test
  void aFolderThatIsAwayShouldBeToldOnceAndLookedForAgain() throws IOException {
    movie("a.emd", 100_000);
    MovieFinder finder = finder(3, 0, 0);
    look(finder);
    look(finder);
    Path aside = dir.resolve("aside");
    Files.move(raw, aside);

    assertThat(look(finder)).isEmpty();
    assertThat(look(finder)).isEmpty();
    assertThat(finder.isAway()).isTrue();
    assertThat(said).singleElement().asString().contains("cannot be read");

    Files.move(aside, raw);
    // what was seen before is not forgotten
    assertThat(look(finder)).containsExactly("a.emd");
    assertThat(finder.isAway()).isFalse();
    assertThat(said).hasSize(2).last().asString().contains("can be read again");
  }

  @Test
  void aLinkToItselfShouldNotStopTheLook() throws IOException {
    movie("a.emd", 100_000);
    Files.createSymbolicLink(raw.resolve("loop"), raw);
    Files.createSymbolicLink(raw.resolve("nowhere.emd"), dir.resolve("none"));

    assertThat(look(finder(1, 0, 0))).containsExactly("a.emd");
  }

  @Test
  void linksToFoldersShouldBeFollowedOnlyIfAskedForAndHiddenFilesNever() throws IOException {
    movie("a.emd", 100_000);
    movie(".b.emd", 100_000);
    movie(".trash/c.emd", 100_000);
    Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("d.emd"), "movie");
    Files.setLastModifiedTime(elsewhere.resolve("d.emd"), FileTime.fromMillis(1000));
    Files.createSymbolicLink(raw.resolve("link"), elsewhere);
    Files.createSymbolicLink(raw.resolve("e.emd"), elsewhere.resolve("d.emd"));

    MovieFinder finder = finder(1, 0, 0);
    assertThat(look(finder)).containsExactly("e.emd", "a.emd");
    look(finder);
    assertThat(said).singleElement().asString().contains("link", "follow_links = true");

    follow = true;
    assertThat(look(finder(1, 0, 0))).containsExactly("e.emd", "link/d.emd", "a.emd");
  }

  @Test
  void aFolderThatIsALinkItselfShouldBeWatched() throws IOException {
    Path real = Files.move(raw, dir.resolve("real"));
    Files.createSymbolicLink(raw, real);
    movie("sub/a.emd", 100_000);
    movie("products/b.emd", 100_000);

    assertThat(look(finder(1, 0, 0))).containsExactly("sub/a.emd");
  }

  @Test
  void aClockThatIsSetBackShouldNotMakeAFileWait() throws IOException {
    movie("a.emd", 100_000);
    MovieFinder finder = finder(2, 10_000, 20_000);
    look(finder);
    clock.ahead = -30L * 24 * 3600 * 1000;
    clock.skipped = 15_000;
    assertThat(look(finder)).isEmpty();
    assertThat(finder.unfinished().get(0).why()).contains("which must be 20 s");
    clock.skipped = 25_000;
    assertThat(look(finder)).containsExactly("a.emd");
  }
}
