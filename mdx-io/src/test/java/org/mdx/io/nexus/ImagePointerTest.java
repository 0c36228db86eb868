package org.mdx.io.nexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Python;

class ImagePointerTest {
  @TempDir Path dir;

  private Path list;
  private Path file;

  @BeforeEach
  void writeList() throws IOException {
    list = Files.createDirectories(dir.resolve("a/dials")).resolve("Größe 1.expt");
    file = Files.createDirectories(dir.resolve("a/work/split")).resolve("data.nxs");
    Files.writeString(list, "{\"a\": 1}");
    Mdx2.writeImagePointer(file, ImagePointer.of(file, list, 3, 120));
  }

  @Test
  void pointersShouldComeBackAsTheyWere() throws IOException {
    ImagePointer p = Mdx2.readImagePointer(file);
    assertThat(p).isEqualTo(ImagePointer.of(file, list, 3, 120));
    assertThat(p.relative()).isEqualTo("../../dials/Größe 1.expt");
    assertThat(p.experiment()).isEqualTo(3);
    assertThat(p.frames()).isEqualTo(120);
    assertThat(p.find(file)).hasSameBinaryContentAs(list);
    // printf '{"a": 1}' | sha256sum
    assertThat(p.digest())
        .isEqualTo("f9d86028c6e0d64e225186f96acb69338b2c59764df79162107f5c4bb34d1310");
  }

  @Test
  void listsShouldBeFoundAfterTheirFoldersMovedTogether() throws IOException {
    Path moved = dir.resolve("b");
    Files.move(dir.resolve("a"), moved);
    Path there = moved.resolve("work/split/data.nxs");
    assertThat(Mdx2.readImagePointer(there).find(there))
        .hasSameBinaryContentAs(moved.resolve("dials/Größe 1.expt"));
  }

  @Test
  void listsShouldBeFoundAfterThePointerMovedAlone() throws IOException {
    Path alone = Files.createDirectories(dir.resolve("x/y/z")).resolve("data.nxs");
    Files.move(file, alone);
    assertThat(Mdx2.readImagePointer(alone).find(alone)).hasSameBinaryContentAs(list);
  }

  @Test
  void pointersThroughLinkedFoldersShouldLeadWhereTheSystemGoes() throws IOException {
    Path link = dir.resolve("link");
    Files.createSymbolicLink(link, dir.resolve("a/work/split"));
    Path linked = link.resolve("other.nxs");
    ImagePointer p = ImagePointer.of(linked, list, 0, 1);
    assertThat(p.relative()).isEqualTo("../../dials/Größe 1.expt");
    assertThat(p.find(linked)).hasSameBinaryContentAs(list);
  }

  @Test
  void listsThatAreGoneOrChangedShouldBeRefusedWithACure() throws IOException {
    ImagePointer p = Mdx2.readImagePointer(file);
    Files.writeString(list, "{\"a\": 2}");
    assertThatThrownBy(() -> p.find(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("data.nxs")
        .hasMessageContaining("Größe 1.expt as it was, found another content")
        .hasMessageContaining("run import-data again");
    Files.delete(list);
    assertThatThrownBy(() -> p.find(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("../../dials/Größe 1.expt or /")
        .hasMessageContaining("move it back, or run import-data again");
  }

  @Test
  void damagedPointersShouldBeRefused() throws IOException {
    Python.run("h5py.File(sys.argv[1], 'r+')['entry/image_source/experiment'][()] = -1", file);
    assertThatThrownBy(() -> Mdx2.readImagePointer(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("experiment -1");
    Path stack = ReferenceFilesTest.reference("split_0/data.nxs");
    assertThatThrownBy(() -> Mdx2.readImagePointer(stack))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("the images themselves, as mdx2 stores them")
        .hasMessageContaining("mdx import-data");
  }
}
