package org.mdx.correct;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PanelSize;
import org.mdx.geometry.PixelCorrections;
import org.mdx.image.BinnedImageSeries;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.internal.kernel.ExpectedVariance;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.EmptyResultException;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/**
 * Turns integrated counts into intensities in the asymmetric unit.
 *
 * <pre>
 * intensity = (counts/seconds − background)·f      f = 1/(Ω T E P)
 * rs_volume = pixels·d³s/det(UB)                   s = |UB·h|
 * </pre>
 *
 * Where the true intensity is M, the variance of the measured one is
 *
 * <pre>
 * background_variance + variance_per_intensity·M
 * background_variance    = f²·(background/seconds + variance of the background + noise/seconds²)
 * variance_per_intensity = f/seconds
 * </pre>
 *
 * with the variance that the read noise of a camera has in the counts, where a column {@code
 * noise_variance} tells it, and a background below 0 taken as 0. These two columns let whoever
 * knows better recompute the variance. The error uses the mean intensity of all observations of the
 * sweep within 0.01 Å⁻¹ for M, or as much more as an observation demands by exceeding it by more
 * than three standard deviations: it does not follow the counts of ordinary observations, and no
 * counts are a measurement as good as another. The mean is taken to be no less than one count among
 * them all, so the error is above 0.
 *
 * <p>With {@link Conventions#MDX2} the error is √counts/seconds·f, zero for no counts and below.
 * Where the background is missing the intensity is NaN.
 */
public final class Corrector {
  private static final int CHUNK = 1 << 14;

  private final HKLTable table;
  private final PixelCorrections corrections;
  private final BinnedImageSeries background;
  private final CorrectOptions options;
  private final Mat3 ub;
  private final double cellsPerVolume;

  private final Column phi;
  private final Column iy;
  private final Column ix;
  private final Column panel;
  private final Column counts;
  private final Column seconds;
  private final Column pixels;
  private final Column noise;

  private final int[] h;
  private final int[] k;
  private final int[] l;
  private final int[] op;
  private final float[] s;
  private final float[] intensity;
  private final float[] error;
  private final float[] volume;
  private final float[] backgroundVariance;
  private final float[] variancePerIntensity;

  private Corrector(
      HKLTable table,
      Crystal crystal,
      PixelCorrections corrections,
      BinnedImageSeries background,
      CorrectOptions options) {
    this.table = table;
    this.corrections = corrections;
    this.background = background;
    this.options = options;
    ub = crystal.a();
    cellsPerVolume = 1 / Math.abs(ub.determinant());
    phi = table.column(ColumnNames.PHI);
    iy = table.column(ColumnNames.IY);
    ix = table.column(ColumnNames.IX);
    panel = table.has(ColumnNames.PANEL) ? table.column(ColumnNames.PANEL) : null;
    counts = table.column(ColumnNames.COUNTS);
    seconds = table.column(ColumnNames.SECONDS);
    pixels = table.column(ColumnNames.PIXELS);
    noise = table.has(ColumnNames.NOISE_VARIANCE) ? table.column(ColumnNames.NOISE_VARIANCE) : null;
    h = table.h().toIntArray();
    k = table.k().toIntArray();
    l = table.l().toIntArray();
    op = new int[h.length];
    s = new float[h.length];
    intensity = new float[h.length];
    error = new float[h.length];
    volume = new float[h.length];
    backgroundVariance = new float[options.conventions().isMdx2() ? 0 : h.length];
    variancePerIntensity = new float[backgroundVariance.length];
  }

  /**
   * Corrects a table with the corrections of its own geometry: exact ones, or those that mdx2
   * interpolates between every tenth pixel.
   *
   * @param table integrated counts: columns {@code phi iy ix seconds counts pixels n}, {@code
   *     panel} if the detector has several, and {@code noise_variance} if it has read noise
   * @param geometry of the sweep, with its crystal
   * @param background count rates to subtract, or null; in the beam of the scan, as far as both
   *     tell their attenuators
   * @param options which corrections to apply
   * @param parallel threads to use
   * @return the same rows, mapped to the asymmetric unit, with columns {@code s intensity
   *     intensity_error rs_volume op n phi iy ix} and {@code panel}, and unless compatible {@code
   *     background_variance variance_per_intensity}; the same bits for any number of threads
   * @throws IllegalArgumentException if there is no crystal, a column is missing, table or
   *     background belong to another detector, the table to another sweep, the subdivision does not
   *     fit the Laue group, or not a single intensity can be computed
   */
  public static HKLTable correct(
      HKLTable table,
      Geometry geometry,
      BinnedImageSeries background,
      CorrectOptions options,
      Parallel parallel) {
    Crystal crystal =
        geometry
            .crystal()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the sweep has no crystal: index it before correcting"));
    int panels = geometry.detector().panels().size();
    if (panels > 1 && !table.has(ColumnNames.PANEL)) {
      throw new IllegalArgumentException(
          "the detector has " + panels + " panels but the table has no column 'panel'");
    }
    TableOrigin.requireSeenBy(table, geometry);
    BinnedImageSeries rates =
        background == null ? null : background.inBeamOf(geometry.scan(), options.conventions());
    return correct(table, crystal, corrections(geometry, options), rates, options, parallel);
  }

  private static PixelCorrections corrections(Geometry geometry, CorrectOptions options) {
    if (!options.conventions().isMdx2()) {
      return PixelCorrections.exact(geometry);
    }
    List<CorrectionGrid> grids = new ArrayList<>();
    for (int p = 0; p < geometry.detector().panels().size(); p++) {
      grids.add(CorrectionGrid.sample(geometry, p, 10, 10, 0));
    }
    return PixelCorrections.interpolated(grids);
  }

  /**
   * Corrects a table with given corrections.
   *
   * @param table integrated counts: columns {@code phi iy ix seconds counts pixels n}, {@code
   *     panel} if the detector has several, and {@code noise_variance} if it has read noise
   * @param crystal gives UB and the symmetry
   * @param corrections factors by pixel position
   * @param background count rates to subtract, or null
   * @param options which corrections to apply
   * @param parallel threads to use
   * @return the same rows, mapped to the asymmetric unit, with columns {@code s intensity
   *     intensity_error rs_volume op n phi iy ix} and {@code panel}, and unless compatible {@code
   *     background_variance variance_per_intensity}; the same bits for any number of threads
   * @throws IllegalArgumentException if a column is missing, table or background belong to another
   *     detector than the corrections, the subdivision does not fit the Laue group, or not a single
   *     intensity can be computed
   */
  public static HKLTable correct(
      HKLTable table,
      Crystal crystal,
      PixelCorrections corrections,
      BinnedImageSeries background,
      CorrectOptions options,
      Parallel parallel) {
    if (background != null && !corrections.sizes().isEmpty()) {
      background.requireCovers(corrections.sizes());
    }
    AsuKernel mapping = AsuMapping.of(crystal.spaceGroup(), options, table.ndiv());
    Corrector corrector = new Corrector(table, crystal, corrections, background, options);
    corrector.requireOnDetector(corrections.sizes());
    HKLTable corrected = corrector.run(mapping, parallel);
    corrector.requireUsable();
    return corrected.corrected(options.applied(crystal.spaceGroup()));
  }

  /** Refuses observations beyond the panels: they come from another detector. */
  private void requireOnDetector(List<PanelSize> sizes) {
    for (int i = 0; i < h.length && !sizes.isEmpty(); i++) {
      int p = panel == null ? 0 : (int) panel.get(i);
      if (!(p >= 0 && p < sizes.size())
          || !(ix.get(i) <= sizes.get(p).width() - 0.5)
          || !(iy.get(i) <= sizes.get(p).height() - 0.5)) {
        throw new IllegalArgumentException(
            "row "
                + i
                + " lies at panel "
                + p
                + ", ix="
                + ix.get(i)
                + " iy="
                + iy.get(i)
                + ", the geometry's panels have "
                + sizes
                + " pixels: table and geometry belong to different sweeps");
      }
    }
  }

  /** Refuses a table of which not a single row has an intensity. */
  private void requireUsable() {
    int noBackground = 0;
    for (int i = 0; i < h.length; i++) {
      if (Float.isFinite(intensity[i]) && Float.isFinite(error[i])) {
        return;
      }
      int p = panel == null ? 0 : (int) panel.get(i);
      if (background != null
          && Double.isNaN(background.panels().get(p).rate(phi.get(i), iy.get(i), ix.get(i)))) {
        noBackground++;
      }
    }
    throw new EmptyResultException(
        h.length == 0
            ? "nothing to correct: the table has no observation; look at mask and trusted range"
            : "not one of "
                + h.length
                + " observations has an intensity: the background is missing at "
                + noBackground
                + " of them, and exposures or corrections are not finite for the others; look at"
                + " the background's valid range and at the columns seconds and pixels");
  }

  private HKLTable run(AsuKernel mapping, Parallel parallel) {
    int rows = h.length;
    int chunks = (rows + CHUNK - 1) / CHUNK;
    ShellMeans[] means = new ShellMeans[chunks];
    parallel.forEach(
        chunks,
        c -> {
          int to = Math.min(rows, (c + 1) * CHUNK);
          for (int i = c * CHUNK; i < to; i++) {
            correctRow(i);
          }
          mapping.map(h, k, l, op, c * CHUNK, to);
          if (!options.conventions().isMdx2()) {
            means[c] = shellMeans(c * CHUNK, to);
          }
        });
    if (!options.conventions().isMdx2()) {
      ShellMeans all = ShellMeans.join(means);
      parallel.forEach(chunks, c -> errors(c * CHUNK, Math.min(rows, (c + 1) * CHUNK), all));
    }
    HKLTable out =
        HKLTable.of(table.ndiv(), IntColumn.adopt(h), IntColumn.adopt(k), IntColumn.adopt(l))
            .with(ColumnNames.S, FloatColumn.adopt(s))
            .with(ColumnNames.INTENSITY, FloatColumn.adopt(intensity))
            .with(ColumnNames.INTENSITY_ERROR, FloatColumn.adopt(error))
            .with(ColumnNames.RS_VOLUME, FloatColumn.adopt(volume))
            .with(ColumnNames.OP, IntColumn.adopt(op))
            .with(ColumnNames.N, table.column(ColumnNames.N))
            .with(ColumnNames.PHI, phi)
            .with(ColumnNames.IY, iy)
            .with(ColumnNames.IX, ix);
    if (!options.conventions().isMdx2()) {
      out =
          out.with(ColumnNames.BACKGROUND_VARIANCE, FloatColumn.adopt(backgroundVariance))
              .with(ColumnNames.VARIANCE_PER_INTENSITY, FloatColumn.adopt(variancePerIntensity));
    }
    return panel == null ? out : out.with(ColumnNames.PANEL, panel);
  }

  private ShellMeans shellMeans(int from, int to) {
    ShellMeans means = new ShellMeans();
    for (int i = from; i < to; i++) {
      if (Float.isFinite(intensity[i]) && Float.isFinite(backgroundVariance[i])) {
        means.add(s[i], intensity[i], variancePerIntensity[i]);
      }
    }
    return means;
  }

  private void errors(int from, int to, ShellMeans means) {
    for (int i = from; i < to; i++) {
      double v0 = backgroundVariance[i];
      double v1 = variancePerIntensity[i];
      double demanded = ExpectedVariance.lowest(v0, v1, intensity[i]);
      double expected = Math.max(means.mean(s[i]), demanded);
      error[i] = (float) Math.sqrt(ExpectedVariance.variance(v0, v1, expected));
    }
  }

  private void correctRow(int i) {
    int p = panel == null ? 0 : (int) panel.get(i);
    double y = iy.get(i);
    double x = ix.get(i);
    double time = seconds.get(i);
    double count = counts.get(i);
    double rate = 0;
    double rateVariance = 0;
    if (background != null) {
      BinnedImageSeries.Bins bins = background.panels().get(p);
      rate = bins.rate(phi.get(i), y, x);
      rateVariance = options.conventions().isMdx2() ? 0 : bins.variance(phi.get(i), y, x);
    }
    CorrectionFactors f = corrections.at(p, y, x);
    double scale = options.applied(f);
    double cells = pixels.get(i) * f.d3s() * cellsPerVolume;
    double factor = options.lorentz() ? cells / scale : 1 / scale;
    intensity[i] = (float) ((count / time - rate) * factor);
    if (options.conventions().isMdx2()) {
      error[i] = (float) (Math.sqrt(Math.max(count, 0) / (time * time)) * factor);
    } else {
      double reading = noise == null ? 0 : noise.get(i) / (time * time);
      double counted = rate < 0 ? 0 : rate / time;
      backgroundVariance[i] = (float) ((counted + rateVariance + reading) * factor * factor);
      variancePerIntensity[i] = (float) (factor / time);
    }
    volume[i] = (float) cells;
    Vec3 index =
        new Vec3(
            h[i] / (double) table.ndiv().h(),
            k[i] / (double) table.ndiv().k(),
            l[i] / (double) table.ndiv().l());
    s[i] = (float) ub.times(index).norm();
  }
}
