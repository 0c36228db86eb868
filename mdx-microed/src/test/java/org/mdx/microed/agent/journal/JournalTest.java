package org.mdx.microed.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir private Path dir;

  private final List<String> warnings = new ArrayList<>();

  private Path file() {
    return dir.resolve("journal");
  }

  private static Event found(String id) {
    return new Event.Found(
        1, id, id, 1, new SourceMark(10, 20, "aa"), id.replace(' ', '_'), "f" + id);
  }

  private Ledger reopened() throws IOException {
    Ledger ledger = new Ledger();
    Journal.open(file(), ledger, warnings::add).close();
    return ledger;
  }

  private void write(Event... events) throws IOException {
    try (Journal journal = Journal.open(file(), new Ledger(), warnings::add)) {
      for (Event e : events) {
        journal.append(e);
      }
    }
  }

  @Test
  void whatIsAppendedShouldBeThereAfterwards() throws IOException {
    Product p = new Product("/x/a", 5, "dd", "note \"é\"\n");
    write(
        found("a b.emd"),
        new Event.Started(2, "a b.emd", "compress"),
        new Event.Committed(3, "a b.emd", p),
        new Event.StepDone(4, "a b.emd", "compress", p),
        new Event.Later(5, "a b.emd", "disk full", false, 99));

    MovieRecord m = reopened().movie("a b.emd");

    assertThat(m.done()).containsOnlyKeys("compress").containsValue(p);
    assertThat(m.state()).isEqualTo(MovieState.WAITING);
    assertThat(m.failures()).isZero();
    assertThat(m.notBefore()).isEqualTo(99);
    assertThat(m.pending()).isNull();
  }

  @Test
  void everyLineShouldBeginWithTheChecksumOfTheRest() throws IOException {
    write(found("a"), found("b"));

    List<String> lines = Files.readAllLines(file());

    assertThat(lines).hasSize(2);
    for (String line : lines) {
      CRC32 crc = new CRC32();
      crc.update(line.substring(9).getBytes(StandardCharsets.UTF_8));
      assertThat(line.substring(0, 8)).isEqualTo(String.format("%08x", crc.getValue()));
    }
  }

  @Test
  void aLineTornAnywhereShouldBeCutOffAndTheRestKept() throws IOException {
    write(found("a"), found("b"));
    byte[] whole = Files.readAllBytes(file());
    int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int cut = first; cut < whole.length; cut++) {
      Files.write(file(), Arrays.copyOf(whole, cut));

      assertThat(reopened().all()).extracting(MovieRecord::id).containsExactly("a");
      assertThat(Files.size(file())).isEqualTo(first);
    }
    write(found("c"));
    assertThat(reopened().all()).extracting(MovieRecord::id).containsExactly("a", "c");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aDamagedLineBetweenOthersShouldBePassedOverAndACopyKept() throws IOException {
    write(found("a"), found("b"), found("c"));
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);

    assertThat(reopened().all()).extracting(MovieRecord::id).containsExactly("a", "c");

    assertThat(warnings).singleElement().asString().contains("1 damaged lines");
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.filter(f -> f.toString().contains("journal.damaged-")))
          .singleElement()
          .satisfies(f -> assertThat(f).hasBinaryContent(bytes));
    }
    warnings.clear();
    assertThat(reopened().all()).hasSize(2);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aLongJournalShouldBeCompactedToTheSameState() throws IOException {
    Ledger ledger = new Ledger();
    try (Journal journal = Journal.open(file(), ledger, warnings::add)) {
      journal.append(new Event.Root(1, "/out"));
      journal.append(found("a"));
      for (int i = 0; i < 25_000; i++) {
        journal.write(new Event.Started(i, "a", "compress"));
      }
      journal.append(new Event.Parked(30_000, "a", "why"));
      journal.append(new Event.Summarised(5, 3));
      journal.tidy();
      assertThat(Files.readAllLines(file())).hasSize(3);
      journal.append(found("b"));
    }

    Ledger again = reopened();

    assertThat(again.all()).isEqualTo(ledger.all());
    assertThat(again.movie("a").reason()).isEqualTo("why");
    assertThat(again.hasRoot("/out")).isTrue();
    assertThat(again.unsummarised()).isEqualTo(ledger.unsummarised()).isEqualTo(-2);
    assertThat(Files.readAllLines(file())).hasSize(4);
  }

  @Test
  void interruptedThreadsShouldNotCloseTheJournal() throws Exception {
    try (Journal journal = Journal.open(file(), new Ledger(), warnings::add)) {
      Thread.currentThread().interrupt();
      journal.append(found("a"));
      assertThat(Thread.interrupted()).isTrue();
      journal.append(found("b"));
    }
    assertThat(reopened().all()).hasSize(2);
  }

  @Test
  void manyThreadsShouldLoseNothing() throws Exception {
    try (Journal journal = Journal.open(file(), new Ledger(), warnings::add)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int n = t;
        threads.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    try {
                      journal.append(found(n + "-" + i));
                    } catch (IOException e) {
                      warnings.add(e.toString());
                    }
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread t : threads) {
        t.join();
      }
    }
    assertThat(warnings).isEmpty();
    assertThat(reopened().all()).hasSize(400);
  }

  @Test
  void theNumberAfterAMovieOfWhichNothingIsDoneShouldGoBackToTheLast() throws IOException {
    write(found("a"), new Event.Finished(2, "a"));
    Ledger ledger = reopened();
    ledger.apply(new Event.Found(3, "a//2", "a", 2, new SourceMark(11, 21, "bb"), "a_v2", "fa_2"));
    assertThat(ledger.latest("a").version()).isEqualTo(2);

    ledger.apply(new Event.Dropped(4, "a//2"));

    assertThat(ledger.latest("a").version()).isEqualTo(1);
    assertThat(ledger.ownerOfName("a_v2")).isNull();
  }
}
