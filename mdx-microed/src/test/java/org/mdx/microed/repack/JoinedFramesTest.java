package org.mdx.microed.repack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Probe;
import org.mdx.image.ImageSource;
import org.mdx.io.dials.Dials;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.math.Vec3;
import org.mdx.microed.process.Movie;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

class JoinedFramesTest {
  private static final int SIZE = 40;

  @TempDir private Path folder;

  /** An image of signed 16 bit integers, all of one value, as MRC 2014 mode 1. */
  private static Path frame(Path file, int size, int value) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(1024 + 2 * size * size).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(size).putInt(size).putInt(1).putInt(1).putInt(0).putInt(0).putInt(0);
    b.putInt(size).putInt(size).putInt(1);
    b.putFloat(size).putFloat(size).putFloat(1).putFloat(90).putFloat(90).putFloat(90);
    b.putInt(1).putInt(2).putInt(3).putInt(108, 20140);
    b.position(208);
    b.put("MAP ".getBytes(StandardCharsets.US_ASCII)).put((byte) 0x44).put((byte) 0x44);
    for (int i = 0; i < size * size; i++) {
      b.putShort(1024 + 2 * i, (short) value);
    }
    try (OutputStream out =
        file.toString().endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      out.write(b.array());
    }
    return file;
  }

  private static RepackReport join(Path in, Path out) throws IOException {
    return MovieRepacker.of(RepackOptions.defaults())
        .repack(in, out, Parallel.of(2), Progress.NONE);
  }

  @Test
  void imagesOfAFolderShouldBecomeOneMovieInTheOrderOfTheirNumbers() throws IOException {
    Path in = Files.createDirectory(folder.resolve("xtal"));
    for (int i = 9; i <= 12; i++) {
      frame(in.resolve("f_" + i + ".mrc.gz"), SIZE, -i);
    }
    Files.writeString(in.resolve("notes.txt"), "a good one");
    Path out = folder.resolve(MovieRepacker.nameOfCopy(in));
    assertThat(out.getFileName()).hasToString("xtal.tif");
    RepackReport r = join(in, out);
    assertThat(r.frames()).isEqualTo(4);
    ImageSource movie = ImageFiles.open(out);
    assertThat(movie.frames()).isEqualTo(4);
    int[][] pixels = {new int[SIZE * SIZE]};
    for (int f = 0; f < 4; f++) {
      movie.read(f, pixels);
      assertThat(pixels[0]).containsOnly(-9 - f);
    }
    assertThat(join(in, out).outcome()).isEqualTo(RepackReport.Outcome.SKIPPED);
  }

  @Test
  void aMissingOrStrangeImageShouldBeNamed() throws IOException {
    Path in = Files.createDirectory(folder.resolve("gap"));
    frame(in.resolve("f_1.mrc.gz"), SIZE, 1);
    assertThatThrownBy(() -> join(in, folder.resolve("a.tif"))).hasMessageContaining("1 of them");
    frame(in.resolve("f_3.mrc.gz"), SIZE, 1);
    assertThatThrownBy(() -> join(in, folder.resolve("a.tif")))
        .hasMessageContaining("f_3.mrc.gz after f_1.mrc.gz");
    frame(in.resolve("f_2.mrc"), SIZE + 1, 1);
    assertThatThrownBy(() -> join(in, folder.resolve("a.tif")))
        .hasMessageContaining("f_2.mrc")
        .hasMessageContaining("41 x 41");
    assertThat(folder.resolve("a.tif")).doesNotExist();
  }

  @Test
  void theSameFolderShouldBeImportedAsOneSweep() throws IOException {
    Path in = Files.createDirectory(folder.resolve("xtal"));
    for (int i = 1; i <= 3; i++) {
      frame(in.resolve("f_000" + i + ".mrc.gz"), SIZE, i);
    }
    Movie movie = Movie.of(in);
    assertThat(movie.name()).isEqualTo("xtal");
    assertThat(movie.words()).containsExactly("template=" + in.resolve("f_####.mrc"));
    InstrumentProfile profile =
        InstrumentProfile.empty()
            .with(Setting.PROBE, Probe.ELECTRON)
            .with(Setting.WAVELENGTH, 0.0251)
            .with(Setting.PIXEL_SIZE, new Pair(0.1, 0.1))
            .with(Setting.DISTANCE, 1000.0)
            .with(Setting.BEAM_CENTRE, new Pair(20, 20))
            .with(Setting.AXIS, new Vec3(1, 0, 0))
            .with(Setting.START, 0.0)
            .with(Setting.WIDTH, 1.0);
    List<ImportedSweep> sweeps =
        SweepImport.read(
            List.of(in.resolve("f_####.mrc").toString()),
            ImportOptions.defaults().withOverrides(profile));
    assertThat(sweeps).hasSize(1);
    assertThat(sweeps.get(0).frames()).isEqualTo(3);
    int[][] pixels = {new int[SIZE * SIZE]};
    Dials.open(sweeps.get(0).experiments().get(0)).source().read(2, pixels);
    assertThat(pixels[0]).containsOnly(3);
  }
}
