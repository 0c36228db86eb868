package org.mdx.stats;

/** Which voxels count in statistics. */
public enum Voxels {
  /** All of them. */
  ALL,
  /** Those centred on reflections (integer indices, not absent), where halos of Bragg peaks are. */
  HALO,
  /** All the others. */
  REST
}
