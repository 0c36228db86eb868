package org.mdx.stats;

/** Which voxels count in statistics. */
public enum Voxels {
  /** All of them. */
  ALL,
  /** Those centred on integer Miller indices, where halos of Bragg peaks are. */
  HALO,
  /** Those not centred on integer Miller indices. */
  REST
}
