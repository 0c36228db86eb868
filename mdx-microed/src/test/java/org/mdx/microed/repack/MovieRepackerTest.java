package org.mdx.microed.repack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.io.emd.EmdMovie;
import org.mdx.io.emd.EmdWriter;
import org.mdx.io.image.PixelType;
import org.mdx.io.tiff.TiffStack;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

class MovieRepackerTest {
  private static final Parallel TWO = Parallel.of(2);
  private static final int FRAMES = 12;
  private static final int WIDTH = 90;
  private static final int HEIGHT = 70;

  @TempDir Path folder;

  private Path movie(Path path, PixelType type) throws IOException {
    Random random = new Random(8);
    EmdWriter.write(
        path,
        WIDTH,
        HEIGHT,
        type,
        out -> {
          for (int f = 0; f < FRAMES; f++) {
            int[] image = random.ints(WIDTH * HEIGHT, 0, 40).toArray();
            out.add(image, JsonNodeFactory.instance.objectNode().put("frame", f));
          }
        });
    return path;
  }

  private static RepackReport repack(Path in, Path out) throws IOException {
    return MovieRepacker.of(RepackOptions.defaults()).repack(in, out, TWO, Progress.NONE);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aMovieOfVeloxShouldBecomeSmallerWithAllItsDocuments() throws IOException {
    for (PixelType type :
        new PixelType[] {PixelType.INT16, PixelType.UINT16, PixelType.INT32, PixelType.UINT32}) {
      Path in = movie(folder.resolve("a.emd"), type);
      byte[] before = Files.readAllBytes(in);
      Path out = folder.resolve(type + ".emd");
      RepackReport r = repack(in, out);
      assertThat(r.outcome()).isEqualTo(RepackReport.Outcome.REPACKED);
      assertThat(r.stacks()).isEqualTo(2);
      assertThat(r.frames()).isEqualTo(2 * FRAMES);
      assertThat(r.bytesAfter()).isEqualTo(Files.size(out)).isLessThan(r.bytesBefore() / 5);
      assertThat(Files.readAllBytes(in)).isEqualTo(before);
      try (EmdMovie copy = EmdMovie.open(out)) {
        assertThat(copy.frames()).isEqualTo(FRAMES);
        assertThat(copy.metadata(7).path("frame").asInt()).isEqualTo(7);
        assertThat(copy.images().get(0).filters()).isEqualTo("shuffle deflate");
        assertThat(copy.images().get(0).type()).isEqualTo(type.label);
      }
    }
  }

  @Test
  void aCopyThatIsThereShouldBeSkipped() throws IOException {
    Path in = movie(folder.resolve("a.emd"), PixelType.UINT16);
    Path out = folder.resolve("b.emd");
    RepackReport first = repack(in, out);
    FileTime time = Files.getLastModifiedTime(out);
    RepackReport second = repack(in, out);
    assertThat(second.outcome()).isEqualTo(RepackReport.Outcome.SKIPPED);
    assertThat(second.checksum()).isEmpty();
    RepackReport third = MovieRepacker.of(o -> o.verify(true)).repack(in, out, TWO, Progress.NONE);
    assertThat(third.outcome()).isEqualTo(RepackReport.Outcome.SKIPPED);
    assertThat(third.checksum()).isEqualTo(first.checksum()).hasSize(8);
    assertThat(Files.getLastModifiedTime(out)).isEqualTo(time);
  }

  @Test
  void anotherFileInTheWayShouldStayUnlessItIsOlderOrForceIsUsed() throws IOException {
    Path in = movie(folder.resolve("a.emd"), PixelType.UINT16);
    Path out = Files.writeString(folder.resolve("b.emd"), "notes");
    assertThatThrownBy(() -> repack(in, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no copy of it");
    assertThat(Files.readString(out)).isEqualTo("notes");
    Files.setLastModifiedTime(out, FileTime.fromMillis(0));
    assertThat(repack(in, out).outcome()).isEqualTo(RepackReport.Outcome.REPACKED);
    Files.writeString(out, "notes");
    MovieRepacker.of(o -> o.force(true)).repack(in, out, TWO, Progress.NONE);
    assertThat(repack(in, out).outcome()).isEqualTo(RepackReport.Outcome.SKIPPED);
  }

  @Test
  void aMovieShouldNotBeItsOwnCopy() throws IOException {
    Path in = movie(folder.resolve("a.emd"), PixelType.UINT16);
    assertThatThrownBy(() -> repack(in, in)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCopyThatReadsBackWrongShouldNotAppear() throws IOException {
    Path in = movie(folder.resolve("a.emd"), PixelType.UINT16);
    Path out = folder.resolve("b.emd");
    Progress spoil =
        (stage, done, total) -> {
          if (stage.equals("compress") && done == total) {
            spoil();
          }
        };
    assertThatThrownBy(() -> MovieRepacker.of(RepackOptions.defaults()).repack(in, out, TWO, spoil))
        .isInstanceOf(MdxFormatException.class);
    assertThat(names()).containsExactly("a.emd");
  }

  /** Changes bytes in the middle of the unfinished copy. */
  private void spoil() {
    try (Stream<Path> all = Files.list(folder)) {
      Path part = all.filter(p -> p.toString().endsWith(".part")).findFirst().orElseThrow();
      try (FileChannel c = FileChannel.open(part, StandardOpenOption.WRITE)) {
        c.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), c.size() / 2);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anInterruptShouldLeaveNothing() throws IOException {
    Path in = movie(folder.resolve("a.emd"), PixelType.UINT16);
    Thread caller = Thread.currentThread();
    for (String when : new String[] {"compress", "check"}) {
      Progress stop =
          (stage, done, total) -> {
            if (stage.equals(when) && done == 2) {
              caller.interrupt();
            }
          };
      try {
        assertThatThrownBy(
                () ->
                    MovieRepacker.of(RepackOptions.defaults())
                        .repack(in, folder.resolve("b.emd"), TWO, stop))
            .isInstanceOfAny(CancellationException.class, IOException.class);
      } finally {
        Thread.interrupted();
      }
      assertThat(names()).containsExactly("a.emd");
    }
  }

  @Test
  void aBadMovieShouldNotStopTheOthers() throws IOException {
    Path raw = Files.createDirectories(folder.resolve("raw/day 1"));
    movie(raw.resolve("a.emd"), PixelType.UINT16);
    Path bad = movie(raw.resolve("b.emd"), PixelType.INT16);
    try (FileChannel c = FileChannel.open(bad, StandardOpenOption.WRITE)) {
      c.truncate(5000);
    }
    movie(raw.resolve("c.emd"), PixelType.INT32);
    Files.writeString(raw.resolve("notes.txt"), "no movie");
    List<FolderRepacker.Entry> done =
        FolderRepacker.of(MovieRepacker.of(RepackOptions.defaults()))
            .repack(folder.resolve("raw"), folder.resolve("out"), TWO, Progress.NONE, e -> {});
    assertThat(done).hasSize(3);
    assertThat(done.get(1).failure()).isInstanceOf(MdxFormatException.class);
    try (Stream<Path> all = Files.list(folder.resolve("out/day 1"))) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("a.emd", "c.emd");
    }
  }

  @Test
  void theLongestNameThatFileSystemsTakeShouldDo() throws IOException {
    Path in = movie(folder.resolve("a.emd"), PixelType.UINT16);
    Path out = folder.resolve("n".repeat(251) + ".emd");

    assertThat(repack(in, out).stacks()).isEqualTo(2);
    assertThat(names()).containsExactly("a.emd", out.getFileName().toString());
  }

  @Test
  void namesThatAreNoTextShouldBeRefusedOneByOne() throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "skipped: names are texts on this system");
    Path raw = Files.createDirectories(folder.resolve("raw"));
    Path movie = movie(folder.resolve("a.emd"), PixelType.UINT16);
    for (String name : List.of("b%FF.emd", "b%FE.emd", "c.emd")) {
      Files.copy(movie, Path.of(URI.create(raw.toUri() + name)));
    }

    List<FolderRepacker.Entry> done =
        FolderRepacker.of(MovieRepacker.of(RepackOptions.defaults()))
            .repack(raw, folder.resolve("out"), TWO, Progress.NONE, e -> {});

    assertThat(done).hasSize(3);
    assertThat(done.stream().filter(e -> e.failure() != null))
        .hasSize(2)
        .allMatch(e -> e.failure().getMessage().contains("/b%F"));
    try (Stream<Path> all = Files.list(folder.resolve("out"))) {
      assertThat(all.map(p -> p.getFileName().toString())).containsExactly("c.emd");
    }
  }

  @Test
  void framesAndHeadersOfMrcShouldBeKeptInTiff() throws IOException {
    ByteBuffer b = ByteBuffer.allocate(1024 + 64 + 2 * 6 * 5 * 3).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, 6).putInt(4, 5).putInt(8, 3).putInt(12, 6).putInt(92, 64);
    b.put(208, new byte[] {'M', 'A', 'P', ' ', 0x44, 0x44});
    for (int i = 0; i < 90; i++) {
      b.putShort(1088 + 2 * i, (short) (i * 700));
    }
    Path in = folder.resolve("falcon 1.mrc");
    Files.write(in, b.array());
    assertThat(MovieRepacker.nameOfCopy(in)).isEqualTo("falcon 1.tif");
    Path out = folder.resolve("falcon 1.tif");
    assertThat(repack(in, out).frames()).isEqualTo(3);
    try (TiffStack copy = TiffStack.open(out)) {
      byte[] frame = new byte[60];
      copy.read(2, frame);
      assertThat(frame).isEqualTo(java.util.Arrays.copyOfRange(b.array(), 1208, 1268));
      assertThat(copy.tags(0).get(1).bytes()).isEqualTo(java.util.Arrays.copyOf(b.array(), 1088));
    }
    assertThat(repack(in, out).outcome()).isEqualTo(RepackReport.Outcome.SKIPPED);
    Path again = folder.resolve("again.tif");
    repack(out, again);
    assertThat(Files.mismatch(out, again)).isEqualTo(-1);
  }
}
