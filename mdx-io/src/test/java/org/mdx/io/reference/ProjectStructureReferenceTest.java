package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.hdf5.Python;
import org.mdx.io.nexus.ImagePointer;
import org.mdx.io.nexus.Mdx2;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;

/**
 * The structure of our project files against those of mdx2 1.0.4, as the HDF5 library sees it:
 * groups, datasets, their types, shapes, limits and filters, and attributes with their types,
 * character sets and values. Every difference is listed here.
 */
class ProjectStructureReferenceTest {

  /** Chunk lengths and the deflate level are free; root attributes that say when and by what. */
  private static final String SCRIPT =
      """
      def kind(a):
          t = a.get_type()
          text = t.get_class() == h5py.h5t.STRING
          return (t.get_class(), t.get_size() if not text else
              (t.is_variable_str(), t.get_cset(), t.get_strpad()), a.shape)
      def attributes(o):
          free = ('HDF5_Version', 'creator', 'creator_version', 'file_name', 'file_time',
              'h5py_version') if o.name == '/' else ()
          return {k: (kind(o.attrs.get_id(k)), np.array(o.attrs[k]).tolist())
              for k in o.attrs if k not in free}
      def dataset(d):
          t = d.id.get_type()
          text = t.get_class() == h5py.h5t.STRING
          return dict(type=(t.is_variable_str(), t.get_cset()) if text else d.dtype.str,
              truth=h5py.check_enum_dtype(d.dtype) is not None or d.dtype == bool,
              shape=d.shape, limits=d.maxshape, chunked=d.chunks is not None,
              filter=d.compression, shuffle=d.shuffle, checksum=d.fletcher32)
      def objects(path):
          f = h5py.File(path)
          found = {'/': f}
          f.visititems(lambda n, o: found.update({n: o}))
          return found
      a, b = objects(sys.argv[1]), objects(sys.argv[2])
      print('ours:', *sorted(set(a) - set(b)))
      print('theirs:', *sorted(set(b) - set(a)))
      for n in sorted(set(a) & set(b)):
          x, y = attributes(a[n]), attributes(b[n])
          if x != y:
              print(n, x, y)
          if isinstance(a[n], h5py.Dataset) != isinstance(b[n], h5py.Dataset):
              print(n, 'is of another kind')
          elif isinstance(a[n], h5py.Dataset):
              x, y = dataset(a[n]), dataset(b[n])
              for k in x:
                  if x[k] != y[k]:
                      print(n, k, x[k], y[k])
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "split_0/geometry.nxs | |",
        "split_0/peaks.nxs | entry/peak_model/count_threshold |",
        "split_0/integrated.nxs | |",
        "split_0/corrected.nxs | |",
        "split_0/scales.nxs | |",
        "merged.nxs | |",
        "merged_friedel.nxs | |",
        "split_0/mask.nxs | entry/mask_model entry/mask_model/centring_only"
            + " entry/mask_model/count_threshold entry/mask_model/inverted entry/mask_model/r0"
            + " entry/mask_model/sigma entry/mask_model/sigma_cutoff |",
        // the grid of rates is compressed, mdx2's is not
        "background/binned.nxs | |"
            + "entry/binned_image_series/signal chunked True False;"
            + "entry/binned_image_series/signal filter gzip None;"
            + "entry/binned_image_series/signal shuffle True False",
        // mdx2's pixels are a virtual dataset over chunked ones
        "split_0/data.nxs | entry/image_source entry/image_source/experiment"
            + " entry/image_source/experiments entry/image_source/experiments_absolute"
            + " entry/image_source/experiments_sha256 entry/image_source/frames |"
            + "entry/image_series/data chunked True False;"
            + "entry/image_series/data filter gzip None;"
            + "entry/image_series/data shuffle True False",
      })
  void filesShouldHaveTheStructureOfMdx2ButForWhatIsListed(
      String name, String additions, String differences) throws IOException {
    Path theirs = Reference.file("mdx2/" + name);
    Path ours = folder.resolve("ours.nxs");
    write(theirs, ours);
    String expected =
        "ours:"
            + (additions == null ? "" : " " + additions)
            + "\ntheirs:"
            + (differences == null ? "" : "\n" + differences.replace(";", "\n"));
    assertThat(Python.run(SCRIPT, ours, theirs)).isEqualTo(expected);
  }

  /** Reads their file and writes what it says. */
  private static void write(Path theirs, Path ours) throws IOException {
    switch (theirs.getFileName().toString()) {
      case "geometry.nxs" -> Mdx2.writeGeometry(ours, Mdx2.readGeometry(theirs));
      case "binned.nxs" -> Mdx2.writeBinned(ours, Mdx2.readBinned(theirs));
      case "scales.nxs" -> Mdx2.writeScales(ours, Mdx2.readScales(theirs));
      case "peaks.nxs" -> {
        Scan scan = images().geometry().scan();
        Mdx2.writePeaks(ours, Mdx2.readPeaks(theirs, scan).toPeaks(40), scan);
      }
      case "data.nxs" -> {
        Path list = Reference.file("dials/multi/split_0.expt");
        ImagePointer pointer = ImagePointer.of(ours, list, 0, 120);
        Mdx2.writeImages(ours, images(), pointer, new int[] {10, 212, 487}, Parallel.available());
      }
      case "mask.nxs" -> {
        BraggMask mask =
            new BraggMask(
                Mdx2.readPeakModel(Reference.file("mdx2/split_0/peaks.nxs")), 3, 40, true, false);
        Mdx2.writeMaskStack(ours, mask, images(), (f, into) -> into[f] = 1, Parallel.available());
      }
      default -> Mdx2.writeTable(ours, Mdx2.readTable(theirs));
    }
  }

  private static ImageSeries images() throws IOException {
    return Dials.read(Reference.file("dials/multi/split_0.expt"));
  }
}
