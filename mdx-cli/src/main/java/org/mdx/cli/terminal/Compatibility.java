package org.mdx.cli.terminal;

import org.mdx.geometry.Conventions;
import picocli.CommandLine.Option;

/** The option to follow mdx2. */
public final class Compatibility {

  @Option(
      names = "--mdx2-compatible",
      description =
          "Follow mdx2's conventions where they differ, and use a Miller-index grid and corrections"
              + " from a geometry.nxs as they stand.")
  private boolean compatible;

  /** Whose conventions to follow. */
  public Conventions conventions() {
    return compatible ? Conventions.MDX2 : Conventions.STANDARD;
  }

  /** Whether to follow mdx2. */
  public boolean isOn() {
    return compatible;
  }
}
