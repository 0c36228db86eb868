package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.GridMillerIndexMap;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.io.dials.Dials;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;
import org.mdx.io.hdf5.Python;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.nexus.ImagePointer;
import org.mdx.io.nexus.Mdx2;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.MaskFrames;

/** Stacks of images: those of mdx2 1.0.4 against the detector's files, and ours against mdx2's. */
class ImageStackReferenceTest {
  private static final Parallel TWO = Parallel.of(2);

  @TempDir Path folder;

  @Test
  void everyFrameOfAVirtualStackShouldEqualItsCbf() throws IOException {
    ImageSeries cbf = Dials.read(Reference.file("dials/multi/split_0.expt"));
    ImageSeries stack = Mdx2.readImages(Reference.file("mdx2/split_0/data.nxs"));
    assertThat(stack.frames()).isEqualTo(120);
    assertThat(stack.geometry().scan().phi(119)).isEqualTo(cbf.geometry().scan().phi(119));
    FrameBuffer.Pool expected = new FrameBuffer.Pool(cbf);
    FrameBuffer.Pool found = new FrameBuffer.Pool(stack);
    TWO.forEach(
        120,
        f -> {
          try (FrameBuffer a = expected.take();
              FrameBuffer b = found.take()) {
            a.read(f);
            b.read(f);
            assertThat(b.pixels(0)).as("frame %d", f).isEqualTo(a.pixels(0));
          }
        });
  }

  @Test
  void ourStacksShouldHoldWhatThoseOfMdx2Hold() throws IOException {
    Path list = Reference.file("dials/multi/split_0.expt");
    Path theirs = Reference.file("mdx2/split_0/data.nxs");
    ImageSeries images = Dials.read(list);
    Path data = folder.resolve("data.nxs");
    ImagePointer pointer = ImagePointer.of(data, list, 0, 120);
    Mdx2.writeImages(data, images, pointer, new int[] {10, 212, 487}, TWO);
    MillerIndexMap map =
        new GridMillerIndexMap(
            Reference.millerIndex(Reference.file("mdx2/split_0/geometry.nxs")), images.geometry());
    BraggMask bragg =
        new BraggMask(
            Mdx2.readPeakModel(Reference.file("mdx2/split_0/peaks.nxs")), 3, 40, true, false);
    MaskFrames frames =
        new MaskFrames(images, map, bragg, images.geometry().crystal().orElseThrow().spaceGroup());
    Path mask = folder.resolve("mask.nxs");
    Mdx2.writeMaskStack(mask, bragg, images, frames::read, TWO);
    String out =
        Python.run(
            """
            a, b, c, d = [h5py.File(n)['entry'] for n in sys.argv[1:]]
            for n in 'data', 'phi', 'iy', 'ix', 'exposure_times':
                x, y = a['image_series'][n], b['image_series'][n]
                assert x.dtype == y.dtype and np.array_equal(x[()], y[()]), n
            for n in 'signal', 'axis0', 'axis1', 'axis2':
                x, y = c['mask'][n], d['mask'][n]
                assert x.dtype == y.dtype and np.array_equal(x[()], y[()]), n
            s = h5py.File(sys.argv[2][:-8] + 'datastore/data_0.nxs')['entry/image_series/data']
            t = a['image_series/data']
            assert (t.chunks, t.compression, t.shuffle) == (s.chunks, s.compression, s.shuffle)
            assert c['mask/signal'].chunks == d['mask/signal'].chunks
            for x, y in (a['image_series'], b['image_series']), (c['mask'], d['mask']):
                assert list(x) == list(y) and set(x.attrs) == set(y.attrs)
                for k in x.attrs: assert np.array_equal(x.attrs[k], y.attrs[k]), k
            print(c['mask/signal'][()].sum())
            """,
            data,
            theirs,
            mask,
            Reference.file("mdx2/split_0/mask.nxs"));
    assertThat(out).isEqualTo("369814");
  }

  @Test
  void framesShouldNotDependOnTheOrderOfReading() throws IOException {
    ImageSeries stack = Mdx2.readImages(Reference.file("mdx2/split_0/data.nxs"));
    int[][] first = {new int[619 * 487]};
    int[][] again = {new int[619 * 487]};
    for (int f : new int[] {119, 0, 57, 60, 59}) {
      stack.source().read(f, first);
      stack.source().read((f + 31) % 120, again);
      stack.source().read(f, again);
      assertThat(again[0]).isEqualTo(first[0]);
    }
  }

  @Test
  void framesAndMetadataOfVeloxFilesShouldBeThoseOfH5py() throws IOException {
    for (String name : List.of("Test SI 16x16 215 kx.emd", "example_velox_EELS_EDS.emd")) {
      Path path = Reference.file("real/velox/" + name);
      String python =
          Python.run(
              """
              f = h5py.File(sys.argv[1])['Data/Image']
              for k in sorted(f):
                  d = f[k]['Data']
                  for i in range(d.shape[2]):
                      v = np.floor(d[:, :, i].astype(float) + 0.5).astype('i8').ravel()
                      print(k, i, d.shape[1], d.shape[0], (v * (np.arange(v.size) % 1009 + 1)).sum())
              """,
              path);
      StringBuilder ours = new StringBuilder();
      try (Hdf5File f = Hdf5File.open(path)) {
        for (String id : f.members("/Data/Image").stream().sorted().toList()) {
          Hdf5Frames frames = f.frames("/Data/Image/" + id + "/Data", 2);
          int[] pixels = new int[frames.width() * frames.height()];
          for (int i = 0; i < frames.frames(); i++) {
            frames.read(i, pixels);
            long sum = 0;
            for (int p = 0; p < pixels.length; p++) {
              sum += pixels[p] * (p % 1009 + 1L);
            }
            ours.append(
                String.join(
                    " ", id, "" + i, "" + frames.width(), "" + frames.height(), sum + "\n"));
          }
        }
      }
      assertThat(ours.toString().strip()).isEqualTo(python);
    }
    // h5py: Optics/AccelerationVoltage 300000, CameraLength 0.1159, two frames of 16 x 16
    Path si = Reference.file("real/velox/Test SI 16x16 215 kx.emd");
    ImageSource source = ImageFiles.open(si);
    assertThat(source.frames()).isEqualTo(2);
    assertThat(ImageFiles.header(si).distance().getAsDouble()).isEqualTo(115.9);
    assertThat(ImageFiles.header(si).beam().wavelength().getAsDouble()).isBetween(0.01968, 0.01969);
    assertThat(ImageFiles.header(si).detector()).isEqualTo("HAADF");
  }
}
