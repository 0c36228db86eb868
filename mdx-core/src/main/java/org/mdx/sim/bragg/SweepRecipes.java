package org.mdx.sim.bragg;

import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.sim.SimulatedDetector;

/** How each {@link SweepKind} is made from random numbers. */
final class SweepRecipes {
  private static final double WAVELENGTH = 0.9768;
  private static final double SHORT_WAVELENGTH = 0.6889;

  /** Relativistic wavelengths at 200 and 300 kV, Å. */
  private static final double ELECTRONS_200 = 0.025079;

  private static final double ELECTRONS_300 = 0.019687;

  /** Width of the background of air and solvent, Å⁻¹. */
  private static final double AIR = 0.35;

  private SweepRecipes() {}

  static BraggOptions demo(Draw d) {
    double a = 30 * (1 + d.within(0.02));
    Crystal crystal = crystal(d, new UnitCell(a, a, a, 90, 90, 90), "I 21 3");
    return pilatus300K(d, 80, WAVELENGTH, scan(d, 80, 0.5), List.of(alone(d, crystal, 0.11, 0.2)))
        .withName("demo")
        .withIntensities(new Intensities(d.between(600, 1200), d.between(8, 14), 0, 0));
  }

  static BraggOptions pilatus2M(Draw d) {
    double a = 78 * (1 + d.within(0.02));
    double c = 37 * (1 + d.within(0.02));
    Crystal crystal = crystal(d, new UnitCell(a, a, c, 90, 90, 90), "P 43 21 2");
    return pilatus2M(d, 200, scan(d, 150, 0.2), List.of(alone(d, crystal, 0.03, 0.07)))
        .withName("pilatus2m")
        .withIntensities(new Intensities(d.between(80, 160), d.between(12, 20), 0, 0));
  }

  static BraggOptions p1(Draw d) {
    UnitCell cell =
        new UnitCell(
            d.between(5, 8),
            d.between(7, 11),
            d.between(10, 15),
            d.between(76, 104),
            d.between(76, 104),
            d.between(76, 104));
    List<Lattice> lattices = List.of(alone(d, crystal(d, cell, "P 1"), 0.08, 0.12));
    return pilatus300K(d, 60, SHORT_WAVELENGTH, scan(d, 180, 0.5), lattices)
        .withName("p1")
        .withIntensities(new Intensities(d.between(800, 2500), d.between(2, 4), 0, 0));
  }

  static BraggOptions monoclinic(Draw d) {
    boolean primitive = d.coin();
    UnitCell cell =
        new UnitCell(
            d.between(28, 45), d.between(25, 38), d.between(40, 60), 90, d.between(92, 112), 90);
    Crystal crystal = crystal(d, cell, primitive ? "P 1 21 1" : "C 1 2 1");
    return pilatus300K(d, 120, WAVELENGTH, scan(d, 120, 0.5), List.of(alone(d, crystal, 0.05, 0.1)))
        .withName("monoclinic")
        .withIntensities(new Intensities(d.between(150, 400), d.between(10, 18), 0, 0));
  }

  static BraggOptions longAxis(Draw d) {
    boolean tetragonal = d.coin();
    double a = d.between(55, 65);
    UnitCell cell =
        new UnitCell(a, tetragonal ? a : d.between(68, 80), 300 * (1 + d.within(0.03)), 90, 90, 90);
    Crystal crystal = crystal(d, cell, tetragonal ? "P 41 21 2" : "P 21 21 21");
    return pilatus2M(d, 320, scan(d, 150, 0.1), List.of(alone(d, crystal, 0.02, 0.05)))
        .withName("long-axis")
        .withIntensities(new Intensities(d.between(80, 160), d.between(20, 30), 0, 0));
  }

  static BraggOptions twoLattices(Draw d) {
    UnitCell cell =
        new UnitCell(d.between(24, 34), d.between(36, 46), d.between(50, 62), 90, 90, 90);
    Crystal first = crystal(d, cell, "P 21 21 21");
    // 6 to 30 degrees apart about any direction, so not related by symmetry
    Mat3 turn = Mat3.rotation(d.direction(), d.between(6, 30));
    Crystal second = Crystal.ofRealSpaceAxes(turn.times(first.a()).inverse(), first.spaceGroup());
    Lattice one = alone(d, first, 0.05, 0.1);
    Lattice two = new Lattice(second, d.between(0.3, 0.9), one.sigmaB(), one.sigmaM());
    return pilatus300K(d, 130, WAVELENGTH, scan(d, 120, 0.5), List.of(one, two))
        .withName("two-lattices")
        .withIntensities(new Intensities(d.between(200, 400), d.between(12, 20), 0, 0));
  }

  static BraggOptions wedge(Draw d) {
    UnitCell cell =
        new UnitCell(d.between(38, 50), d.between(55, 68), d.between(72, 90), 90, 90, 90);
    Crystal crystal = crystal(d, cell, "P 21 21 21");
    return pilatus300K(d, 150, WAVELENGTH, scan(d, 25, 0.2), List.of(alone(d, crystal, 0.04, 0.08)))
        .withName("wedge")
        .withIntensities(new Intensities(d.between(80, 200), d.between(15, 25), 0, 0));
  }

  static BraggOptions microEd(Draw d) {
    boolean high = d.coin();
    boolean monoclinic = d.coin();
    UnitCell cell =
        new UnitCell(
            d.between(5, 9),
            d.between(7, 13),
            d.between(11, 18),
            90,
            monoclinic ? d.between(92, 108) : 90,
            90);
    Crystal crystal = crystal(d, cell, monoclinic ? "P 1 21 1" : "P 21 21 21");
    Lattice lattice = new Lattice(crystal, 1, d.between(0.0025, 0.005), d.between(0.15, 0.4));
    double distance = (high ? 1500 : 1200) * (1 + d.within(0.05));
    double angle = Math.toRadians(d.between(0, 360));
    Vec3 axis = new Vec3(Math.cos(angle), Math.sin(angle), 0);
    double width = d.coin() ? 0.5 : 1;
    boolean whole = d.coin();
    Camera camera =
        new Camera(
            whole ? Camera.Values.INT16 : Camera.Values.INT32,
            d.between(1, 8),
            d.between(-20, 100),
            d.between(0.2, 1));
    return BraggOptions.electrons(
            SimulatedDetector.flat(981, 1043, 0.056, distance),
            high ? ELECTRONS_300 : ELECTRONS_200,
            scan(d, (int) (70 / width), width),
            List.of(lattice))
        .withName("microed")
        .withGoniometer(new Goniometer(axis, Mat3.IDENTITY, Mat3.IDENTITY))
        .withCamera(camera)
        .withOffset(
            GeometryOffset.of(d.within(8), d.within(8), 0).withAxis(d.within(0.5), d.within(0.3)))
        .withBackground(new Background(d.between(1, 4), AIR, 0))
        .withIntensities(new Intensities(d.between(3, 8), d.between(2, 4), 0, 0.75));
  }

  static BraggOptions drift(Draw d) {
    UnitCell cell =
        new UnitCell(d.between(24, 32), d.between(34, 42), d.between(44, 56), 90, 90, 90);
    Crystal crystal = crystal(d, cell, "P 21 21 21");
    Drift drift =
        new Drift(
            d.direction().times(d.between(0.15, 0.6)),
            d.between(0, 0.004),
            d.between(0, 0.004),
            d.between(0, 0.004),
            d.within(0.15));
    int frames = 180;
    Lattice lattice = alone(d, drift.of(crystal, frames), 0.05, 0.1);
    return pilatus300K(d, 120, WAVELENGTH, scan(d, frames, 0.5), List.of(lattice))
        .withName("drift")
        .withIntensities(
            new Intensities(d.between(200, 400), d.between(10, 15), d.between(2, 8), 0));
  }

  static BraggOptions fineSlices(Draw d) {
    UnitCell cell =
        new UnitCell(d.between(28, 40), d.between(25, 38), d.between(40, 55), 90, 100, 90);
    Crystal crystal = crystal(d, cell, "P 1 21 1");
    return pilatus300K(
            d, 120, WAVELENGTH, scan(d, 600, 0.05), List.of(alone(d, crystal, 0.05, 0.1)))
        .withName("fine-slices")
        .withBackground(new Background(d.between(0.05, 0.15), AIR, 0))
        .withIntensities(new Intensities(d.between(150, 400), d.between(10, 18), 0, 0));
  }

  private static BraggOptions pilatus300K(
      Draw d, double distance, double wavelength, Scan scan, List<Lattice> lattices) {
    SimulatedDetector detector = SimulatedDetector.pilatus300K(distance, wavelength);
    return common(d, BraggOptions.xRays(detector, wavelength, scan, lattices));
  }

  private static BraggOptions pilatus2M(
      Draw d, double distance, Scan scan, List<Lattice> lattices) {
    SimulatedDetector detector = SimulatedDetector.pilatus2M(distance, WAVELENGTH);
    return common(d, BraggOptions.xRays(detector, WAVELENGTH, scan, lattices));
  }

  /** Headers that are off as those of a beamline are, and air about the beam. */
  private static BraggOptions common(Draw d, BraggOptions options) {
    return options
        .withOffset(
            GeometryOffset.of(d.within(1.5), d.within(1.5), d.within(0.4))
                .withTilts(d.within(0.15), d.within(0.15), d.within(0.1))
                .withAxis(d.within(0.05), d.within(0.05)))
        .withBackground(new Background(d.between(1, 4), AIR, 0));
  }

  private static Scan scan(Draw d, int frames, double width) {
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 0.04);
    return new Scan(1, Math.rint(d.within(90)), width, exposures);
  }

  private static Crystal crystal(Draw d, UnitCell cell, String group) {
    Mat3 a = d.rotation().times(cell.reciprocal());
    return Crystal.ofRealSpaceAxes(a.inverse(), SpaceGroup.parse(group));
  }

  /** One crystal with spreads from once to one and a half times these. */
  private static Lattice alone(Draw d, Crystal crystal, double sigmaB, double sigmaM) {
    return new Lattice(crystal, 1, sigmaB * d.between(1, 1.5), sigmaM * d.between(1, 1.5));
  }
}
