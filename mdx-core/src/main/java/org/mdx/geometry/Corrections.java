package org.mdx.geometry;

import java.util.ArrayList;
import java.util.List;
import org.mdx.math.Vec3;

/**
 * Geometric corrections of a sweep, exact at any pixel coordinate. Immutable.
 *
 * <p>With x the place of the pixel, d = |x|, u = x/d, n the panel's normal, cosω = |u·n|, e0 the
 * unit beam direction, m2 the rotation axis in the laboratory, p the polarization fraction and pn
 * its normal (Meisburger &amp; Ando, Methods Enzymol. 688, 43, 2023):
 *
 * <pre>
 * solid angle   Ω = qx·qy·cosω/d²
 * efficiency    E = 1 − exp(−μ t/cosω)      1 where μ or t is 0
 * attenuation   T = exp(−μ_air d)           1 for electrons and neutrons
 * polarization  P = p(1 − (u·pv1)²) + (1 − p)(1 − (u·pv2)²), pv1 = e0 × pn, pv2 = pv1 × e0
 * 1/Lorentz     Linv = |(e0 × u)·m2|
 * d³s           Linv·Ω·|Δφ|/λ³
 * </pre>
 *
 * P is that of photons: for electrons and neutrons it is 1.
 */
public final class Corrections {
  private final List<PanelFrame> panels;

  private Corrections(List<PanelFrame> panels) {
    this.panels = panels;
  }

  /**
   * The corrections of a geometry. No crystal is needed.
   *
   * @param geometry beam, detector, goniometer and scan
   * @return the corrections
   * @throws IllegalArgumentException if the photon energy is beyond the table of air, 1 keV to 20
   *     MeV
   */
  public static Corrections of(Geometry geometry) {
    List<PanelFrame> panels = new ArrayList<>();
    for (Panel p : geometry.detector().panels()) {
      panels.add(new PanelFrame(geometry, p));
    }
    return new Corrections(List.copyOf(panels));
  }

  /**
   * The factors at a pixel coordinate.
   *
   * @param panel index of the panel
   * @param px coordinate along fast in pixels; the centre of pixel ix is at ix + 0.5
   * @param py coordinate along slow in pixels
   * @return the six factors
   */
  public CorrectionFactors at(int panel, double px, double py) {
    return panels.get(panel).at(px, py);
  }

  /** What does not change over one panel. */
  private static final class PanelFrame {
    private final Panel panel;
    private final Vec3 normal;
    private final double pixelArea;
    private final double muThickness;
    private final double muAir;
    private final boolean photons;
    private final double p;
    private final Vec3 pv1;
    private final Vec3 pv2;
    private final Vec3 axisCrossBeam; // (e0 × u)·m2 = u·(m2 × e0)
    private final double perFrame;

    PanelFrame(Geometry g, Panel panel) {
      Beam beam = g.beam();
      this.panel = panel;
      this.normal = panel.normal();
      this.pixelArea = panel.pixelWidth() * panel.pixelHeight();
      this.muThickness = panel.sensor().mu() * panel.sensor().thickness();
      this.photons = beam.probe() == Probe.X_RAY;
      this.muAir = photons ? AirAttenuation.mu(beam.wavelength()) : 0;
      Vec3 e0 = beam.direction().times(-1);
      this.p = beam.polarizationFraction();
      this.pv1 = e0.cross(beam.polarizationNormal());
      this.pv2 = pv1.cross(e0);
      this.axisCrossBeam = g.goniometer().laboratoryAxis().cross(e0);
      double l = beam.wavelength();
      this.perFrame = Math.abs(Math.toRadians(g.scan().width())) / (l * l * l);
    }

    CorrectionFactors at(double px, double py) {
      Vec3 x = panel.position(px, py);
      double d = x.norm();
      double cos = Math.abs(x.dot(normal)) / d;
      double solidAngle = pixelArea * cos / (d * d);
      double efficiency = muThickness > 0 ? 1 - Math.exp(-muThickness / cos) : 1;
      double c1 = x.dot(pv1) / d;
      double c2 = x.dot(pv2) / d;
      double lorentz = Math.abs(x.dot(axisCrossBeam)) / d;
      return new CorrectionFactors(
          solidAngle,
          efficiency,
          muAir > 0 ? Math.exp(-muAir * d) : 1,
          photons ? p * (1 - c1 * c1) + (1 - p) * (1 - c2 * c2) : 1,
          lorentz,
          lorentz * solidAngle * perFrame);
    }
  }

  @Override
  public String toString() {
    return "Corrections[" + panels.size() + (panels.size() == 1 ? " panel]" : " panels]");
  }
}
