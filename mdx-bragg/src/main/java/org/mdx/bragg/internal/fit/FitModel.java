package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The models of one or several sweeps as blocks of parameters, which sweeps may share. All
 * parameters, fixed or not, have a place in one array, detectors first, then beams, crystals and
 * goniometers; at the start all are 0.
 */
final class FitModel {

  /** A parameter. */
  record Entry(String name, FitParameter kind, int model) {}

  private final List<Geometry> starts;
  private final Sharing sharing;
  private final List<DetectorBlock> detectors = new ArrayList<>();
  private final List<BeamBlock> beams = new ArrayList<>();
  private final List<CrystalBlock> crystals = new ArrayList<>();
  private final List<GoniometerBlock> goniometers = new ArrayList<>();
  private final List<Integer> detectorAt = new ArrayList<>();
  private final List<Integer> beamAt = new ArrayList<>();
  private final List<Integer> crystalAt = new ArrayList<>();
  private final List<Integer> goniometerAt = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  FitModel(List<Geometry> starts, Sharing sharing) {
    this.starts = List.copyOf(starts);
    this.sharing = sharing;
    for (int i = 0; i < starts.size(); i++) {
      if (sharing.detectors()[i] == detectors.size()) {
        DetectorBlock b = DetectorBlock.rigid(starts.get(i).detector());
        detectorAt.add(entries.size());
        for (int k = 0; k < b.size(); k++) {
          entries.add(new Entry(b.name(k), b.kind(k), detectors.size()));
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
          entries.add(new Entry(b.name(k), b.kind(k), beams.size()));
        }
        beams.add(b);
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (sharing.crystals()[i] == crystals.size()) {
        CrystalBlock b = new CrystalBlock(starts.get(i).crystal().orElseThrow());
        crystalAt.add(entries.size());
        for (int k = 0; k < b.size(); k++) {
          entries.add(new Entry(b.name(k), b.kind(k), crystals.size()));
        }
        crystals.add(b);
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      if (sharing.goniometers()[i] == goniometers.size()) {
        Geometry g = starts.get(i);
        goniometerAt.add(entries.size());
        for (int k = 0; k < GoniometerBlock.SIZE; k++) {
          entries.add(
              new Entry("setting tilt " + (k + 1), FitParameter.GONIOMETER, goniometers.size()));
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

  /** Places of the parameters that a sweep depends on, in the order of its derivatives. */
  int[] columns(int sweep) {
    int detector = sharing.detectors()[sweep];
    int beam = sharing.beams()[sweep];
    int crystal = sharing.crystals()[sweep];
    int goniometer = sharing.goniometers()[sweep];
    int[] lengths = {
      detectors.get(detector).size(),
      BeamBlock.SIZE,
      crystals.get(crystal).size(),
      GoniometerBlock.SIZE
    };
    int[] from = {
      detectorAt.get(detector),
      beamAt.get(beam),
      crystalAt.get(crystal),
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

  /** Models and derivatives of a sweep; empty where a metric is none of a cell. */
  Optional<SweepModel> sweep(int sweep, double[] p, boolean derivatives) {
    CrystalBlock crystal = crystals.get(sharing.crystals()[sweep]);
    int crystalFrom = crystalAt.get(sharing.crystals()[sweep]);
    Optional<Mat3> a = crystal.setting(p, crystalFrom);
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
      Mat3[] dA = crystal.derivatives(p, crystalFrom);
      for (int i = 0; i < dA.length; i++) {
        dA[i] = fixed.fixedRotation().times(dA[i]);
      }
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
    int crystal = sharing.crystals()[sweep];
    int detector = sharing.detectors()[sweep];
    return new Geometry(
        beams.get(beam).at(p, beamAt.get(beam)),
        detectors.get(detector).at(p, detectorAt.get(detector)),
        goniometers.get(goniometer).at(p, goniometerAt.get(goniometer)),
        start.scan(),
        crystals.get(crystal).at(p, crystalAt.get(crystal)));
  }

  /** ∂cell of a sweep's crystal by all parameters: six numbers each, Å and degrees. */
  double[][] cellDerivatives(int sweep, double[] p) {
    int crystal = sharing.crystals()[sweep];
    double[][] local = crystals.get(crystal).cellDerivatives(p, crystalAt.get(crystal));
    double[][] out = new double[entries.size()][6];
    System.arraycopy(local, 0, out, crystalAt.get(crystal), local.length);
    return out;
  }
}
