package org.mdx.io.nxmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;
import org.mdx.io.dials.Dials;
import org.mdx.io.hdf5.Python;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.io.input.Images;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.math.Vec3;

/** Files made by h5py; what is expected of their geometry is what dxtbx 3.12.1 reads from them. */
class NxmxFormatTest {
  static final String SCRIPT =
      """
      import os
      d = sys.argv[1]
      v = (np.arange(12)[:, None, None] * 100 + np.arange(9)[:, None] * 7 + np.arange(11)).astype('u2')
      v[:, 2, 3] = 65535
      v[:, 2, 4] = 65534
      v[5, 6, 7] = 40000
      def group(f, p, c):
          g = f.require_group(p); g.attrs['NX_class'] = c; return g
      def axis(g, name, v, vec, kind, dep, units, offset=None):
          x = g.create_dataset(name, data=v)
          x.attrs['vector'] = np.array(vec, float); x.attrs['transformation_type'] = kind
          x.attrs['depends_on'] = dep; x.attrs['units'] = units
          if offset is not None:
              x.attrs['offset'] = np.array(offset, float); x.attrs['offset_units'] = 'mm'
      def put(g, name, v, units=None):
          g[name] = v
          if units: g[name].attrs['units'] = units
      def common(f):
          e = group(f, 'entry', 'NXentry'); i = group(e, 'instrument', 'NXinstrument')
          put(group(i, 'beam', 'NXbeam'), 'incident_wavelength', 0.9763, 'angstrom')
          q = group(i, 'detector', 'NXdetector')
          q['description'] = 'Dectris EIGER2 X'; q['sensor_material'] = 'Silicon'
          put(q, 'sensor_thickness', 4.5e-4, 'm'); put(q, 'count_time', 0.01, 's')
          put(q, 'frame_time', 0.0101, 's')
          m = np.zeros((9, 11), 'u4'); m[0, 0] = 1; m[8] = 16
          return e, q, m
      with h5py.File(d + '/nxmx.nxs', 'w', libver='latest') as f:
          e, q, m = common(f); e['definition'] = np.bytes_('NXmx'); q['pixel_mask'] = m
          group(e, 'instrument/attenuator', 'NXattenuator')['attenuator_transmission'] = 0.3
          g = group(e, 'data', 'NXdata'); g.attrs['signal'] = 'data'
          g.create_dataset('data', data=v, chunks=(1, 9, 11), compression=1, shuffle=True)
          q['saturation_value'] = 39999; q['underload_value'] = 0; q['bit_depth_readout'] = 16
          s = group(e, 'sample', 'NXsample'); s['depends_on'] = '/entry/sample/transformations/phi'
          t = group(s, 'transformations', 'NXtransformations')
          axis(t, 'phi', [0.], (-1, 0, 0), 'rotation', '/entry/sample/transformations/chi', 'deg')
          axis(t, 'chi', [10.], (0, 0, 1), 'rotation', '/entry/sample/transformations/omega', 'deg')
          axis(t, 'omega', 20 + 0.2 * np.arange(12), (-1, 0, 0), 'rotation', '.', 'deg')
          t['omega_end'] = 20.2 + 0.2 * np.arange(12)
          t = group(q, 'transformations', 'NXtransformations')
          axis(t, 'det_z', [0.2], (0, 0, 1), 'translation', 'two_theta', 'm')
          axis(t, 'two_theta', [12.], (-1, 0, 0), 'rotation', '.', 'deg')
          o = group(q, 'module', 'NXdetector_module')
          o['data_origin'] = [0, 0]; o['data_size'] = [9, 11]
          axis(o, 'module_offset', [0.], (1, 0, 0), 'translation',
              '/entry/instrument/detector/transformations/det_z', 'm', (7.5, 4.5, 0.1))
          axis(o, 'fast_pixel_direction', [7.5e-5], (-1, 0, 0), 'translation', 'module_offset', 'm')
          axis(o, 'slow_pixel_direction', [7.5e-5], (0, -1, 0), 'translation', 'module_offset', 'm')
      with h5py.File(d + '/x_master.h5', 'w') as f:
          e, q, m = common(f)
          put(q, 'x_pixel_size', 7.5e-5, 'm'); put(q, 'y_pixel_size', 7.5e-5, 'm')
          put(q, 'detector_distance', 0.15, 'm'); q['beam_center_x'] = 5.; q['beam_center_y'] = 4.
          q['detector_number'] = 'E-08-0104'
          z = q.create_group('detectorSpecific'); z['pixel_mask'] = m
          z['nimages'] = 4; z['ntrigger'] = 3; z['countrate_correction_count_cutoff'] = 39999
          q['bit_depth_image'] = 16; q['bit_depth_readout'] = 32
          put(e, 'sample/goniometer/omega_range_average', 0.1, 'degree')
          g = q.create_group('geometry')
          g['orientation/value'] = [-1., 0, 0, 0, -1, 0]
          put(g, 'translation/distances', [5 * 7.5e-5, 4 * 7.5e-5, -0.15], 'm')
          g = group(e, 'data', 'NXdata')
          for i in range(4):
              g['data_00000%d' % (i + 1)] = h5py.ExternalLink('x_data_00000%d.h5' % (i + 1), '/entry/data/data')
      for i in range(3):
          with h5py.File(d + '/x_data_00000%d.h5' % (i + 1), 'w') as f:
              f.create_dataset('entry/data/data', data=v[5 * i:5 * i + 5], chunks=(1, 9, 11))
      """;

  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Python.run(SCRIPT, folder);
  }

  private static int expected(int frame, int y, int x) {
    if (y == 0 && x == 0 || y == 8 || y == 2 && x == 3) {
      return Pixels.MASKED;
    }
    boolean mark = y == 2 && x == 4;
    return mark ? Pixels.MASKED : frame == 5 && y == 6 && x == 7 ? 40000 : frame * 100 + y * 7 + x;
  }

  private static void requireFrames(ImageSource source, int first, int count) throws IOException {
    assertThat(source.frames()).isEqualTo(count);
    int[][] pixels = {new int[9 * 11]};
    for (int i = 0; i < count; i++) {
      source.read(i, pixels);
      for (int p = 0; p < 99; p++) {
        assertThat(pixels[0][p])
            .as("frame %d, pixel %d", i, p)
            .isEqualTo(expected(first + i, p / 11, p % 11));
      }
    }
  }

  @Test
  void framesShouldBeThoseOfH5pyWithMaskAndMarksNegative() throws IOException {
    requireFrames(ImageFiles.open(folder.resolve("nxmx.nxs")), 0, 12);
    requireFrames(ImageFiles.open(folder.resolve("x_master.h5")), 0, 12);
  }

  @Test
  void geometryOfDependencyChainsShouldBeThatOfDxtbx() throws IOException {
    ImageHeader h = ImageFiles.header(folder.resolve("nxmx.nxs"));
    PanelHeader p = h.panels().get(0);
    assertThat(h.format()).isEqualTo("NXmx");
    assertThat(h.scan().transmission()).hasValue(0.3);
    assertThat(p.origin().orElseThrow().minus(new Vec3(-7.5, 46.0047935, -194.7917320)).norm())
        .isLessThan(1e-6);
    assertThat(p.fast().orElseThrow()).isEqualTo(new Vec3(1, 0, 0));
    assertThat(p.slow().orElseThrow().minus(new Vec3(0, -0.9781476, -0.2079117)).norm())
        .isLessThan(1e-7);
    assertThat(p.pixelWidth().getAsDouble()).isCloseTo(0.075, within(1e-12));
    assertThat(p.thickness().getAsDouble()).isCloseTo(0.45, within(1e-12));
    assertThat(p.trustedMin().getAsDouble()).isZero();
    assertThat(p.trustedMax().getAsDouble()).isEqualTo(39999);
    assertThat(p.mask().orElseThrow().count()).isEqualTo(12);
    assertThat(h.beam().wavelength().getAsDouble()).isEqualTo(0.9763);
    assertThat(h.scan().start().getAsDouble()).isEqualTo(20);
    assertThat(h.scan().width().getAsDouble()).isCloseTo(0.2, within(1e-9));
    assertThat(h.scan().axis().orElseThrow()).isEqualTo(new Vec3(1, 0, 0));
  }

  @Test
  void geometryOfMasterFilesShouldBeThatOfDxtbx() throws IOException {
    ImageHeader h = ImageFiles.header(folder.resolve("x_master.h5"));
    PanelHeader p = h.panels().get(0);
    assertThat(h.format()).isEqualTo("Dectris HDF5");
    assertThat(p.origin().orElseThrow().minus(new Vec3(-0.375, 0.3, -150)).norm()).isLessThan(1e-9);
    assertThat(p.fast().orElseThrow()).isEqualTo(new Vec3(1, 0, 0));
    assertThat(p.slow().orElseThrow()).isEqualTo(new Vec3(0, -1, 0));
    assertThat(h.scan().width().getAsDouble()).isEqualTo(0.1);
    assertThat(h.details()).containsEntry("nimages", "4").containsEntry("ntrigger", "3");
  }

  @Test
  void triggersShouldBeRangesOfFramesInExperimentLists() throws IOException {
    requireFrames(Dials.read(list("x_master.h5", "[4, 5, 6, 7]", 5)).source(), 4, 4);
    requireFrames(Dials.read(list("x_master.h5", "[]", 9)).source(), 8, 4);
    assertThatThrownBy(() -> Dials.read(list("x_master.h5", "[]", 10)))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("12 frames");
  }

  @Test
  void framesShouldBeThoseThatTheScanNumbersWhateverTheIndicesSay() throws IOException {
    // dxtbx 3.12.1 reads from these lists the frames 8 to 11, 2 to 5 and 0 to 3
    requireFrames(Dials.read(list("nxmx.nxs", "[0, 1, 2, 3]", 9)).source(), 8, 4);
    requireFrames(Dials.read(list("nxmx.nxs", "[0, 1, 2, 3, 4, 5, 6, 7, 8]", 3)).source(), 2, 4);
    requireFrames(Dials.read(list("nxmx.nxs", "[11, 0, 3, 5]", 1)).source(), 0, 4);
  }

  private Path list(String file, String indices, int first) throws IOException {
    return Files.writeString(
        folder.resolve("list.expt"),
        """
        {"__id__": "ExperimentList",
         "experiment": [{"__id__": "Experiment", "identifier": "", "beam": 0, "detector": 0,
           "goniometer": 0, "scan": 0, "imageset": 0}],
         "imageset": [{"__id__": "ImageSequence", "template": "%s", "single_file_indices": %s}],
         "beam": [{"direction": [0, 0, 1], "wavelength": 1}],
         "detector": [{"panels": [{"name": "p", "origin": [0, 0, -100], "fast_axis": [1, 0, 0],
           "slow_axis": [0, -1, 0], "pixel_size": [0.1, 0.1], "image_size": [11, 9],
           "trusted_range": [-1, 39999]}]}],
         "goniometer": [{"rotation_axis": [1, 0, 0]}],
         "scan": [{"image_range": [%d, %d], "oscillation": [0, 0.1], "exposure_time": [1]}],
         "crystal": []}
        """
            .formatted(file, indices, first, first + 3));
  }

  @Test
  void missingPartsShouldBeNamedUnlessTheyAreTheLast() throws IOException {
    Files.delete(folder.resolve("x_data_000002.h5"));
    assertThatThrownBy(() -> ImageFiles.open(folder.resolve("x_master.h5")))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("x_data_000002.h5");
    Files.delete(folder.resolve("x_data_000003.h5"));
    requireFrames(ImageFiles.open(folder.resolve("x_master.h5")), 0, 5);
  }

  @Test
  void damagedFilesShouldGiveFramesOrAFormatException() throws IOException {
    Mutations m = Mutations.of(300, 5);
    for (String name : List.of("nxmx.nxs", "x_master.h5", "x_data_000002.h5")) {
      Path path = folder.resolve(name);
      byte[] whole = Files.readAllBytes(path);
      Path first = name.equals("x_data_000002.h5") ? folder.resolve("x_master.h5") : path;
      int refused = Trial.damage(path, m, 64L << 20, () -> readAll(first));
      assertThat(refused).as(name).isBetween(m.cases() / 30, m.cases() - m.cases() / 60);
      Files.write(path, whole);
    }
  }

  private static void readAll(Path path) throws IOException {
    ImageFiles.header(path);
    ImageSource s = ImageFiles.open(path);
    int[][] pixels = new int[s.panels()][];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = new int[s.width(p) * s.height(p)];
    }
    for (int i = 0; i < Math.min(20, s.frames()); i++) {
      s.read(i, pixels);
    }
  }

  private static final String CIRCLES =
      """
      d = sys.argv[1]
      def master(name, shape, circles, n=4):
          with h5py.File(d + '/' + name, 'w') as f:
              e = f.create_group('entry'); e.attrs['NX_class'] = 'NXentry'
              q = e.create_group('instrument/detector'); q['bit_depth_image'] = 32
              e.create_group('data')['data_000001'] = np.arange(np.prod(shape), dtype='u4').reshape(shape)
              g = e.create_group('sample/goniometer')
              for k, (start, step) in circles.items():
                  g[k] = start + step * np.arange(n); g[k + '_end'] = start + step * (np.arange(n) + 1)
                  g[k + '_range_average'] = step
              return
      master('phi.h5', (4, 3, 5), dict(omega=(30., 0), chi=(0., 0), phi=(10., .5)))
      master('chi.h5', (4, 3, 5), dict(omega=(30., 0), chi=(40., 0), phi=(10., .5)))
      master('one.h5', (4, 1, 3, 5), dict(omega=(10., .5)))
      master('two.h5', (4, 2, 3, 5), dict(omega=(10., .5)))
      with h5py.File(d + '/two.h5', 'a') as f:
          f['entry/instrument/detector/threshold_energy'] = [4000., 9000.]
      with h5py.File(d + '/nxmx.nxs', 'a') as f:
          del f['entry/data/data']; f['entry/data/data'] = np.zeros((1, 9, 11), 'u2')
          t = f['entry/sample/transformations']
          a = dict(t['omega'].attrs)
          del t['omega'], t['omega_end']
          t['omega'] = [20.]; t['omega_end'] = [20.2]
          for k in a: t['omega'].attrs[k] = a[k]
      """;

  @Test
  void theCircleThatTurnsShouldBeTheScanOfADectrisFile() throws IOException {
    Python.run(CIRCLES, folder);
    ImageHeader phi = ImageFiles.header(folder.resolve("phi.h5"));
    assertThat(phi.scan().start()).hasValue(10);
    assertThat(phi.scan().width()).hasValue(0.5);
    Vec3 axis = phi.scan().axis().orElseThrow();
    assertThat(axis.minus(new Vec3(1, 0, 0)).norm()).isLessThan(1e-12);
    // omega at 30° turns the sample about the same axis
    Vec3 y = phi.scan().fixedRotation().orElseThrow().times(new Vec3(0, 1, 0));
    assertThat(y.minus(new Vec3(0, Math.sqrt(0.75), 0.5)).norm()).isLessThan(1e-12);
    ImageHeader chi = ImageFiles.header(folder.resolve("chi.h5"));
    assertThat(chi.scan().width()).hasValue(0.5);
    assertThat(chi.scan().axis()).isEmpty();
    assertThat(chi.notes()).singleElement().asString().contains("phi", "--axis");
  }

  /** The axis whose end is another than its beginning, not the one nearest to the sample. */
  @Test
  void aFileOfOneImageShouldTellItsScanAxisByItsEnd() throws IOException {
    Python.run(CIRCLES, folder);
    ImageHeader h = ImageFiles.header(folder.resolve("nxmx.nxs"));
    assertThat(h.details()).containsEntry("Scan axis", "omega");
    assertThat(h.scan().start()).hasValue(20);
    assertThat(h.scan().width().getAsDouble()).isCloseTo(0.2, within(1e-9));
  }

  /** Images x thresholds x rows x columns; pixels count up in that order. */
  @Test
  void oneOfSeveralThresholdsShouldBeChosen() throws IOException {
    Python.run(CIRCLES, folder);
    ImageSource one = ImageFiles.open(folder.resolve("one.h5"));
    assertThat(one.frames()).isEqualTo(4);
    int[][] pixels = {new int[15]};
    one.read(3, pixels);
    assertThat(pixels[0][14]).isEqualTo(59);
    Path two = folder.resolve("two.h5");
    ImportOptions options =
        ImportOptions.defaults()
            .withOverrides(
                InstrumentProfile.empty()
                    .with(Setting.WAVELENGTH, 1.)
                    .with(Setting.DISTANCE, 100.)
                    .with(Setting.PIXEL_SIZE, new Pair(0.075, 0.075))
                    .with(Setting.BEAM_CENTRE, new Pair(2, 1)));
    assertThatThrownBy(() -> Images.open(two)).hasMessageContaining("2 thresholds");
    assertThatThrownBy(() -> Images.openAll(options.withThreshold(3), two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 (4000 eV), 2 (9000 eV)");
    for (int t = 1; t <= 2; t++) {
      List<ImportedSweep> sweeps =
          SweepImport.read(List.of(two.toString()), options.withThreshold(t));
      Path expt = folder.resolve("t.expt");
      SweepImport.write(expt, sweeps);
      ImageSeries series = Images.open(expt);
      assertThat(series.frames()).isEqualTo(4);
      assertThat(series.geometry().scan().start()).isEqualTo(10);
      for (int f = 0; f < 4; f++) {
        series.source().read(f, pixels);
        assertThat(pixels[0][7]).isEqualTo((f * 2 + t - 1) * 15 + 7);
      }
    }
  }
}
