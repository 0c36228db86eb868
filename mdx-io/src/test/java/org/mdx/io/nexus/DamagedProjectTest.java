package org.mdx.io.nexus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;
import org.mdx.io.hdf5.Python;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.math.GridAxis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.peaks.Peaks;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Damaged files of every stage of a project: a value or a format exception. */
class DamagedProjectTest {
  private static final int CASES = 300;
  private static final long MOST_BYTES = 64L << 20;
  private static final double[] SIX = {1, 2, 3, 4, 5, 6};
  private static final PeakModel MODEL =
      new PeakModel(new Vec3(0, 0.1, 0), Mat3.rotation(new Vec3(1, 0, 0), 20));

  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name + ".nxs");
  }

  private static void damage(Path path, Trial.Reading reading) throws IOException {
    reading.read();
    Mutations m = Mutations.of(CASES, 8);
    int refused = Trial.damage(path, m, MOST_BYTES, reading);
    assertThat(refused).as(path.toString()).isBetween(m.cases() / 30, m.cases() - 1);
  }

  @Test
  void geometriesShouldBeReadOrRefused() throws IOException {
    double[] iy = {-0.5, 9.5, 19.5};
    double[] ix = {-0.5, 4.5};
    double[] twelve = new Random(2).doubles(12).toArray();
    Path path = file("geometry");
    Mdx2.writeGeometry(
        path,
        new MdxGeometryFile(
            new UnitCell(30, 31, 32, 90, 90, 90),
            SpaceGroup.parse("P 21 21 21"),
            Mat3.IDENTITY,
            Mat3.rotation(new Vec3(1, 2, 3), 40)
                .times(new UnitCell(30, 31, 32, 90, 90, 90).reciprocal()),
            Optional.of(CorrectionGrid.of(iy, ix, SIX, SIX, SIX, SIX, SIX, SIX)),
            Optional.of(MillerIndexGrid.of(new double[] {0, 1}, iy, ix, twelve, twelve, twelve))));
    damage(path, () -> Mdx2.readGeometry(path));
  }

  @Test
  void tablesShouldBeReadOrRefused() throws IOException {
    Random r = new Random(3);
    int n = 300;
    float[] intensity = new float[n];
    for (int i = 0; i < n; i++) {
      intensity[i] = (float) r.nextGaussian();
    }
    Path path = file("integrated");
    Mdx2.writeTable(
        path,
        HKLTable.of(
                new Subdivision(3, 3, 2),
                IntColumn.of(r.ints(n, -300, 300).toArray()),
                IntColumn.of(r.ints(n, -300, 300).toArray()),
                IntColumn.of(r.ints(n, -300, 300).toArray()))
            .with("intensity", FloatColumn.of(intensity)));
    damage(path, () -> Mdx2.readTable(path));
  }

  @Test
  void modelsShouldBeReadOrRefused() throws IOException {
    Scan scan = new Scan(1, 0, 0.5, new double[] {1, 1, 1, 1});
    PeakPositions some =
        PeakPositions.of(new int[] {0, 3}, new int[2], new int[] {5, 6}, new int[] {9, 8});
    Path peaks = file("peaks");
    Mdx2.writePeaks(peaks, new Peaks(MODEL, some, some, 40), scan);
    damage(peaks, () -> Mdx2.readPeaks(peaks, scan).toPeaks(40));
    Path mask = file("mask");
    Mdx2.writeMask(mask, new BraggMask(MODEL, 3, 40, false, false));
    damage(mask, () -> Mdx2.readMask(mask));
    Path scales = file("scales");
    GridAxis phi = GridAxis.of(0, 1, 2);
    Mdx2.writeScales(
        scales,
        ScalingModel.of(
            new ScaleTerm(ControlGrid.ofPanels(List.of(phi), 1, new double[] {1, 2, 3})),
            new OffsetTerm(ControlGrid.ofPanels(List.of(GridAxis.of(0.1, 0.2), phi), 1, SIX))));
    damage(scales, () -> Mdx2.readScales(scales));
  }

  @Test
  void gridsShouldBeReadOrRefused() throws IOException {
    Path binned = file("binned");
    BinnedImageSeries.Bins bins =
        BinnedImageSeries.Bins.of(
            new double[] {1, 3}, new double[] {4, 5, 6}, new double[] {5}, SIX, SIX.clone());
    Mdx2.writeBinned(binned, new BinnedImageSeries(List.of(bins)));
    damage(binned, () -> Mdx2.readBinned(binned));
    Path map = file("map");
    Mdx2.writeMap(
        map,
        ReciprocalMap.of(
            "intensity", new Subdivision(3, 2, 1), new VoxelBox(-2, 0, 1, 3, 4, 5), new float[60]));
    damage(map, () -> Mdx2.readMap(map));
  }

  @Test
  void pointersShouldBeReadOrRefused() throws IOException {
    Path list = Files.writeString(folder.resolve("a.expt"), "{}");
    Path path = file("data");
    Mdx2.writeImagePointer(path, ImagePointer.of(path, list, 0, 12));
    damage(path, () -> Mdx2.readImagePointer(path).find(path));
  }

  /** As mdx2 lays them out: a virtual dataset over other files, and a mask in chunks. */
  @Test
  void stacksShouldBeReadOrRefused() throws IOException {
    Path data = file("data");
    Path mask = file("mask");
    Python.run(
        """
        import os
        d = os.path.dirname(sys.argv[1]); os.mkdir(d + '/datastore')
        v = np.arange(8 * 6 * 5, dtype='i4').reshape(8, 6, 5)
        layout = h5py.VirtualLayout((8, 6, 5), 'i4')
        for i in range(2):
            name = 'datastore/data_%d.nxs' % i
            with h5py.File(d + '/' + name, 'w') as f:
                f.create_dataset('entry/image_series/data', data=v[4 * i:4 * i + 4],
                    chunks=(2, 3, 5), compression=1, shuffle=True)
            layout[4 * i:4 * i + 4] = h5py.VirtualSource(name, 'entry/image_series/data', (4, 6, 5))
        def stack(path, name, axes, signal, put):
            with h5py.File(path, 'w', libver=('earliest', 'v110')) as f:
                f.attrs['mdx2_version'] = '1.0.4'
                g = f.create_group('entry/' + name)
                g.attrs['signal'] = signal; g.attrs['axes'] = axes
                for a, n in zip(axes, (8, 6, 5)): g[a] = np.arange(float(n))
                put(g)
        stack(sys.argv[1], 'image_series', ['phi', 'iy', 'ix'], 'data',
            lambda g: g.create_virtual_dataset('data', layout))
        stack(sys.argv[2], 'mask', ['axis0', 'axis1', 'axis2'], 'signal',
            lambda g: g.create_dataset('signal', data=v % 3 == 0, chunks=(8, 1, 1), compression=4))
        """,
        data, mask);
    byte[] whole = Files.readAllBytes(data);
    damage(data, () -> readAll(Mdx2.readImages(data)));
    Files.write(data, whole);
    damage(mask, () -> readAll(Mdx2.applyMaskStack(mask, Mdx2.readImages(data))));
    Path part = folder.resolve("datastore/data_1.nxs");
    damage(part, () -> readAll(Mdx2.readImages(data)));
  }

  private static void readAll(ImageSeries images) throws IOException {
    try (FrameBuffer b = new FrameBuffer.Pool(images).take()) {
      for (int i = 0; i < Math.min(20, images.frames()); i++) {
        b.read(i);
      }
    }
  }
}
