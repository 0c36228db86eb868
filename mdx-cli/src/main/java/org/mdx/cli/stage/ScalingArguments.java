package org.mdx.cli.stage;

import org.mdx.scaling.PrescaleOptions;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.TermOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of mdx2's scale, by their names there: one group for each term. */
final class ScalingArguments {

  @Mixin private Prescale prescale;
  @Mixin private Scaling scaling;
  @Mixin private Offset offset;
  @Mixin private Detector detector;
  @Mixin private Absorption absorption;

  @Option(
      names = "--mca2020",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Refine all four terms.")
  private boolean mca2020;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      paramLabel = "N",
      description =
          "Rounds in which all terms are refined, with outliers let in again; always one with"
              + " --mdx2-compatible.")
  private int rounds;

  @Option(
      names = "--adaptive",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Make terms smoother than asked for where the data do not support the detail; never with"
              + " --mdx2-compatible.")
  private boolean adaptive;

  /**
   * What to refine.
   *
   * @throws IllegalArgumentException if a value is not allowed
   */
  ScalingOptions options() {
    return ScalingOptions.defaults()
        .rounds(rounds)
        .adaptive(adaptive)
        .prescale(prescale::apply)
        .scale(o -> scaling.apply(o, mca2020))
        .offset(o -> offset.apply(o, mca2020))
        .offsetBounds(offset.min, offset.alphaMin)
        .detector(o -> detector.apply(o, mca2020))
        .absorption(o -> absorption.apply(o, mca2020));
  }

  /** A first refinement on a part of the data. */
  private static final class Prescale {

    @Option(
        names = "--prescale.enable",
        arity = "0..1",
        defaultValue = "false",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "Refine on a part of the data first.")
    private boolean enable;

    @Option(
        names = "--prescale.subsample",
        paramLabel = "N",
        defaultValue = "10",
        description = "Take every Nth observation of each sweep.")
    private int subsample;

    @Option(
        names = "--prescale.isotropic",
        arity = "0..1",
        defaultValue = "true",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "Take shells of s, 0.001 1/Å wide, for voxels.")
    private boolean isotropic;

    @Option(
        names = "--prescale.scaling",
        arity = "0..1",
        defaultValue = "true",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "With the scale b, if enabled.")
    private boolean scaling;

    @Option(
        names = "--prescale.offset",
        arity = "0..1",
        defaultValue = "false",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "With the offset c, if enabled.")
    private boolean offset;

    @Option(
        names = "--prescale.detector",
        arity = "0..1",
        defaultValue = "false",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "With the detector factor d, if enabled.")
    private boolean detector;

    @Option(
        names = "--prescale.absorption",
        arity = "0..1",
        defaultValue = "true",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "With the absorption a, if enabled.")
    private boolean absorption;

    PrescaleOptions apply(PrescaleOptions o) {
      return o.enabled(enable)
          .data(subsample, isotropic)
          .terms(scaling, offset, detector, absorption);
    }
  }

  /** The scale b(φ), for each sweep. */
  private static final class Scaling {

    @Option(
        names = "--scaling.enable",
        arity = "0..1",
        defaultValue = "true",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "Refine the scale b(phi).")
    private boolean enable;

    @Option(
        names = "--scaling.alpha",
        paramLabel = "X",
        defaultValue = "1",
        description = "Smoothness, relative to the default.")
    private double alpha;

    @Option(
        names = "--scaling.dphi",
        paramLabel = "DEGREES",
        defaultValue = "1",
        description = "Spacing of the control points.")
    private double dphi;

    @Option(
        names = "--scaling.niter",
        paramLabel = "N",
        defaultValue = "10",
        description = "Most cycles.")
    private int niter;

    @Option(
        names = "--scaling.x2tol",
        paramLabel = "X",
        defaultValue = "1e-4",
        description = "Cycles end when chi-square falls by less.")
    private double x2tol;

    @Option(
        names = "--scaling.outlier",
        paramLabel = "SIGMA",
        defaultValue = "10",
        description = "Leave out observations farther from the merged value for good.")
    private double outlier;

    TermOptions apply(TermOptions o, boolean mca2020) {
      return o.enabled(enable || mca2020)
          .cycles(niter, x2tol)
          .outlier(outlier)
          .smoothness(o.smoothness(), alpha)
          .stepPhi(dphi);
    }
  }

  /** The offset c(s, φ), for each sweep. */
  private static final class Offset {

    @Option(
        names = "--offset.enable",
        arity = "0..1",
        defaultValue = "false",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "Refine the offset c(s, phi).")
    private boolean enable;

    @Option(
        names = "--offset.alpha-x",
        paramLabel = "X",
        defaultValue = "1",
        description = "Smoothness along s, relative to the default.")
    private double alphaS;

    @Option(
        names = "--offset.alpha-y",
        paramLabel = "X",
        defaultValue = "1",
        description = "Smoothness along phi, relative to the default.")
    private double alphaPhi;

    @Option(
        names = "--offset.alpha-min",
        paramLabel = "X",
        defaultValue = "0.001",
        description = "Weight of the size of the offset.")
    private double alphaMin;

    @Option(
        names = "--offset.min",
        paramLabel = "INTENSITY",
        defaultValue = "0",
        description = "Smallest offset.")
    private double min;

    @Option(
        names = "--offset.dphi",
        paramLabel = "DEGREES",
        defaultValue = "2.5",
        description = "Spacing of the control points along phi.")
    private double dphi;

    @Option(
        names = "--offset.ns",
        paramLabel = "N",
        defaultValue = "31",
        description = "Control points along s.")
    private int ns;

    @Option(
        names = "--offset.niter",
        paramLabel = "N",
        defaultValue = "5",
        description = "Most cycles.")
    private int niter;

    @Option(
        names = "--offset.x2tol",
        paramLabel = "X",
        defaultValue = "1e-3",
        description = "Cycles end when chi-square falls by less.")
    private double x2tol;

    @Option(
        names = "--offset.outlier",
        paramLabel = "SIGMA",
        defaultValue = "5",
        description = "Leave out observations farther from the merged value for good.")
    private double outlier;

    TermOptions apply(TermOptions o, boolean mca2020) {
      return o.enabled(enable || mca2020)
          .cycles(niter, x2tol)
          .outlier(outlier)
          .smoothness(alphaS, alphaPhi)
          .stepPhi(dphi)
          .points(ns, o.ny());
    }
  }

  /** The detector factor d(ix, iy), for all sweeps together. */
  private static final class Detector {

    @Option(
        names = "--detector.enable",
        arity = "0..1",
        defaultValue = "false",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "Refine the detector factor d(ix, iy).")
    private boolean enable;

    @Option(
        names = "--detector.alpha",
        paramLabel = "X",
        defaultValue = "1",
        description = "Smoothness, relative to the default.")
    private double alpha;

    @Option(
        names = "--detector.nx",
        paramLabel = "N",
        defaultValue = "200",
        description = "Control points along x.")
    private int nx;

    @Option(
        names = "--detector.ny",
        paramLabel = "N",
        defaultValue = "200",
        description = "Control points along y.")
    private int ny;

    @Option(
        names = "--detector.niter",
        paramLabel = "N",
        defaultValue = "5",
        description = "Most cycles.")
    private int niter;

    @Option(
        names = "--detector.x2tol",
        paramLabel = "X",
        defaultValue = "1e-3",
        description = "Cycles end when chi-square falls by less.")
    private double x2tol;

    @Option(
        names = "--detector.outlier",
        paramLabel = "SIGMA",
        defaultValue = "5",
        description = "Leave out observations farther from the merged value for good.")
    private double outlier;

    TermOptions apply(TermOptions o, boolean mca2020) {
      return o.enabled(enable || mca2020)
          .cycles(niter, x2tol)
          .outlier(outlier)
          .smoothness(alpha, o.smoothnessPhi())
          .points(nx, ny);
    }
  }

  /** The absorption a(ix, iy, φ), for each sweep. */
  private static final class Absorption {

    @Option(
        names = "--absorption.enable",
        arity = "0..1",
        defaultValue = "false",
        fallbackValue = "true",
        paramLabel = "true|false",
        description = "Refine the absorption a(ix, iy, phi).")
    private boolean enable;

    @Option(
        names = "--absorption.alpha-xy",
        paramLabel = "X",
        defaultValue = "10",
        description = "Smoothness over the detector, relative to the default.")
    private double alphaXY;

    @Option(
        names = "--absorption.alpha-z",
        paramLabel = "X",
        defaultValue = "1",
        description = "Smoothness along phi, relative to the default.")
    private double alphaPhi;

    @Option(
        names = "--absorption.nx",
        paramLabel = "N",
        defaultValue = "20",
        description = "Control points along x.")
    private int nx;

    @Option(
        names = "--absorption.ny",
        paramLabel = "N",
        defaultValue = "20",
        description = "Control points along y.")
    private int ny;

    @Option(
        names = "--absorption.dphi",
        paramLabel = "DEGREES",
        defaultValue = "5",
        description = "Spacing of the control points along phi.")
    private double dphi;

    @Option(
        names = "--absorption.niter",
        paramLabel = "N",
        defaultValue = "5",
        description = "Most cycles.")
    private int niter;

    @Option(
        names = "--absorption.x2tol",
        paramLabel = "X",
        defaultValue = "1e-4",
        description = "Cycles end when chi-square falls by less.")
    private double x2tol;

    @Option(
        names = "--absorption.outlier",
        paramLabel = "SIGMA",
        defaultValue = "5",
        description = "Leave out observations farther from the merged value for good.")
    private double outlier;

    TermOptions apply(TermOptions o, boolean mca2020) {
      return o.enabled(enable || mca2020)
          .cycles(niter, x2tol)
          .outlier(outlier)
          .smoothness(alphaXY, alphaPhi)
          .stepPhi(dphi)
          .points(nx, ny);
    }
  }
}
