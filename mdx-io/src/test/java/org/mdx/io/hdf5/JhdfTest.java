package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.parallel.Parallel;

/** Programs of the JVM that read HDF5 with jHDF read our files. */
class JhdfTest {
  @TempDir Path folder;

  private FileChannel create(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Test
  void mapsTablesAndTextsShouldBeReadByJhdf() throws IOException {
    Path path = folder.resolve("a.h5");
    float[] map = new float[70 * 80 * 90];
    for (int i = 0; i < map.length; i++) {
      map[i] = 0.5f * i;
    }
    int[] h = new int[100_001];
    for (int i = 0; i < h.length; i++) {
      h[i] = i % 977 - 400;
    }
    Hdf5Group root = new Hdf5Group().attribute("NX_class", "NXroot");
    root.add("map", Hdf5Dataset.of(Elements.of(map), 70, 80, 90));
    root.add("table", new Hdf5Group().add("h", Hdf5Dataset.row(Elements.of(h))));
    root.add("cell", Hdf5Dataset.row(Elements.of(1.5, -2.0)));
    root.add("name", Hdf5Dataset.text("Ångström"));
    try (FileChannel out = create(path)) {
      Hdf5Writer.write(root, out, Parallel.of(2));
    }
    try (HdfFile f = new HdfFile(path)) {
      assertThat(f.getDatasetByPath("map").getDimensions()).containsExactly(70, 80, 90);
      assertThat(f.getDatasetByPath("map").getDataFlat()).isEqualTo(map);
      assertThat(f.getDatasetByPath("table/h").getDataFlat()).isEqualTo(h);
      assertThat(f.getDatasetByPath("cell").getDataFlat()).isEqualTo(new double[] {1.5, -2});
      assertThat(f.getDatasetByPath("name").getData()).isEqualTo("Ångström");
      assertThat(f.getAttribute("NX_class").getData()).isEqualTo("NXroot");
    }
  }

  @Test
  void stacksThatGrewFrameByFrameShouldBeReadByJhdf() throws IOException {
    Path path = folder.resolve("b.h5");
    try (FileChannel out = create(path)) {
      FrameFile file = new FrameFile(out);
      file.stack("a/frames", new int[] {3, 5}, 4, true);
      for (int frame = 0; frame < 150; frame++) {
        ByteBuffer b = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 15; i++) {
          b.putInt(1000 * frame + i);
        }
        file.add("a/frames", b.flip());
      }
      file.finish();
    }
    try (HdfFile f = new HdfFile(path)) {
      int[][][] frames = (int[][][]) f.getDatasetByPath("a/frames").getData();
      for (int frame = 0; frame < 150; frame++) {
        for (int i = 0; i < 15; i++) {
          assertThat(frames[i / 5][i % 5][frame]).isEqualTo(1000 * frame + i);
        }
      }
    }
  }
}
