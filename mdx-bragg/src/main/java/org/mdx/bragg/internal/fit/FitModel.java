package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The models of one or several sweeps as blocks of parameters, which sweeps may share. All
 * parameters, fixed or not, have a place in one array, detectors first, then beams, crystals and
 * goniometers; at the start all are 0.
 */
final class FitModel {
  /** Steps that a walk begins with: mrad, and part of the metric. */
  private static final double FIRST_TURN = 1;

  private static final double FIRST_STRAIN = 1e-3;

  /** A parameter. */
  record Entry(String name, FitParameter kind, int model, int sample) {}

  private final List<Geometry> starts;
  private final Sharing sharing;
  private final int[] crystalOf; // number of the crystal of each sweep
  private final List<DetectorBlock> detectors = new ArrayList<>();
  private final List<BeamBlock> beams = new ArrayList<>();
  private final List<CrystalBlock> crystals = new ArrayList<>();
  private final List<ScanSmoother> smoothers = new ArrayList<>(); // null of a static crystal
  private final List<GoniometerBlock> goniometers = new ArrayList<>();
  private final List<Integer> detectorAt = new ArrayList<>();
  private final List<Integer> beamAt = new ArrayList<>();
  private final List<Integer> crystalAt = new ArrayList<>();
  private final List<Integer> goniometerAt = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  FitModel(List<Geometry> starts, Sharing sharing) {
    this(starts, sharing, 0);
  }

  /** Crystals that change along the scan, with samples about so many degrees apart; 0 for none. */
  FitModel(List<Geometry> starts, Sharing sharing, double interval) {
    this.starts = List.copyOf(starts);
    this.sharing = sharing;
    crystalOf = sharing.crystals();
    for (int i = 0; i < starts.size(); i++) {
      if (sharing.detectors()[i] == detectors.size()) {
        DetectorBlock b = DetectorBlock.rigid(starts.get(i).detector());
        detectorAt.add(entries.size());
        for (int k = 0; k < b.size(); k++) {
          entries.add(new Entry(b.name(k), b.kind(k), detectors.size(), -1));
        }
        detectors.add(b);
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (sharing.beams()[i] == beams.size()) {
        Geometry g = starts.get(i);
        BeamBlock b = new BeamBlock(g.beam(), g.goniometer().laboratoryAxis());
        beamAt.add(entries.size());
        for (int k = 0; k < BeamBlock.SIZE; k++) {
          entries.add(new Entry(b.name(k), b.kind(k), beams.size(), -1));
        }
        beams.add(b);
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (crystalOf[i] == crystals.size()) {
        CrystalBlock b = new CrystalBlock(starts.get(i).crystal().orElseThrow());
        crystalAt.add(entries.size());
        smoothers.add(smoother(i, interval));
        int samples = samples(crystals.size());
        for (int j = 0; j < samples; j++) {
          for (int k = 0; k < b.size(); k++) {
            entries.add(new Entry(b.name(k), b.kind(k), crystals.size(), interval > 0 ? j : -1));
          }
        }
        crystals.add(b);
      } else if (interval > 0) {
        throw new IllegalArgumentException(
            "sweep "
                + i
                + " shares its crystal; one that changes along a scan belongs to it alone");
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (sharing.goniometers()[i] == goniometers.size()) {
        Geometry g = starts.get(i);
        goniometerAt.add(entries.size());
        for (int k = 0; k < GoniometerBlock.SIZE; k++) {
          entries.add(
              new Entry(
                  "setting tilt " + (k + 1), FitParameter.GONIOMETER, goniometers.size(), -1));
        }
        goniometers.add(new GoniometerBlock(g.goniometer(), g.beam().direction()));
      }
    }
  }

  List<Geometry> starts() {
    return starts;
  }

  List<Entry> entries() {
    return entries;
  }

  /** Places of the parameters that are not of the kinds fixed. */
  int[] free(Set<FitParameter> fixed) {
    return IntStream.range(0, entries.size())
        .filter(i -> !fixed.contains(entries.get(i).kind()))
        .toArray();
  }

  private ScanSmoother smoother(int sweep, double interval) {
    Scan scan = starts.get(sweep).scan();
    return interval > 0 ? new ScanSmoother(scan.frames(), scan.width(), interval) : null;
  }

  private int samples(int crystal) {
    return smoothers.get(crystal) == null ? 1 : smoothers.get(crystal).samples();
  }

  /** The curve that the crystal of a sweep follows, or null. */
  ScanSmoother smoother(int sweep) {
    return smoothers.get(crystalOf[sweep]);
  }

  /** Number of the parameters of the detector and the beam of a sweep. */
  int beforeCrystal(int sweep) {
    return detectors.get(sharing.detectors()[sweep]).size() + BeamBlock.SIZE;
  }

  /** Number of parameters of the crystal of a sweep at one place of the scan. */
  int crystalSize(int sweep) {
    return crystals.get(crystalOf[sweep]).size();
  }

  /** Places of the parameters that a sweep depends on, in the order of its derivatives. */
  int[] columns(int sweep) {
    return columns(sweep, 0, 1);
  }

  /** Those of detector, beam, so many samples of the crystal from the first, and goniometer. */
  int[] columns(int sweep, int firstSample, int samples) {
    int detector = sharing.detectors()[sweep];
    int beam = sharing.beams()[sweep];
    int crystal = crystalOf[sweep];
    int goniometer = sharing.goniometers()[sweep];
    int size = crystals.get(crystal).size();
    int[] lengths = {
      detectors.get(detector).size(), BeamBlock.SIZE, size * samples, GoniometerBlock.SIZE
    };
    int[] from = {
      detectorAt.get(detector),
      beamAt.get(beam),
      crystalAt.get(crystal) + firstSample * size,
      goniometerAt.get(goniometer)
    };
    int[] out = new int[lengths[0] + lengths[1] + lengths[2] + lengths[3]];
    int at = 0;
    for (int b = 0; b < 4; b++) {
      for (int i = 0; i < lengths[b]; i++) {
        out[at++] = from[b] + i;
      }
    }
    return out;
  }

  /** The crystal's parameters at a place of the scan, images from its beginning. */
  private double[] local(int crystal, double[] p, double image) {
    ScanSmoother smoother = smoothers.get(crystal);
    double[] w = new double[smoother.window()];
    smoother.weights(image, w);
    double[] all = new double[smoother.samples()];
    System.arraycopy(w, 0, all, smoother.first(image), w.length);
    return weighted(crystal, p, all);
  }

  /** The crystal's parameters in the middle of all that it goes through. */
  private double[] local(int crystal, double[] p) {
    return weighted(crystal, p, means(crystal));
  }

  private double[] means(int crystal) {
    ScanSmoother smoother = smoothers.get(crystal);
    if (smoother == null) {
      return new double[] {1};
    }
    int sweep = 0;
    while (crystalOf[sweep] != crystal) {
      sweep++;
    }
    return smoother.mean(starts.get(sweep).scan().frames());
  }

  private double[] weighted(int crystal, double[] p, double[] weights) {
    int size = crystals.get(crystal).size();
    double[] out = new double[size];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < size; i++) {
        out[i] += weights[k] * p[crystalAt.get(crystal) + k * size + i];
      }
    }
    return out;
  }

  /**
   * Gives a sweep its crystal as it is at a place of the scan.
   *
   * @return false where the metric is none of a cell
   */
  boolean place(int sweep, double[] p, double image, SweepModel m, boolean derivatives) {
    int crystal = crystalOf[sweep];
    double[] local = local(crystal, p, image);
    CrystalBlock block = crystals.get(crystal);
    Mat3 f = starts.get(sweep).goniometer().fixedRotation();
    Optional<Mat3> a = block.setting(local, 0);
    if (a.isPresent()) {
      m.crystal(f.times(a.get()), derivatives ? turned(f, block.derivatives(local, 0)) : null);
    }
    return a.isPresent();
  }

  private static Mat3[] turned(Mat3 f, Mat3[] matrices) {
    for (int i = 0; i < matrices.length; i++) {
      matrices[i] = f.times(matrices[i]);
    }
    return matrices;
  }

  /** The walks of the crystals along their scans; {@code among} are places of free parameters. */
  RandomWalk walk(int[] free, int[] among) {
    RandomWalk walk = new RandomWalk(free);
    for (int c = 0; c < crystals.size(); c++) {
      CrystalBlock block = crystals.get(c);
      for (int i = 0; i < block.size(); i++) {
        // the three rotations take steps of one length, the elements of the cell each its own
        if (i == 0 || i >= CrystalBlock.ROTATIONS) {
          walk.group(i == 0 ? FIRST_TURN : FIRST_STRAIN * block.metricSize());
        }
        for (int k = 1; k < samples(c); k++) {
          int to = crystalAt.get(c) + k * block.size() + i;
          if (among[to] >= 0) {
            walk.step(among[to - block.size()], among[to]);
          }
        }
      }
    }
    return walk;
  }

  /** Models and derivatives of a sweep; empty where a metric is none of a cell. */
  Optional<SweepModel> sweep(int sweep, double[] p, boolean derivatives) {
    CrystalBlock crystal = crystals.get(crystalOf[sweep]);
    double[] local = local(crystalOf[sweep], p);
    Optional<Mat3> a = crystal.setting(local, 0);
    if (a.isEmpty()) {
      return Optional.empty();
    }
    DetectorBlock detector = detectors.get(sharing.detectors()[sweep]);
    int detectorFrom = detectorAt.get(sharing.detectors()[sweep]);
    BeamBlock beam = beams.get(sharing.beams()[sweep]);
    int beamFrom = beamAt.get(sharing.beams()[sweep]);
    GoniometerBlock goniometer = goniometers.get(sharing.goniometers()[sweep]);
    int goniometerFrom = goniometerAt.get(sharing.goniometers()[sweep]);
    Goniometer fixed = goniometer.start();
    SweepModel m =
        new SweepModel(
            fixed.axis(),
            goniometer.setting(p, goniometerFrom),
            fixed.fixedRotation().times(a.get()),
            beam.s0(p, beamFrom),
            detector.at(p, detectorFrom));
    if (derivatives) {
      Mat3[] dA = turned(fixed.fixedRotation(), crystal.derivatives(local, 0));
      Vec3[] ds0 = beam.derivatives(p, beamFrom);
      m.derivatives(
          detector.derivatives(p, detectorFrom),
          ds0,
          dA,
          goniometer.derivatives(p, goniometerFrom));
    }
    return Optional.of(m);
  }

  /** The geometry of a sweep at the parameters. */
  Geometry geometry(int sweep, double[] p) {
    Geometry start = starts.get(sweep);
    int goniometer = sharing.goniometers()[sweep];
    int beam = sharing.beams()[sweep];
    int crystal = crystalOf[sweep];
    int detector = sharing.detectors()[sweep];
    return new Geometry(
        beams.get(beam).at(p, beamAt.get(beam)),
        detectors.get(detector).at(p, detectorAt.get(detector)),
        goniometers.get(goniometer).at(p, goniometerAt.get(goniometer)),
        start.scan(),
        crystal(crystal, p, start.scan().frames()));
  }

  /** As it is in the mean, with the setting matrices at the image edges if it changes. */
  private Crystal crystal(int crystal, double[] p, int images) {
    Crystal mean = crystals.get(crystal).at(local(crystal, p), 0);
    if (smoothers.get(crystal) == null) {
      return mean;
    }
    List<Mat3> edges = new ArrayList<>();
    for (int edge = 0; edge <= images; edge++) {
      edges.add(crystals.get(crystal).setting(local(crystal, p, edge), 0).orElseThrow());
    }
    return mean.withScanPoints(edges);
  }

  /** ∂cell of a sweep's crystal by all parameters: six numbers each, Å and degrees. */
  double[][] cellDerivatives(int sweep, double[] p) {
    int crystal = crystalOf[sweep];
    double[][] mean = crystals.get(crystal).cellDerivatives(local(crystal, p), 0);
    double[] weights = means(crystal);
    double[][] out = new double[entries.size()][6];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        for (int c = 0; c < 6; c++) {
          out[crystalAt.get(crystal) + k * mean.length + i][c] = weights[k] * mean[i][c];
        }
      }
    }
    return out;
  }
}
