package org.mdx.geometry;

/** What the beam is made of. */
public enum Probe {
  /** X-rays. */
  X_RAY,
  /** Electrons. */
  ELECTRON,
  /** Neutrons. */
  NEUTRON
}
