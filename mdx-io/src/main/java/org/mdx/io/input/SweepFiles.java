package org.mdx.io.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.geometry.PixelCorrections;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.peaks.BraggMask;
import org.mdx.pipeline.Sweep;

/**
 * Sweeps, crystals and corrections where the geometry stands in a file of its own: an experiment
 * list, or a geometry file of mdx2.
 */
public final class SweepFiles {
  /** Elements of two UB matrices of one crystal agree within this fraction of the largest. */
  private static final double SAME_CRYSTAL = 1e-2;

  private SweepFiles() {}

  /**
   * Whether a file is HDF5, and so one of mdx2's rather than an experiment list.
   *
   * @param file the file
   * @return true if it is HDF5
   * @throws IOException if it does not exist, is a folder, or cannot be read
   */
  public static boolean isHdf5(Path file) throws IOException {
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
   * @param conventions whose; they say whether to take the grids of a geometry file
   * @return the sweep
   * @throws IOException if a file does not exist or cannot be read
   * @throws MdxFormatException if a file is damaged, holds several sweeps, or the two are of
   *     different crystals
   */
  public static Sweep sweep(Path geometry, Path data, Conventions conventions) throws IOException {
    ImageSeries images = Images.open(data);
    if (isHdf5(data) && !Mdx2.isImagePointer(data)) {
      return withGrids(geometry, data, images);
    }
    if (isHdf5(geometry)) {
      return withGeometryFile(geometry, data, images, conventions);
    }
    return Sweep.of(
        geometry.equals(data) ? images : images.withGeometry(Dials.readGeometry(geometry)));
  }

  /**
   * A sweep with the crystal, or in compatible mode the grids, of a geometry file.
   *
   * @param geometry a geometry file of mdx2
   * @param data where the images are from, for the message
   * @param images the images
   * @param conventions whose; they say whether to take its grids
   * @return the sweep
   * @throws IOException if the geometry file does not exist or cannot be read
   * @throws MdxFormatException if it is damaged, lacks the grids, or is of another crystal than the
   *     images
   */
  public static Sweep withGeometryFile(
      Path geometry, Path data, ImageSeries images, Conventions conventions) throws IOException {
    MdxGeometryFile file = Mdx2.readGeometry(geometry);
    Geometry g = images.geometry();
    if (g.crystal().isPresent()) {
      requireSameCrystal(geometry, file, data, g.crystal().get());
    } else {
      g = new Geometry(g.beam(), g.detector(), g.goniometer(), g.scan(), file.crystal());
    }
    ImageSeries indexed = images.withGeometry(g);
    if (!conventions.isMdx2()) {
      return Sweep.of(indexed);
    }
    MillerIndexGrid indices =
        file.millerIndex().orElseThrow(() -> missing(geometry, "miller_index"));
    Sweep sweep = Sweep.of(indexed).withMillerIndex(indices);
    return file.corrections().map(sweep::withCorrections).orElse(sweep);
  }

  /** A stack of images with what a geometry file, or a list that tells all, says of them. */
  private static Sweep withGrids(Path geometry, Path data, ImageSeries images) throws IOException {
    if (!isHdf5(geometry)) {
      return Sweep.of(images.withGeometry(Dials.readGeometry(geometry)));
    }
    MdxGeometryFile file = Mdx2.readGeometry(geometry);
    MillerIndexGrid indices =
        file.millerIndex().orElseThrow(() -> missing(geometry, "miller_index"));
    CorrectionGrid corrections =
        file.corrections().orElseThrow(() -> missing(geometry, "corrections"));
    Geometry g = images.geometry().withCrystal(file.crystal());
    return Sweep.ofGrids(images.withGeometry(g), indices, corrections);
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

  /**
   * The crystal of an experiment list, or of its first experiment, or of a geometry file.
   *
   * @param geometry the file
   * @return the crystal
   * @throws IOException if the file does not exist or cannot be read
   * @throws MdxFormatException if it is damaged or has no crystal
   */
  public static Crystal crystal(Path geometry) throws IOException {
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
   * @param sweep the sweep, its images masked where the mask has a value for each pixel
   * @param mask the model of the mask, empty if there is none or the images have been masked
   */
  public record Masked(Sweep sweep, Optional<BraggMask> mask) {
    @Override
    public String toString() {
      return "Masked[" + sweep + mask.map(m -> ", " + m).orElse("") + "]";
    }
  }

  /**
   * A sweep and its mask: the model of a mask.nxs, or, of one that mdx2 wrote, its values for each
   * pixel, applied to the images.
   *
   * @param sweep the sweep
   * @param mask the file of the mask, if there is one
   * @return both
   * @throws IOException if the file does not exist or cannot be read
   * @throws MdxFormatException if it is damaged or of another sweep
   */
  public static Masked masked(Sweep sweep, Optional<Path> mask) throws IOException {
    if (mask.isEmpty()) {
      return new Masked(sweep, Optional.empty());
    }
    return Mdx2.isMaskStack(mask.get())
        ? new Masked(
            sweep.withImages(Mdx2.applyMaskStack(mask.get(), sweep.images())), Optional.empty())
        : new Masked(sweep, Optional.of(Mdx2.readMask(mask.get())));
  }

  /**
   * Crystal and corrections.
   *
   * @param crystal of the sweep
   * @param corrections for its pixels
   * @param geometry of the sweep; empty from a geometry file, which has but grids
   */
  public record CorrectionInput(
      Crystal crystal, PixelCorrections corrections, Optional<Geometry> geometry) {

    /**
     * The scan of the sweep.
     *
     * @return empty from a geometry file, which has none
     */
    public Optional<Scan> scan() {
      return geometry.map(Geometry::scan);
    }

    @Override
    public String toString() {
      return "CorrectionInput[" + crystal + scan().map(s -> ", " + s).orElse("") + "]";
    }
  }

  /**
   * What correcting needs: exact factors from an experiment list, in compatible mode on mdx2's
   * grid, or those of a geometry file.
   *
   * @param geometry an experiment list, or a geometry file of mdx2
   * @param conventions whose; they say whether to take the grid that mdx2 would
   * @return both
   * @throws IOException if the file does not exist or cannot be read
   * @throws MdxFormatException if it is damaged, or has no crystal or no corrections
   */
  public static CorrectionInput corrections(Path geometry, Conventions conventions)
      throws IOException {
    if (isHdf5(geometry)) {
      MdxGeometryFile file = Mdx2.readGeometry(geometry);
      CorrectionGrid grid = file.corrections().orElseThrow(() -> missing(geometry, "corrections"));
      return new CorrectionInput(
          file.crystal(), PixelCorrections.interpolated(List.of(grid)), Optional.empty());
    }
    Crystal crystal = crystal(geometry);
    Geometry g = Dials.readGeometry(geometry);
    return new CorrectionInput(
        crystal,
        conventions.isMdx2()
            ? PixelCorrections.interpolated(grids(g, 0))
            : PixelCorrections.exact(g),
        Optional.of(g));
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
   * @param g geometry of the sweep
   * @param stepPhi spacing of the grids in degrees
   * @param stepY in pixels along slow
   * @param stepX in pixels along fast
   * @param conventions whose; they say whether the grids take the centre of pixel 0 for 0, as mdx2
   *     does, or for one half
   * @return to be written by {@link Mdx2#writeGeometry}
   */
  public static MdxGeometryFile geometryFile(
      Geometry g, double stepPhi, double stepY, double stepX, Conventions conventions) {
    if (g.detector().panels().size() > 1) {
      return MdxGeometryFile.of(g, null, null);
    }
    double centre = conventions.isMdx2() ? 0 : 0.5;
    return MdxGeometryFile.of(
        g,
        CorrectionGrid.sample(g, 0, stepY, stepX, centre),
        MillerIndexGrid.sample(g, 0, stepPhi, stepY, stepX, centre));
  }
}
