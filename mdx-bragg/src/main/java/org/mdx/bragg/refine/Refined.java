package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.fit.CrystalState;
import org.mdx.bragg.internal.fit.FitOptions;
import org.mdx.bragg.internal.fit.FitResult;
import org.mdx.bragg.internal.fit.FittedParameter;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.math.Uncertain;
import org.mdx.reflection.Reflections;

/** Refined geometries, the reflections with their predictions, and how good they are. Immutable. */
public final class Refined {
  private static final double STRONG = 0.95;

  /** Pairs of correlated parameters that the table lists. */
  private static final int TOLD = 20;

  private final FitResult fit;
  private final Reflections reflections;
  private final double varianceOffset;
  private final double scaleShift;
  private final List<RefinedParameter> parameters;
  private final ScanBlocks blocks;
  private final boolean still;

  /** With what a changing scale moved centroids by along the scan, rms, frames. */
  Refined(FitResult fit, Reflections reflections, FitOptions how, double scaleShift) {
    this.fit = fit;
    this.reflections = reflections;
    this.varianceOffset = how.varianceOffset();
    this.scaleShift = scaleShift;
    parameters = fit.parameters().stream().map(Refined::parameter).toList();
    blocks = new ScanBlocks(fit.geometries(), reflections);
    still = !how.form().variation().orientation() && how.form().variation().beamInterval() == 0;
  }

  private static RefinedParameter parameter(FittedParameter p) {
    RefineParameter group = RefineParameter.valueOf(p.kind().name());
    String unit =
        switch (group) {
          case DISTANCE, SHIFTS -> "mm";
          case WAVENUMBER -> "Å⁻¹";
          case CELL -> "Å⁻²";
          default -> "mrad";
        };
    return new RefinedParameter(p.name(), group, p.model(), unit, p.change(), p.sigma());
  }

  /**
   * The geometries.
   *
   * @return one for each that was given
   */
  public List<Geometry> geometries() {
    return fit.geometries();
  }

  /**
   * All reflections that were given, with {@code xyzcal}, {@code s1}, {@code entering} of the
   * refined geometries and {@code xyzobs.mm.value}, {@code rlp} on them where there were such.
   * Those that were used have the flag {@code used_in_refinement}, outliers beyond 5 standard
   * deviations {@code centroid_outlier} too.
   *
   * @return in their order
   */
  public Reflections reflections() {
    return reflections;
  }

  /**
   * By how much an intensity that changes along the scan moves the centroids along it, which was
   * taken off.
   *
   * @return root mean square in frames; 0 if it cannot be seen
   */
  public double scaleShift() {
    return scaleShift;
  }

  /**
   * Covariance of a cell.
   *
   * @param geometry number of the geometry, from 0
   * @return 6 × 6 row by row, of a, b, c in Å and α, β, γ in degrees; 0 where symmetry fixes them
   */
  public double[] cellCovariance(int geometry) {
    return fit.cellCovariances()[geometry];
  }

  /**
   * Standard uncertainties of a cell.
   *
   * @param geometry number of the geometry, from 0
   * @return of a, b, c in Å and α, β, γ in degrees; 0 where symmetry fixes them
   */
  public double[] cellSigmas(int geometry) {
    return fit.cellSigmas()[geometry];
  }

  /**
   * What was refined.
   *
   * @return parameters with uncertainties
   */
  public List<RefinedParameter> parameters() {
    return parameters;
  }

  /**
   * Correlation of the errors of two parameters.
   *
   * @param i number of one in {@link #parameters}
   * @param j number of the other
   * @return −1 to 1, or NaN
   */
  public double correlation(int i, int j) {
    return fit.correlation(i, j);
  }

  /**
   * Pairs of parameters whose correlation is beyond ±0.95.
   *
   * @return pairs in the order of the parameters
   */
  public List<StrongCorrelation> strongCorrelations() {
    List<StrongCorrelation> out = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      for (int j = i + 1; j < parameters.size(); j++) {
        double c = fit.correlation(i, j);
        if (Math.abs(c) > STRONG) {
          out.add(new StrongCorrelation(parameters.get(i), parameters.get(j), c));
        }
      }
    }
    return out;
  }

  /**
   * Crystals that change along their scans, at eleven places of each. Where all stays within what
   * the reflections can tell, the crystal is static and there are none.
   *
   * @return those of the first sweep, of the second, …
   */
  public List<CrystalAtImage> alongScan() {
    List<CrystalAtImage> out = new ArrayList<>();
    for (CrystalState s : fit.states()) {
      int first = geometries().get(s.sweep()).scan().firstImage();
      out.add(
          new CrystalAtImage(
              s.sweep(),
              first - 1 + s.position(),
              s.rotation(),
              s.rotationSigmas(),
              s.cell(),
              s.cellSigmas(),
              s.beam(),
              s.beamSigmas()));
    }
    return out;
  }

  /**
   * Residuals by tenths of each scan.
   *
   * @return the parts of the first sweep, of the second, …
   */
  public List<ScanBlock> blocks() {
    return blocks.parts();
  }

  /**
   * Residuals of each sweep.
   *
   * @return one for each geometry
   */
  public List<ScanBlock> sweeps() {
    return blocks.sweeps();
  }

  /**
   * Number of reflections that were used.
   *
   * @return outliers included
   */
  public int used() {
    return fit.used();
  }

  /**
   * Number of outliers.
   *
   * @return reflections beyond 5 standard deviations
   */
  public int outliers() {
    return fit.outliers();
  }

  /**
   * What is added in squares to the standard deviations of centroids along fast and slow.
   *
   * @return px
   */
  public double floorPixels() {
    return fit.floorPixels();
  }

  /**
   * What is added in squares to the standard deviations of centroids along the scan.
   *
   * @return frames
   */
  public double floorFrames() {
    return fit.floorFrames();
  }

  /**
   * Whether parameters and floors had settled at the end.
   *
   * @return false if the rounds ran out before
   */
  public boolean isConverged() {
    return fit.converged();
  }

  /**
   * What looks wrong: spots that the geometry does not explain, axes of the wrong hand, many
   * outliers, stretches of the scan without reflections, crystals kept still that would rather
   * turn.
   *
   * @return sentences, none if all is well
   */
  public List<String> warnings() {
    List<String> out = RefinementWarnings.of(this);
    if (still) {
      double[] floors = {floorPixels(), floorFrames()};
      out.addAll(new StillCrystals(geometries(), reflections, varianceOffset, floors).warnings());
    }
    return out;
  }

  /**
   * Tables of cells, parameters and residuals.
   *
   * @return lines of text
   */
  public String table() {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < geometries().size(); i++) {
      b.append(cell(i)).append('\n');
    }
    b.append(
        line(
            "%d reflections used, %d outliers (%.1f %%); floors %.4f px, %.4f frames",
            used(), outliers(), 100.0 * outliers() / used(), floorPixels(), floorFrames()));
    if (varianceOffset == FitOptions.DIALS_OFFSET) {
      b.append("the variances of the centroids have 1/12 in them, as DIALS adds; taken off\n");
    }
    if (scaleShift > 0) {
      b.append(
          line(
              "the intensity changes along the scan, which moves centroids by %.4f frames (rms):"
                  + " taken off",
              scaleShift));
    }
    if (!isConverged()) {
      b.append("not converged: the numbers may still change\n");
    }
    warnings().forEach(w -> b.append("warning: ").append(w).append('\n'));
    b.append(line("%n%-16s %5s %13s %12s", "parameter", "model", "change", "sigma"));
    for (RefinedParameter p : parameters) {
      b.append(
          line("%-16s %5d %13.4g %12.2g %s", p.name(), p.model(), p.change(), p.sigma(), p.unit()));
    }
    List<StrongCorrelation> correlated = strongCorrelations();
    for (StrongCorrelation c : correlated.subList(0, Math.min(TOLD, correlated.size()))) {
      b.append("correlated: ").append(c).append('\n');
    }
    if (correlated.size() > TOLD) {
      b.append(line("and %d more pairs", correlated.size() - TOLD));
    }
    appendAlong(b);
    b.append(
        line(
            "%n%5s %11s %8s %9s %9s %9s",
            "sweep", "images", "number", "rmsd x px", "y px", "frames"));
    for (ScanBlock s : blocks()) {
      b.append(row(s));
    }
    for (ScanBlock s : sweeps()) {
      b.append(row(s));
    }
    return b.toString();
  }

  private void appendAlong(StringBuilder b) {
    List<CrystalAtImage> along = alongScan();
    if (!along.isEmpty()) {
      String beam = along.get(0).beam().isEmpty() ? "" : "; beam mrad";
      b.append(
          line("%n%5s %7s %-38s %s%s", "sweep", "image", "rotation x y z mrad", "a b c Å", beam));
    }
    for (CrystalAtImage c : along) {
      double[] edges = {c.cell().a(), c.cell().b(), c.cell().c()};
      StringBuilder turns = new StringBuilder();
      StringBuilder lengths = new StringBuilder();
      for (int k = 0; k < 3; k++) {
        turns.append(
            String.format(
                "%-12s ", Uncertain.text(c.rotation().get(k), c.rotationSigmas().get(k))));
        lengths.append(' ').append(Uncertain.text(edges[k], c.cellSigmas().get(k)));
      }
      for (int k = 0; k < c.beam().size(); k++) {
        lengths.append(k == 0 ? "; " : " ");
        lengths.append(Uncertain.text(c.beam().get(k), c.beamSigmas().get(k)));
      }
      b.append(line("%5d %7.1f %s%s", c.sweep(), c.image(), turns, lengths));
    }
  }

  private String cell(int i) {
    UnitCell c = geometries().get(i).crystal().orElseThrow().cell();
    double[] value = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
    double[] sigma = cellSigmas(i);
    StringBuilder b = new StringBuilder("cell");
    for (int k = 0; k < 6; k++) {
      b.append(' ').append(Uncertain.text(value[k], sigma[k]));
    }
    return b.append(' ')
        .append(geometries().get(i).crystal().orElseThrow().spaceGroup())
        .toString();
  }

  private static String row(ScanBlock s) {
    return line(
        "%5d %5d–%-5d %8d %9.4f %9.4f %9.4f",
        s.sweep(),
        s.firstImage(),
        s.lastImage(),
        s.reflections(),
        s.rmsdX(),
        s.rmsdY(),
        s.rmsdFrames());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }

  /** Cell of the first geometry, numbers of reflections and residuals. */
  @Override
  public String toString() {
    ScanBlock s = sweeps().get(0);
    return String.format(
        Locale.ROOT,
        "Refined[%s, %d reflections, %d outliers, rmsd %.4f %.4f px %.4f frames%s%s]",
        cell(0),
        used(),
        outliers(),
        s.rmsdX(),
        s.rmsdY(),
        s.rmsdFrames(),
        geometries().size() == 1 ? "" : ", and " + (geometries().size() - 1) + " more geometries",
        isConverged() ? "" : ", not converged");
  }
}
