package org.mdx.geometry;

/** The radiation of the beam. */
public enum Probe {
  /** X-rays. */
  X_RAY,
  /** Electrons. */
  ELECTRON,
  /** Neutrons. */
  NEUTRON
}
