package org.mdx.io.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.io.MdxFormatException;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Setting;
import org.mdx.io.nexus.ImagePointer;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.smv.SmvFixture;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.SweepImport;
import org.mdx.parallel.Parallel;

/** Two sweeps of SMV files, of 3 and 2 images of 4 × 3 pixels. */
class ImagesTest {
  @TempDir Path folder;

  @BeforeEach
  void images() throws IOException {
    for (int i = 0; i < 5; i++) {
      String entries =
          String.format(
              Locale.ROOT,
              "PIXEL_SIZE=0.1;\nDISTANCE=150;\nWAVELENGTH=0.9;\nBEAM_CENTER_X=0.15;\n"
                  + "BEAM_CENTER_Y=0.2;\nTIME=0.5;\nOSC_RANGE=0.5;\nOSC_START=%.1f;\n",
              i < 3 ? 10 + 0.5 * i : 70 + 0.5 * i);
      Files.write(
          folder.resolve(i < 3 ? "a_00" + (i + 1) + ".img" : "b_00" + (i - 2) + ".img"),
          SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 4, 3, entries, new int[12]));
    }
  }

  private Path list(String name, String images) throws IOException {
    Path expt = folder.resolve(name);
    SweepImport.write(
        expt,
        SweepImport.read(List.of(folder.resolve(images).toString()), ImportOptions.defaults()));
    return expt;
  }

  private static List<Integer> frames(List<ImageSeries> sweeps) {
    return sweeps.stream().map(ImageSeries::frames).toList();
  }

  @Test
  void imagesShouldBeOpenedByTemplateFileAndFolder() throws IOException {
    ImageSeries sweep = Images.open(folder.resolve("a_###.img"));
    assertThat(sweep.frames()).isEqualTo(3);
    assertThat(sweep.geometry().scan().start()).isEqualTo(10);
    assertThat(sweep.geometry().crystal()).isEmpty();
    ImageSeries one = Images.open(folder.resolve("a_002.img"));
    assertThat(one.frames()).isEqualTo(1);
    assertThat(one.geometry().scan().firstImage()).isEqualTo(2);
    assertThat(frames(Images.openAll(folder))).containsExactly(3, 2);
    assertThat(frames(Images.openAll(folder.resolve("a_001.img"), folder.resolve("a_002.img"))))
        .containsExactly(2);
  }

  @Test
  void listsShouldBeOpenedWithAllTheirExperiments() throws IOException {
    Path both = list("both.expt", "*_###.img".replace("###", "???"));
    Path one = list("noname", "b_###.img");
    assertThat(Images.open(one).frames()).isEqualTo(2);
    assertThat(frames(Images.openAll(both, folder.resolve("a_001.img"), one)))
        .containsExactly(3, 2, 1, 2);
    assertThatThrownBy(() -> Images.open(both))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("both.expt")
        .hasMessageContaining("2 experiments");
  }

  @Test
  void aFileThatPointsToAListShouldBeOpenedAsItsExperiment() throws IOException {
    Path both = list("both.expt", "[ab]_00?.img");
    Path data = folder.resolve("data.nxs");
    Mdx2.writeImagePointer(data, ImagePointer.of(data, both, 1, 2));
    assertThat(Images.open(data).geometry().scan().start()).isEqualTo(71.5);
    Path stack = folder.resolve("stack.nxs");
    ImageSeries images = Images.open(data);
    Mdx2.writeImages(
        stack, images, ImagePointer.of(stack, both, 1, 2), new int[] {1, 3, 4}, Parallel.of(1));
    assertThat(frames(Images.openAll(stack, both))).containsExactly(2, 3, 2);
  }

  @Test
  void whatHeadersDoNotTellShouldComeFromTheOptions() throws IOException {
    ImportOptions far =
        ImportOptions.defaults()
            .withOverrides(InstrumentProfile.empty().with(Setting.DISTANCE, 300.));
    ImageSeries sweep = Images.openAll(far, folder.resolve("a_###.img")).get(0);
    assertThat(sweep.geometry().detector().panels().get(0).origin().z()).isEqualTo(-300);
  }

  @Test
  void whatIsNoImageShouldBeRefusedByNameAndWhatToDo() throws IOException {
    assertThatThrownBy(() -> Images.open(folder))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected one sweep, found 2 sweeps")
        .hasMessageContaining("template");
    assertThatThrownBy(() -> Images.open(folder.resolve("c.expt")))
        .isInstanceOf(NoSuchFileException.class);
    Path empty = Files.createFile(folder.resolve("e.expt"));
    assertThatThrownBy(() -> Images.open(empty))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("e.expt");
    Path notes = Files.writeString(folder.resolve("notes.txt"), "not an image");
    assertThatThrownBy(() -> Images.open(notes))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("notes.txt");
    assertThatThrownBy(Images::openAll)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
