package org.mdx.cli.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdx.figures.Figure;
import org.mdx.figures.gallery.DialsFigures;
import org.mdx.figures.gallery.PeakFigures;
import org.mdx.figures.gallery.ReflectionFigures;
import org.mdx.figures.gallery.ResidualFigures;
import org.mdx.figures.gallery.Residuals;
import org.mdx.figures.gallery.ScalingFigures;
import org.mdx.figures.gallery.SweepFigures;
import org.mdx.figures.gallery.SweepScale;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.Sweep;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.scale.BraggScale;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;

/** Scaling models of mdx and DIALS, what they leave, models of peaks, backgrounds. */
final class PlotScaling {
  private static final int MANY = 10_000;

  private PlotScaling() {}

  private static List<ScalingModel> models(List<Path> files) throws IOException {
    List<ScalingModel> models = new ArrayList<>();
    for (Path file : files) {
      models.add(Mdx2.readScales(file));
    }
    return models;
  }

  static List<Figure> scale(PlotInput in) throws IOException {
    in.require(1, MANY, PlotKind.SCALE);
    return List.of(in.from(ScalingFigures.scale(in.names(), models(in.files()))));
  }

  static List<Figure> offset(PlotInput in) throws IOException {
    in.require(1, MANY, PlotKind.OFFSET);
    return List.of(in.from(ScalingFigures.offset(in.names(), models(in.files()))));
  }

  static List<Figure> absorption(PlotInput in) throws IOException {
    in.require(1, MANY, PlotKind.ABSORPTION);
    List<ScalingModel> models = models(in.files());
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      figures.add(ScalingFigures.absorption(in.names().get(i), models.get(i)));
    }
    return figures;
  }

  static List<Figure> detector(PlotInput in) throws IOException {
    in.require(1, MANY, PlotKind.DETECTOR);
    List<Figure> figures = ScalingFigures.detector(in.names(), models(in.files()));
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("no model has a detector factor d(ix, iy)");
    }
    return figures;
  }

  static List<Figure> dials(PlotInput in) throws IOException {
    in.require(1, MANY, PlotKind.DIALS_SCALE);
    return List.of(in.from(DialsFigures.scales(sweeps(in.files()))));
  }

  /** The sweeps of experiment lists that were scaled. */
  static List<SweepScale> sweeps(List<Path> files) throws IOException {
    List<SweepScale> sweeps = new ArrayList<>();
    for (Path file : files) {
      ExperimentList list = ExperimentList.read(file);
      List<Optional<BraggScale>> scales = Dials.scaling(file);
      for (int row = 0; row < scales.size(); row++) {
        Optional<Scan> scan = list.scan(row);
        if (scales.get(row).isPresent() && scan.isPresent()) {
          String name = "sweep " + sweeps.size();
          sweeps.add(new SweepScale(name, scan.get(), scales.get(row).get()));
        }
      }
    }
    if (sweeps.isEmpty()) {
      throw PlotInput.wrong(
          files.get(0), "sweeps with a scaling model, as in scaled.expt", "none of its sweeps has");
    }
    return sweeps;
  }

  static List<Figure> againstDials(PlotInput in) throws IOException {
    List<Path> expt = in.files().stream().filter(f -> f.toString().endsWith(".expt")).toList();
    List<Path> nexus = in.files().stream().filter(f -> !f.toString().endsWith(".expt")).toList();
    if (expt.isEmpty() || nexus.isEmpty()) {
      in.require(MANY, MANY, PlotKind.DIALS_DIFFUSE);
    }
    return List.of(in.from(DialsFigures.againstDiffuse(sweeps(expt), models(nexus))));
  }

  static List<Figure> deviations(PlotInput in) throws IOException {
    in.require(1, MANY, PlotKind.DEVIATIONS);
    List<Path> scales = in.more().scales();
    if (in.more().merged() == null || scales.size() != in.files().size()) {
      throw new IllegalArgumentException(
          "deviations takes --merged, and with --scale the model of each of the "
              + in.files().size()
              + " tables; there are "
              + scales.size());
    }
    HKLTable merged = in.table(in.more().merged());
    List<HKLTable> tables = new ArrayList<>();
    for (int i = 0; i < scales.size(); i++) {
      ScalingModel model = Mdx2.readScales(scales.get(i));
      tables.add(model.apply(in.table(in.files().get(i)), in.parallel()));
    }
    Residuals residuals = Residuals.of(tables, merged);
    List<Figure> figures = new ArrayList<>();
    figures.add(in.from(ResidualFigures.deviations(residuals)));
    ResidualFigures.places(residuals, in.names()).forEach(f -> figures.add(in.from(f)));
    return figures;
  }

  static List<Figure> peaks(PlotInput in) throws IOException {
    in.require(2, 2, PlotKind.PEAKS);
    Geometry geometry = Dials.experiment(in.files().get(0), 0).geometry();
    Peaks peaks = Mdx2.readPeaks(in.files().get(1), geometry.scan()).toPeaks(0);
    PixelMillerIndex index = PixelMillerIndex.exact(geometry);
    return List.of(in.from(PeakFigures.cloud(peaks, index, in.more().sigmaCutoff())));
  }

  static List<Figure> bragg(PlotInput in) throws IOException {
    in.require(2, 2, PlotKind.BRAGG);
    ExperimentList list = ExperimentList.read(in.files().get(0));
    Reflections all = Dials.reflections(in.files().get(1), Dials.experiments(in.files().get(0)));
    boolean indexed = all.has(ReflectionKeys.ID) && list.size() > 1;
    List<Figure> figures = new ArrayList<>();
    for (int row = 0; row < list.size(); row++) {
      int number = row;
      Reflections own =
          indexed ? all.where(i -> all.integer(ReflectionKeys.ID, i, 0) == number) : all;
      String name = list.size() == 1 ? "" : "experiment " + row;
      Geometry geometry = Dials.experiment(in.files().get(0), row).geometry();
      ReflectionFigures.of(name, geometry, own).forEach(f -> figures.add(in.from(f)));
    }
    return figures;
  }

  static List<Figure> mask(PlotInput in) throws IOException {
    in.require(2, MANY, PlotKind.MASK);
    if (in.files().size() % 2 != 0) {
      throw new IllegalArgumentException(
          PlotKind.MASK + " takes " + PlotKind.MASK.takes() + "; give them in pairs");
    }
    List<Path> lists = new ArrayList<>();
    List<Sweep> sweeps = new ArrayList<>();
    List<BraggMask> masks = new ArrayList<>();
    List<PixelMillerIndex> maps = new ArrayList<>();
    for (int i = 0; i < in.files().size(); i += 2) {
      lists.add(in.files().get(i));
      Sweep sweep = Sweep.of(Images.open(lists.get(i / 2)));
      Geometry geometry = sweep.geometry();
      Peaks peaks = Mdx2.readPeaks(in.files().get(i + 1), geometry.scan()).toPeaks(0);
      sweeps.add(sweep);
      masks.add(BraggMask.of(peaks, in.more().sigmaCutoff()));
      maps.add(PixelMillerIndex.exact(geometry));
    }
    return List.of(in.from(SweepFigures.maskShare(PlotInput.names(lists), sweeps, masks, maps)));
  }

  static List<Figure> background(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.BACKGROUND);
    return List.of(in.from(SweepFigures.background(Mdx2.readBinned(in.files().get(0)))));
  }
}
