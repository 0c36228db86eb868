package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ChunkedImages;
import org.mdx.image.ImageChunks;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.io.hdf5.FrameSource;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.map.ReciprocalMap;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.Peaks;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;

/**
 * Reads and writes the NeXus files of mdx2, each stage's value from and to its file.
 *
 * <p>All readers throw {@link IOException} if the file does not exist or cannot be read and {@link
 * org.mdx.io.MdxFormatException} if it is damaged, no HDF5 file, or holds something else. All
 * writers throw {@link IOException} if the file cannot be written, and then leave nothing behind.
 * Both use all processors while they work.
 */
public final class Mdx2 {

  /** The version of mdx2 whose layout the files have. */
  public static final String VERSION = "1.0.4";

  private static final String TABLE =
      "a table: integrated.nxs, corrected.nxs, or merged.nxs of merge or reduce";
  private static final String IMAGES = "data.nxs of import-data";
  private static final String MASK = "mask.nxs of mask-peaks or reduce";
  private static final String PEAKS = "peaks.nxs of find-peaks or reduce";
  private static final String MAP = "map.nxs of map or reduce";

  private Mdx2() {}

  /**
   * Whether a file looks like one of mdx2.
   *
   * @param path the file
   * @return true if it is an HDF5 file with the root attribute {@code mdx2_version}
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    if (!Hdf5File.recognizes(path)) {
      return false;
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      return !file.attribute("/", "mdx2_version").isEmpty();
    }
  }

  /**
   * Reads a geometry.
   *
   * @param path the file
   * @return crystal, space group and the grids that are there
   * @throws IOException see above
   */
  public static MdxGeometryFile readGeometry(Path path) throws IOException {
    return read(path, "geometry.nxs of import-geometry", GeometryFormat::read);
  }

  /**
   * Writes a geometry.
   *
   * @param path the file
   * @param geometry crystal, space group and grids
   * @throws IOException see above
   */
  public static void writeGeometry(Path path, MdxGeometryFile geometry) throws IOException {
    GeometryFormat.write(geometry).write(path, Parallel.available());
  }

  /**
   * Reads an integrated, corrected or merged table.
   *
   * @param path the file
   * @return the table with all its columns; 4-byte floats as such, 8-byte floats as double,
   *     integers as int
   * @throws IOException see above
   */
  public static HKLTable readTable(Path path) throws IOException {
    return read(path, TABLE, in -> TableObject.read(in, name -> true));
  }

  /**
   * Reads some columns of a table, which saves time and memory.
   *
   * @param path the file
   * @param columns names of columns; those that the file does not have are left out
   * @return the table with its indices and these columns
   * @throws IOException see above
   */
  public static HKLTable readTable(Path path, Collection<String> columns) throws IOException {
    return read(path, TABLE, in -> TableObject.read(in, columns::contains));
  }

  /**
   * How many rows a table has, without reading them.
   *
   * @param path the file
   * @return 0 or more
   * @throws IOException see above
   */
  public static int tableRows(Path path) throws IOException {
    return read(path, TABLE, TableObject::rows);
  }

  /**
   * Writes a table.
   *
   * @param path the file
   * @param table of any stage
   * @throws IOException see above
   */
  public static void writeTable(Path path, HKLTable table) throws IOException {
    TableObject.write(table).write(path, Parallel.available());
  }

  /**
   * Reads where the images of a sweep are.
   *
   * @param path the file, written by {@link #writeImagePointer}
   * @return the pointer
   * @throws IOException see above
   */
  public static ImagePointer readImagePointer(Path path) throws IOException {
    return read(path, IMAGES, ImagePointerFormat::read);
  }

  /**
   * Writes where the images of a sweep are, in place of the images. mdx2 cannot read it.
   *
   * @param path the file
   * @param pointer made for this file
   * @throws IOException see above
   */
  public static void writeImagePointer(Path path, ImagePointer pointer) throws IOException {
    ImagePointerFormat.write(pointer).write(path, Parallel.available());
  }

  /**
   * Whether a file holds images and not only where they are.
   *
   * @param path an HDF5 file
   * @return true if it has mdx2's {@code image_series}
   * @throws IOException if it cannot be read
   */
  public static boolean isImageStack(Path path) throws IOException {
    return read(path, IMAGES, in -> in.has(ImageStack.NAME));
  }

  /**
   * Whether a file says where the images are.
   *
   * @param path an HDF5 file
   * @return true if {@link #readImagePointer} finds something
   * @throws IOException if it cannot be read
   */
  public static boolean isImagePointer(Path path) throws IOException {
    return read(path, IMAGES, in -> in.has(ImagePointerFormat.NAME));
  }

  /**
   * Opens a stack of images. It knows nothing of beam, detector and crystal: of the geometry only
   * the number of pixels and the scan are true. The file stays open for the frames.
   *
   * @param path the file, of mdx2 or of {@link #writeImages}
   * @return the frames over their angles, of one panel
   * @throws IOException see above
   */
  public static ImageSeries readImages(Path path) throws IOException {
    ImageStack stack;
    ImageChunks chunks;
    try (Hdf5File file = Hdf5File.open(path)) {
      stack = ImageStack.read(file);
      chunks = stack.chunks();
    }
    Geometry g = stack.nominalGeometry();
    Panel panel = g.detector().panels().get(0);
    return new ImageSeries(
        g,
        new ChunkedImages(
            new ImageSeriesFormat().open(List.of(path), stack.frames(), g.detector()), chunks),
        List.of(PixelMask.none(panel.width(), panel.height())));
  }

  /**
   * Writes all images of a sweep as mdx2 stores them, and where they are from. Reads them while it
   * writes; in memory are the frames of one layer of chunks.
   *
   * @param path the file
   * @param images of one panel
   * @param pointer made for this file
   * @param chunk frames, rows and columns of a chunk
   * @param parallel threads that read and compress
   * @throws IOException see above
   * @throws IllegalArgumentException if there are several panels or a number is below 1
   */
  public static void writeImages(
      Path path, ImageSeries images, ImagePointer pointer, int[] chunk, Parallel parallel)
      throws IOException {
    ImagePointerFormat.write(
            pointer, ImageStack.write(images, chunk), images.geometry().scan().transmission())
        .write(path, parallel);
  }

  /**
   * Writes a mask with a truth value for every pixel of every frame, as mdx2 stores it, and the
   * function that it comes from.
   *
   * @param path the file
   * @param mask the function
   * @param images of one panel
   * @param frames gives 1 for each pixel that the mask leaves out, 0 for the others
   * @param parallel threads that evaluate and compress
   * @throws IOException see above
   * @throws IllegalArgumentException if there are several panels
   */
  public static void writeMaskStack(
      Path path, BraggMask mask, ImageSeries images, FrameSource frames, Parallel parallel)
      throws IOException {
    MaskStack.write(mask, images, frames).write(path, parallel);
  }

  /**
   * Whether a mask file has a truth value for every pixel and no function.
   *
   * @param path an HDF5 file
   * @return true if {@link #applyMaskStack} is the way to use it
   * @throws IOException if it cannot be read
   */
  public static boolean isMaskStack(Path path) throws IOException {
    return read(path, MASK, in -> in.has(MaskStack.NAME) && !in.has(MaskFormat.NAME));
  }

  /**
   * Leaves out what a mask with a truth value for every pixel leaves out.
   *
   * @param path the file, such as mdx2 writes it; stays open for the frames
   * @param images of one panel
   * @return the same images with −1 where the mask is true
   * @throws IOException see above
   */
  public static ImageSeries applyMaskStack(Path path, ImageSeries images) throws IOException {
    return images.withSource(MaskStack.open(Hdf5File.open(path), images));
  }

  /**
   * Reads the peaks of a sweep.
   *
   * @param path the file
   * @param scan of the sweep, by which angles become frames
   * @return model, strong pixels and outliers
   * @throws IOException see above
   */
  public static PeaksFile readPeaks(Path path, Scan scan) throws IOException {
    return read(path, PEAKS, in -> PeaksFormat.read(in, scan));
  }

  /**
   * Reads just the peak model of a peaks file.
   *
   * @param path the file
   * @return the model
   * @throws IOException see above
   */
  public static PeakModel readPeakModel(Path path) throws IOException {
    return read(path, PEAKS, PeaksFormat::readModel);
  }

  /**
   * Writes the peaks of a sweep.
   *
   * @param path the file
   * @param peaks model, strong pixels and outliers
   * @param scan of the sweep, by which frames become angles
   * @throws IOException see above
   */
  public static void writePeaks(Path path, Peaks peaks, Scan scan) throws IOException {
    PeaksFormat.write(peaks, scan).write(path, Parallel.available());
  }

  /**
   * Reads a Bragg mask.
   *
   * @param path the file
   * @return the mask as a function
   * @throws IOException see above
   */
  public static BraggMask readMask(Path path) throws IOException {
    return read(path, MASK, MaskFormat::read);
  }

  /**
   * Writes a Bragg mask as a model: a few numbers.
   *
   * @param path the file
   * @param mask the mask
   * @throws IOException see above
   */
  public static void writeMask(Path path, BraggMask mask) throws IOException {
    MaskFormat.write(mask).write(path, Parallel.available());
  }

  /**
   * Reads binned images, such as a background.
   *
   * @param path the file
   * @return count rates; variances only if the file has them
   * @throws IOException see above
   */
  public static BinnedImageSeries readBinned(Path path) throws IOException {
    return read(path, "binned.nxs of bin-image-series or reduce", BinnedFormat::read);
  }

  /**
   * Writes binned images.
   *
   * @param path the file
   * @param series the bins of each panel
   * @throws IOException see above
   */
  public static void writeBinned(Path path, BinnedImageSeries series) throws IOException {
    BinnedFormat.write(series).write(path, Parallel.available());
  }

  /**
   * Reads the scaling model of a sweep.
   *
   * @param path the file
   * @return the terms that the file has
   * @throws IOException see above
   */
  public static ScalingModel readScales(Path path) throws IOException {
    return read(path, "scales.nxs of scale or reduce", ScalesFormat::read);
  }

  /**
   * Writes the scaling model of a sweep. mdx2 reads it if its terms are for one panel.
   *
   * @param path the file
   * @param model of one sweep
   * @throws IOException see above
   */
  public static void writeScales(Path path, ScalingModel model) throws IOException {
    ScalesFormat.write(model).write(path, Parallel.available());
  }

  /**
   * Reads a map.
   *
   * @param path the file; it must hold one grid over h, k, l
   * @return the map, in single precision
   * @throws IOException see above
   */
  public static ReciprocalMap readMap(Path path) throws IOException {
    return read(path, MAP, MapObject::read);
  }

  /**
   * Writes a map.
   *
   * @param path the file
   * @param map of which the name becomes the object's
   * @throws IOException see above
   */
  public static void writeMap(Path path, ReciprocalMap map) throws IOException {
    writeMap(path, map, CrystalSymmetry.NONE);
  }

  /**
   * Writes a map with cell and space group of the crystal beside it, where mdx2 does not look.
   *
   * @param path the file
   * @param map of which the name becomes the object's
   * @param symmetry as far as it is known
   * @throws IOException see above
   */
  public static void writeMap(Path path, ReciprocalMap map, CrystalSymmetry symmetry)
      throws IOException {
    MapObject.write(map, symmetry).write(path, Parallel.available());
  }

  /**
   * Reads what a map's file tells of the crystal.
   *
   * @param path the file
   * @return cell and space group; nothing from a file of mdx2
   * @throws IOException see above
   */
  public static CrystalSymmetry readMapSymmetry(Path path) throws IOException {
    return read(path, MAP, MapObject::symmetry);
  }

  /**
   * What is in a file, as text.
   *
   * @param path any HDF5 file
   * @return a line for each group, dataset and attribute
   * @throws IOException see above
   */
  public static String tree(Path path) throws IOException {
    try (Hdf5File file = Hdf5File.open(path)) {
      return file.tree();
    }
  }

  private static <T> T read(Path path, String wanted, Function<NexusReader, T> format)
      throws IOException {
    if (!Hdf5File.recognizes(path)) {
      throw WrongFile.instead(path, wanted);
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      return format.apply(new NexusReader(file, Parallel.available()));
    }
  }
}
