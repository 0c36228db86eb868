package org.mdx.cli.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.figures.gallery.DialsFigures;
import org.mdx.figures.gallery.ResidualFigures;
import org.mdx.figures.gallery.Residuals;
import org.mdx.image.ImageSeries;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.input.Images;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormats;
import org.mdx.io.volume.TableFile;
import org.mdx.io.volume.TableFormats;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.scale.BraggScale;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.SmoothedCurve;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.view.ScalingCurve;
import org.mdx.view.ScalingCurve.Chart;
import org.mdx.view.ViewContent;
import org.mdx.view.ViewedMap;
import org.mdx.view.ViewedScaling;
import org.mdx.view.ViewedSweep;
import org.mdx.view.WatchedFiles;

/** Opens files of every kind that can be viewed, and puts together what belongs together. */
final class ViewInput {
  private static final List<String> SCALES =
      List.of("scaling_model", "offset_model", "absorption_model", "detector_model");

  private final Path geometry;
  private final List<Named<MapFile>> maps = new ArrayList<>();
  private final List<Named<TableFile>> tables = new ArrayList<>();
  private final List<Named<ImageSeries>> sweeps = new ArrayList<>();
  private final List<Named<ScalingModel>> scalings = new ArrayList<>();
  private final List<HKLTable> observations = new ArrayList<>();
  private final List<BraggMask> masks = new ArrayList<>();
  private final List<Reflections> reflections = new ArrayList<>();
  private final List<Optional<BraggScale>> braggScales = new ArrayList<>();
  private CrystalSymmetry symmetry = CrystalSymmetry.NONE;

  private record Named<T>(Path file, String name, T value, WatchedFiles watched) {}

  /** The geometry has the crystal of maps and tables that do not tell theirs; or null. */
  ViewInput(Path geometry) {
    this.geometry = geometry;
  }

  /** Opens files. */
  ViewContent open(List<Path> files) throws IOException {
    if (geometry != null) {
      symmetry = CrystalSymmetry.of(SweepFiles.crystal(geometry));
    }
    for (Path file : files) {
      add(file);
    }
    return new ViewContent(viewedMaps(), viewedSweeps(), viewedScalings());
  }

  private void add(Path file) throws IOException {
    String name = file.toString();
    if (Files.isDirectory(file) && Files.isRegularFile(file.resolve("merged.nxs"))) {
      add(file.resolve("merged.nxs"));
    } else if (Files.isDirectory(file) || !Files.exists(file) && name.matches("(?s).*[#*].*")) {
      addSweeps(file, WatchedFiles.NONE);
    } else if (!Files.exists(file)) {
      throw new NoSuchFileException(name);
    } else if (Images.isList(file)) {
      addList(file);
    } else if (ReflectionFile.recognizes(file)) {
      reflections.add(ReflectionFile.readReflections(file));
    } else if (!Hdf5File.recognizes(file) || !addNexus(file)) {
      addOther(file);
    }
  }

  /** Sweeps of a list, and how DIALS scaled them; of a scaled list the images may be elsewhere. */
  private void addList(Path file) throws IOException {
    WatchedFiles watched = WatchedFiles.of(file);
    List<Optional<BraggScale>> scales = Dials.scaling(file);
    braggScales.addAll(scales);
    try {
      addSweeps(file, watched);
    } catch (MdxFormatException e) {
      if (scales.stream().allMatch(Optional::isEmpty)) {
        throw e;
      }
    }
  }

  private void addSweeps(Path file, WatchedFiles watched) throws IOException {
    List<ImageSeries> all = Images.openAll(file);
    for (int i = 0; i < all.size(); i++) {
      ImageSeries s = all.get(i);
      String name = all.size() == 1 ? file.toString() : file + ", sweep " + (i + 1);
      sweeps.add(new Named<>(file, name, s, watched));
      s.geometry().crystal().ifPresent(c -> symmetry = symmetry.or(CrystalSymmetry.of(c)));
    }
  }

  /** Adds a file of mdx2's layout; false if it is another HDF5 file. */
  private boolean addNexus(Path file) throws IOException {
    WatchedFiles watched = WatchedFiles.of(file);
    List<String> members;
    try (Hdf5File in = Hdf5File.open(file)) {
      members = in.hasGroup("/entry") ? in.members("/entry") : List.of();
    }
    if (members.stream().anyMatch(SCALES::contains)) {
      scalings.add(new Named<>(file, file.toString(), Mdx2.readScales(file), watched));
    } else if (members.contains("mask_model") || members.contains("mask")) {
      masks.add(Mdx2.readMask(file));
    } else if (members.contains("hkl_table")) {
      addTable(file, TableFormats.read(file, CrystalSymmetry.NONE), watched);
    } else if (Mdx2.recognizes(file) && (Mdx2.isImagePointer(file) || Mdx2.isImageStack(file))) {
      addSweeps(file, watched);
    } else if (members.contains("crystal") && members.contains("symmetry")) {
      symmetry = symmetry.or(CrystalSymmetry.of(SweepFiles.crystal(file)));
    } else {
      return false;
    }
    return true;
  }

  private void addTable(Path file, TableFile table, WatchedFiles watched) {
    if (table.table().has(ColumnNames.PHI)) {
      observations.add(table.table());
    } else {
      tables.add(new Named<>(file, file.toString(), table, watched));
    }
  }

  private void addOther(Path file) throws IOException {
    WatchedFiles watched = WatchedFiles.of(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean volume = name.endsWith(".ccp4") || name.endsWith(".map");
    if (!volume && isImage(file)) {
      addSweeps(file, WatchedFiles.NONE);
    } else if (!volume && TableFormats.of(file).isPresent()) {
      addTable(file, TableFormats.read(file, CrystalSymmetry.NONE), watched);
    } else if (MapFormats.of(file).isPresent()) {
      maps.add(
          new Named<>(file, file.toString(), MapFormats.read(file, CrystalSymmetry.NONE), watched));
    } else {
      throw new MdxFormatException(
          file,
          "",
          "images, an experiment list, reflections, a merged table, a map, a scaling model or a"
              + " Bragg mask",
          "another file",
          "");
    }
  }

  private static boolean isImage(Path file) throws IOException {
    try {
      ImageFiles.format(file);
      return true;
    } catch (MdxFormatException e) {
      return false;
    }
  }

  /** The crystal of a file: given by --geometry, its own, that of another file, or beside it. */
  private CrystalSymmetry symmetry(Path file, CrystalSymmetry own) throws IOException {
    CrystalSymmetry known = geometry == null ? own.or(symmetry) : symmetry.or(own);
    Path beside = file.resolveSibling("map.nxs");
    if (known.cell().isEmpty() && Files.isRegularFile(beside)) {
      known = known.or(Mdx2.readMapSymmetry(beside));
    }
    if (known.cell().isEmpty()) {
      throw new IllegalArgumentException(
          file
              + ": the file does not tell the crystal's cell, which the geometry of planes follows"
              + " from; give an .expt or geometry.nxs with --geometry");
    }
    return known;
  }

  private List<ViewedMap> viewedMaps() throws IOException {
    List<ViewedMap> viewed = new ArrayList<>();
    for (Named<TableFile> t : tables) {
      CrystalSymmetry s = symmetry(t.file, t.value.symmetry());
      viewed.add(
          ViewedMap.of(t.name, t.value.table(), s.cell().orElseThrow(), s.spaceGroup(), t.watched));
    }
    for (Named<MapFile> m : maps) {
      CrystalSymmetry s = symmetry(m.file, m.value.symmetry());
      viewed.add(
          ViewedMap.of(m.name, m.value.map(), s.cell().orElseThrow(), s.spaceGroup(), m.watched));
    }
    return viewed;
  }

  private List<ViewedSweep> viewedSweeps() {
    if (!masks.isEmpty() && masks.size() != sweeps.size()) {
      throw new IllegalArgumentException(
          masks.size()
              + " Bragg masks for "
              + sweeps.size()
              + " sweeps; give one for each sweep, in their order");
    }
    if (reflections.size() > 1 || !reflections.isEmpty() && sweeps.isEmpty()) {
      throw new IllegalArgumentException(
          reflections.size()
              + " files of reflections and "
              + sweeps.size()
              + " sweeps; give one file, with the .expt it belongs to");
    }
    List<ViewedSweep> viewed = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      Named<ImageSeries> s = sweeps.get(i);
      Optional<BraggMask> mask = masks.isEmpty() ? Optional.empty() : Optional.of(masks.get(i));
      Optional<Reflections> spots =
          reflections.isEmpty() ? Optional.empty() : Optional.of(of(reflections.get(0), i));
      viewed.add(new ViewedSweep(s.name, s.value, mask, spots, s.watched));
    }
    return viewed;
  }

  /** The reflections of a sweep, which are numbered by experiment, or by images before indexing. */
  private Reflections of(Reflections all, int sweep) {
    if (sweeps.size() == 1) {
      return all;
    }
    boolean indexed =
        all.has(ReflectionKeys.ID)
            && all.where(i -> all.integer(ReflectionKeys.ID, i, 0) >= 0).size() > 0;
    var key = indexed ? ReflectionKeys.ID : ReflectionKeys.IMAGESET_ID;
    return all.where(i -> all.integer(key, i, 0) == sweep);
  }

  private List<ViewedScaling> viewedScalings() throws IOException {
    if (!observations.isEmpty() && observations.size() != scalings.size()) {
      throw new IllegalArgumentException(
          observations.size()
              + " corrected tables for "
              + scalings.size()
              + " scaling models; give one for each model, in their order");
    }
    List<ViewedScaling> viewed = new ArrayList<>();
    List<ScalingCurve> residuals = residuals();
    for (int i = 0; i < scalings.size(); i++) {
      Named<ScalingModel> s = scalings.get(i);
      Optional<HKLTable> data =
          observations.isEmpty() ? Optional.empty() : Optional.of(observations.get(i));
      List<ScalingCurve> curves = new ArrayList<>(curves(i));
      curves.addAll(residuals.isEmpty() ? List.of() : residuals.subList(i, i + 1));
      viewed.add(new ViewedScaling(s.name, s.value, data, curves, s.watched));
    }
    return viewed;
  }

  /** Scale and decay of DIALS for a sweep, if the lists have them for each model. */
  private List<ScalingCurve> curves(int sweep) {
    if (braggScales.size() != scalings.size() || braggScales.get(sweep).isEmpty()) {
      return List.of();
    }
    BraggScale scale = braggScales.get(sweep).get();
    List<ScalingCurve> curves = new ArrayList<>();
    scale.scale().ifPresent(c -> curves.add(curve(Chart.SCALE, scale, c)));
    scale.decay().ifPresent(c -> curves.add(curve(Chart.DECAY, scale, c)));
    return curves;
  }

  private static ScalingCurve curve(Chart chart, BraggScale scale, SmoothedCurve curve) {
    double[] phi = DialsFigures.angles(scale);
    return new ScalingCurve(chart, "DIALS", phi, Arrays.stream(phi).map(curve::at).toArray());
  }

  /** Mean square of the deviations by angle of each model; none without all tables. */
  private List<ScalingCurve> residuals() {
    if (observations.isEmpty() || tables.size() != 1) {
      return List.of();
    }
    List<HKLTable> scaled = new ArrayList<>();
    for (int i = 0; i < observations.size(); i++) {
      scaled.add(scalings.get(i).value.apply(observations.get(i), Parallel.available()));
    }
    Residuals residuals = Residuals.of(scaled, tables.get(0).value.table());
    List<Figure> places =
        ResidualFigures.places(residuals, scalings.stream().map(Named::name).toList());
    if (places.isEmpty()) {
      return List.of();
    }
    LineChart byAngle = (LineChart) places.get(0).panels().get(0);
    List<ScalingCurve> curves = new ArrayList<>();
    for (Series s : byAngle.series()) {
      double[] phi = IntStream.range(0, s.size()).mapToDouble(s::x).toArray();
      double[] chi = IntStream.range(0, s.size()).mapToDouble(s::y).toArray();
      if (phi.length == 0) {
        return List.of();
      }
      curves.add(new ScalingCurve(Chart.RESIDUALS, "mean z²", phi, chi));
    }
    return curves;
  }
}
