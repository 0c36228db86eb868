package org.mdx.sim.bragg;

import org.mdx.reflection.ReflectionKey;

/** Columns of the truth that no measured table has; see {@link TrueSpot}. */
public final class TruthKeys {
  /** I = strength · ε E² · exp(−B s²/2) times the lattice's share, without decay. */
  public static final ReflectionKey<double[]> INTENSITY =
      new ReflectionKey<>("truth.intensity", double[].class, 1, "counts");

  /** L = |s0| |s1| / |e · (s1 × s0)|. */
  public static final ReflectionKey<double[]> LORENTZ =
      new ReflectionKey<>("truth.lorentz", double[].class, 1, "");

  /** Expected photons of the whole spot, recorded or not. */
  public static final ReflectionKey<double[]> COUNTS =
      new ReflectionKey<>("truth.counts", double[].class, 1, "counts");

  /** Variances of the places of its photons along fast, slow and the scan. */
  public static final ReflectionKey<double[]> SHAPE =
      new ReflectionKey<>("truth.shape", double[].class, 3, "px², px², frame²");

  /** Their covariance of fast and slow. */
  public static final ReflectionKey<double[]> SHAPE_XY =
      new ReflectionKey<>("truth.shape.xy", double[].class, 1, "px²");

  private TruthKeys() {}
}
