package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.algebra.ScanSmoother;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.math.Vec3;

/**
 * The models of one or several sweeps as blocks of parameters, which sweeps may share. All
 * parameters, fixed or not, have a place in one array, detectors first, then beams, goniometers and
 * crystals; at the start all are 0.
 */
final class FitModel {

  /** What belongs to a crystal, or changes with it along its scan. */
  private static final List<FitParameter> OF_CRYSTALS =
      List.of(FitParameter.ORIENTATION, FitParameter.CELL, FitParameter.BEAM_DRIFT);

  /** A parameter. */
  record Entry(String name, FitParameter kind, int model) {}

  /** What is told of parameters: one, or the mean of those along a scan. */
  record Reported(String name, FitParameter kind, int model, int[] places, double[] weights) {}

  private final List<Geometry> starts;
  private final int[] detectorOf; // model of each sweep
  private final int[] beamOf;
  private final int[] crystalOf;
  private final int[] goniometerOf;
  private final List<DetectorBlock> detectors = new ArrayList<>();
  private final List<BeamBlock> beams = new ArrayList<>();
  private final List<CrystalBlock> crystals = new ArrayList<>();
  private final List<GoniometerBlock> goniometers = new ArrayList<>();
  private final List<Integer> detectorAt = new ArrayList<>();
  private final List<Integer> beamAt = new ArrayList<>();
  private final List<Integer> crystalAt = new ArrayList<>();
  private final List<Integer> goniometerAt = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<RandomWalk> walks = new ArrayList<>();
  private final List<int[]> groupOf = new ArrayList<>(); // of each panel of a detector

  FitModel(List<Geometry> starts, Sharing sharing) {
    this(starts, sharing, ModelForm.RIGID);
  }

  /** Crystals that vary must be of one sweep each. */
  FitModel(List<Geometry> starts, Sharing sharing, ModelForm form) {
    this.starts = List.copyOf(starts);
    detectorOf = sharing.detectors();
    beamOf = sharing.beams();
    crystalOf = sharing.crystals();
    goniometerOf = sharing.goniometers();
    for (int i = 0; i < starts.size(); i++) {
      if (detectorOf[i] == detectors.size()) {
        DetectorBlock b = DetectorBlock.of(starts.get(i).detector(), form.panelGroups());
        detectorAt.add(entries.size());
        for (int k = 0; k < b.size(); k++) {
          entries.add(new Entry(b.name(k), b.kind(k), detectors.size()));
        }
        groupOf.add(
            IntStream.range(0, starts.get(i).detector().panels().size()).map(b::group).toArray());
        detectors.add(b);
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (beamOf[i] == beams.size()) {
        Geometry g = starts.get(i);
        BeamBlock b = new BeamBlock(g.beam(), g.goniometer().laboratoryAxis());
        beamAt.add(entries.size());
        for (int k = 0; k < BeamBlock.SIZE; k++) {
          entries.add(new Entry(b.name(k), b.kind(k), beams.size()));
        }
        beams.add(b);
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (goniometerOf[i] == goniometers.size()) {
        Geometry g = starts.get(i);
        goniometerAt.add(entries.size());
        for (int k = 0; k < GoniometerBlock.SIZE; k++) {
          entries.add(
              new Entry("setting tilt " + (k + 1), FitParameter.GONIOMETER, goniometers.size()));
        }
        goniometers.add(new GoniometerBlock(g.goniometer(), g.beam().direction()));
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (crystalOf[i] == crystals.size()) {
        crystalAt.add(entries.size());
        add(starts.get(i), form.variation());
      }
    }
  }

  private static Vec3[] beamAxes(Geometry g) {
    return new BeamBlock(g.beam(), g.goniometer().laboratoryAxis()).turnAxes();
  }

  private void add(Geometry g, Variation variation) {
    ScanSmoother smoother = variation.any() ? variation.smoother(g.scan()) : null;
    CrystalBlock b =
        new CrystalBlock(
            g.crystal().orElseThrow(),
            g.scan().frames(),
            variation.orientation() ? smoother : null,
            variation.cell() ? smoother : null,
            variation.beam() ? variation.beamSmoother(g.scan()) : null,
            variation.beam() ? beamAxes(g) : new Vec3[0]);
    int from = entries.size();
    for (int k = 0; k < b.size(); k++) {
      entries.add(new Entry(b.name(k), b.kind(k), crystals.size()));
    }
    for (FitParameter kind : OF_CRYSTALS) {
      RandomWalk walk = new RandomWalk(kind, crystals.size());
      for (int n = 0; n < b.local(); n++) {
        if (b.kind(b.offset(n)) == kind && b.values(n) > 1) {
          walk.add(from + b.offset(n), b.values(n), b.unit(n));
        }
      }
      if (walk.steps() > 0) {
        walks.add(walk);
      }
    }
    crystals.add(b);
  }

  List<Geometry> starts() {
    return starts;
  }

  List<Entry> entries() {
    return entries;
  }

  /** The priors on what varies along the scan. */
  List<RandomWalk> walks() {
    return walks;
  }

  /** Places of the parameters that are not of the kinds fixed. */
  int[] free(Set<FitParameter> fixed) {
    return IntStream.range(0, entries.size())
        .filter(i -> !fixed.contains(entries.get(i).kind()))
        .toArray();
  }

  /**
   * Places of the parameters that a sweep depends on, in the order of its derivatives. A number of
   * a crystal that varies has two derivatives, and the first of its values stands for all.
   */
  int[] columns(int sweep) {
    int detector = detectorOf[sweep];
    int beam = beamOf[sweep];
    int crystal = crystalOf[sweep];
    int goniometer = goniometerOf[sweep];
    CrystalBlock block = crystals.get(crystal);
    return IntStream.concat(
            IntStream.concat(
                places(detectorAt.get(detector), detectors.get(detector).size()),
                places(beamAt.get(beam), BeamBlock.SIZE)),
            IntStream.concat(
                places(goniometerAt.get(goniometer), GoniometerBlock.SIZE),
                IntStream.range(0, block.sides() * block.local())
                    .map(n -> crystalAt.get(crystal) + block.offset(n / block.sides()))))
        .toArray();
  }

  /** Number of groups of panels. */
  int groups(int sweep) {
    return detectors.get(detectorOf[sweep]).size() / DetectorBlock.SIZE;
  }

  /** The group of panels that a panel moves with. */
  int group(int sweep, int panel) {
    return groupOf.get(detectorOf[sweep])[panel];
  }

  /**
   * Where the derivatives of a reflection go: the columns of the free parameters that it depends on
   * one after the other, those of the crystal last; −1 of others and of groups of panels that it is
   * not on.
   *
   * @param free of each parameter, whether it is
   */
  int[] slots(int sweep, int group, boolean[] free) {
    int[] slots = columns(sweep);
    int ofDetector = detectors.get(detectorOf[sweep]).size();
    int crystalFrom = crystalColumn(sweep);
    CrystalBlock block = crystal(sweep);
    int crystalTo = crystalFrom + block.sides() * block.beamNumber();
    boolean[] wanted = new boolean[slots.length];
    for (int c = 0; c < slots.length; c++) {
      wanted[c] = free[slots[c]] && (c >= ofDetector || c / DetectorBlock.SIZE == group);
      slots[c] = -1;
    }
    int n = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int c = 0; c < slots.length; c++) {
        boolean ofCrystal = c >= crystalFrom && c < crystalTo;
        if (wanted[c] && ofCrystal == (pass == 1)) {
          slots[c] = n++;
        }
      }
    }
    return slots;
  }

  /** The first column of a sweep that is one of its crystal. */
  int crystalColumn(int sweep) {
    return detectors.get(detectorOf[sweep]).size() + BeamBlock.SIZE + GoniometerBlock.SIZE;
  }

  private static IntStream places(int from, int size) {
    return IntStream.range(from, from + size);
  }

  /** Number of detectors. */
  int detectors() {
    return detectors.size();
  }

  /** Number of crystals. */
  int crystals() {
    return crystals.size();
  }

  /** The crystal that a parameter belongs to, or −1. */
  int block(int parameter) {
    FitParameter kind = entries.get(parameter).kind();
    return OF_CRYSTALS.contains(kind) ? entries.get(parameter).model() : -1;
  }

  /** The crystal of a sweep. */
  CrystalBlock crystal(int sweep) {
    return crystals.get(crystalOf[sweep]);
  }

  /** The place of its first parameter. */
  int crystalAt(int sweep) {
    return crystalAt.get(crystalOf[sweep]);
  }

  /** Models and derivatives of a sweep; empty where a metric is none of a cell. */
  Optional<SweepModel> sweep(int sweep, double[] p, boolean derivatives) {
    GoniometerBlock goniometer = goniometers.get(goniometerOf[sweep]);
    int goniometerFrom = goniometerAt.get(goniometerOf[sweep]);
    Goniometer fixed = goniometer.start();
    Optional<CrystalPath> path =
        crystal(sweep).path(p, crystalAt(sweep), fixed.fixedRotation(), derivatives);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    DetectorBlock detector = detectors.get(detectorOf[sweep]);
    int detectorFrom = detectorAt.get(detectorOf[sweep]);
    BeamBlock beam = beams.get(beamOf[sweep]);
    int beamFrom = beamAt.get(beamOf[sweep]);
    SweepModel m =
        new SweepModel(
            fixed.axis(),
            goniometer.setting(p, goniometerFrom),
            path.get(),
            beam.s0(p, beamFrom),
            crystal(sweep).beamPath(p, crystalAt(sweep), beam.s0(p, beamFrom)),
            detector.at(p, detectorFrom));
    if (derivatives) {
      m.derivatives(
          detector.derivatives(p, detectorFrom),
          beam.derivatives(p, beamFrom),
          goniometer.derivatives(p, goniometerFrom));
    }
    return Optional.of(m);
  }

  /** The geometry of a sweep at the parameters. */
  Geometry geometry(int sweep, double[] p) {
    Geometry start = starts.get(sweep);
    int goniometer = goniometerOf[sweep];
    int beam = beamOf[sweep];
    int crystal = crystalOf[sweep];
    int detector = detectorOf[sweep];
    CrystalPath.OfBeam path =
        crystals
            .get(crystal)
            .beamPath(p, crystalAt.get(crystal), beams.get(beam).s0(p, beamAt.get(beam)));
    Beam whole = beams.get(beam).at(p, beamAt.get(beam));
    return new Geometry(
        path == null ? whole : whole.withScanPoints(path.points()),
        detectors.get(detector).at(p, detectorAt.get(detector)),
        goniometers.get(goniometer).at(p, goniometerAt.get(goniometer)),
        start.scan(),
        crystals.get(crystal).at(p, crystalAt.get(crystal)));
  }

  /** The geometries of all sweeps. */
  List<Geometry> geometries(double[] p) {
    return IntStream.range(0, starts.size()).mapToObj(i -> geometry(i, p)).toList();
  }

  /** What is told of all parameters. */
  List<Reported> reported() {
    List<Reported> out = new ArrayList<>();
    for (int i = 0; i < entries.size() && block(i) < 0; i++) {
      Entry e = entries.get(i);
      out.add(new Reported(e.name(), e.kind(), e.model(), new int[] {i}, new double[] {1}));
    }
    for (int c = 0; c < crystals.size(); c++) {
      CrystalBlock b = crystals.get(c);
      for (int n = 0; n < b.local(); n++) {
        int first = b.offset(n);
        out.add(
            new Reported(
                b.numberName(n),
                b.kind(first),
                c,
                places(crystalAt.get(c) + first, b.values(n)).toArray(),
                b.meanWeights(n)));
      }
    }
    return out;
  }
}
