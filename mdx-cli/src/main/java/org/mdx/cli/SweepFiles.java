package org.mdx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.geometry.PixelCorrections;
import org.mdx.image.ChunkedImages;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.nexus.ImagePointer;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.peaks.BraggMask;
import org.mdx.pipeline.Sweep;

/** Sweeps, crystals and corrections from the files that commands are given. */
final class SweepFiles {
  /** Elements of two UB matrices of one crystal agree within this fraction of the largest. */
  private static final double SAME_CRYSTAL = 1e-2;

  private SweepFiles() {}

  /** The sweeps of an experiment list, or the one that a data.nxs points to. */
  static List<ImageSeries> readAll(Path images) throws IOException {
    return isHdf5(images) ? List.of(read(images)) : Dials.readAll(images);
  }

  /**
   * The single sweep of an experiment list, or the one that a data.nxs points to or holds. If it
   * holds the images and does not point to a list, then of the geometry only the number of pixels
   * and the scan are known.
   */
  static ImageSeries read(Path images) throws IOException {
    if (!isHdf5(images)) {
      return Dials.read(images);
    }
    if (!Mdx2.isImageStack(images)) {
      ImagePointer pointer = Mdx2.readImagePointer(images);
      ImageSeries series = Dials.read(pointer.find(images), pointer.experiment());
      return pointer
          .chunks()
          .map(c -> series.withSource(new ChunkedImages(series.source(), c)))
          .orElse(series);
    }
    ImageSeries stack = Mdx2.readImages(images);
    if (!Mdx2.isImagePointer(images)) {
      return stack;
    }
    ImagePointer pointer = Mdx2.readImagePointer(images);
    return Dials.read(pointer.find(images), pointer.experiment(), stack.source());
  }

  /** Whether a file is HDF5, and so one of mdx2's rather than an experiment list. */
  static boolean isHdf5(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, not a file");
    }
    return Hdf5File.recognizes(file);
  }

  /**
   * The sweep that a geometry and its images make.
   *
   * @param geometry an experiment list, or a geometry file of mdx2
   * @param data the experiment list that has the images, or a data.nxs that points to it
   * @param mdx2Compatible whether to take the grids of a geometry file
   */
  static Sweep sweep(Path geometry, Path data, boolean mdx2Compatible) throws IOException {
    ImageSeries images = read(data);
    if (isHdf5(data) && !Mdx2.isImagePointer(data)) {
      return withGrids(geometry, data, images);
    }
    if (isHdf5(geometry)) {
      return withGeometryFile(geometry, data, images, mdx2Compatible);
    }
    return Sweep.of(
        geometry.equals(data) ? images : withGeometry(images, Dials.readGeometry(geometry)));
  }

  /** A sweep with the crystal, or in compatible mode the grids, of a geometry file. */
  static Sweep withGeometryFile(
      Path geometry, Path data, ImageSeries images, boolean mdx2Compatible) throws IOException {
    MdxGeometryFile file = Mdx2.readGeometry(geometry);
    Geometry g = images.geometry();
    if (g.crystal().isPresent()) {
      requireSameCrystal(geometry, file, data, g.crystal().get());
    } else {
      g = new Geometry(g.beam(), g.detector(), g.goniometer(), g.scan(), file.crystal());
    }
    ImageSeries indexed = withGeometry(images, g);
    if (!mdx2Compatible) {
      return Sweep.of(indexed);
    }
    MillerIndexGrid indices =
        file.millerIndex().orElseThrow(() -> missing(geometry, "miller_index"));
    return new Sweep(indexed, indices, file.corrections().orElse(null));
  }

  /** A stack of images with what a geometry file, or a list that tells all, says of them. */
  private static Sweep withGrids(Path geometry, Path data, ImageSeries images) throws IOException {
    if (!isHdf5(geometry)) {
      return Sweep.of(withGeometry(images, Dials.readGeometry(geometry)));
    }
    MdxGeometryFile file = Mdx2.readGeometry(geometry);
    MillerIndexGrid indices =
        file.millerIndex().orElseThrow(() -> missing(geometry, "miller_index"));
    CorrectionGrid corrections =
        file.corrections().orElseThrow(() -> missing(geometry, "corrections"));
    Geometry g = images.geometry().withCrystal(file.crystal());
    return new Sweep(withGeometry(images, g), indices, corrections, true);
  }

  private static ImageSeries withGeometry(ImageSeries images, Geometry geometry) {
    List<PixelMask> masks = new ArrayList<>();
    for (int p = 0; p < images.source().panels(); p++) {
      masks.add(images.mask(p));
    }
    return new ImageSeries(geometry, images.source(), masks);
  }

  private static void requireSameCrystal(Path file, MdxGeometryFile g, Path data, Crystal crystal) {
    double[] one = g.ub().toRowMajor();
    double[] other = crystal.a().toRowMajor();
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(other[i]));
      difference = Math.max(difference, Math.abs(one[i] - other[i]));
    }
    if (difference > SAME_CRYSTAL * largest) {
      throw new MdxFormatException(
          file,
          "entry/crystal/ub_matrix",
          "the crystal of " + data,
          "another orientation or cell",
          "give the geometry and the images of one sweep");
    }
  }

  private static MdxFormatException missing(Path file, String what) {
    return new MdxFormatException(
        file, "entry/" + what, "a grid", "none", "import the geometry again, or give the .expt");
  }

  /** The crystal of an experiment list or a geometry file. */
  static Crystal crystal(Path geometry) throws IOException {
    if (isHdf5(geometry)) {
      return Mdx2.readGeometry(geometry).crystal();
    }
    return Dials.experiments(geometry)
        .get(0)
        .geometry()
        .crystal()
        .orElseThrow(
            () ->
                new MdxFormatException(
                    geometry, "/crystal", "a crystal", "none", "index the images first"));
  }

  /**
   * A sweep and what is left out of it.
   *
   * @param mask the model of the mask, null if there is none or the images have been masked
   */
  record Masked(Sweep sweep, BraggMask mask) {}

  /**
   * A sweep and its mask: the model of a mask.nxs, or, of one that mdx2 wrote, its values for each
   * pixel, applied to the images.
   *
   * @param mask the file, null for none
   */
  static Masked masked(Sweep sweep, Path mask) throws IOException {
    if (mask == null) {
      return new Masked(sweep, null);
    }
    return Mdx2.isMaskStack(mask)
        ? new Masked(sweep.withImages(Mdx2.applyMaskStack(mask, sweep.images())), null)
        : new Masked(sweep, Mdx2.readMask(mask));
  }

  /** Crystal and corrections. */
  record CorrectionInput(Crystal crystal, PixelCorrections corrections) {}

  /**
   * What correcting needs: exact factors from an experiment list, in compatible mode on mdx2's
   * grid, or those of a geometry file.
   */
  static CorrectionInput corrections(Path geometry, boolean mdx2Compatible) throws IOException {
    if (isHdf5(geometry)) {
      MdxGeometryFile file = Mdx2.readGeometry(geometry);
      CorrectionGrid grid = file.corrections().orElseThrow(() -> missing(geometry, "corrections"));
      return new CorrectionInput(file.crystal(), PixelCorrections.interpolated(List.of(grid)));
    }
    Crystal crystal = crystal(geometry);
    Geometry g = Dials.readGeometry(geometry);
    return new CorrectionInput(
        crystal,
        mdx2Compatible ? PixelCorrections.interpolated(grids(g, 0)) : PixelCorrections.exact(g));
  }

  private static List<CorrectionGrid> grids(Geometry g, double centre) {
    List<CorrectionGrid> grids = new ArrayList<>();
    for (int p = 0; p < g.detector().panels().size(); p++) {
      grids.add(CorrectionGrid.sample(g, p, 10, 10, centre));
    }
    return grids;
  }

  /**
   * What a geometry file holds of a sweep; the grids only for a detector of one panel.
   *
   * @param stepPhi spacing of the grids in degrees
   * @param stepY in pixels along slow
   * @param stepX in pixels along fast
   * @param mdx2Compatible whether the grids take the centre of pixel 0 for 0, as mdx2 does, or for
   *     one half
   */
  static MdxGeometryFile geometryFile(
      Geometry g, double stepPhi, double stepY, double stepX, boolean mdx2Compatible) {
    if (g.detector().panels().size() > 1) {
      return MdxGeometryFile.of(g, null, null);
    }
    double centre = mdx2Compatible ? 0 : 0.5;
    return MdxGeometryFile.of(
        g,
        CorrectionGrid.sample(g, 0, stepY, stepX, centre),
        MillerIndexGrid.sample(g, 0, stepPhi, stepY, stepX, centre));
  }
}
