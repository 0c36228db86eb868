package org.mdx.cli;

import org.mdx.crystal.CellTolerance;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** How far the cells of crystals that are merged as one kind may differ. */
final class CellToleranceOption {
  @Option(
      names = "--cell-tolerance",
      paramLabel = "LENGTH,ANGLE",
      description =
          "Refuse sweeps with axes that differ by a larger fraction or angles that differ by more"
              + " degrees. Default: 0.05,2.",
      parameterConsumer = Numbers.TwoReals.class,
      showDefaultValue = Visibility.NEVER)
  private Numbers.Values values;

  /**
   * What was asked for.
   *
   * @throws IllegalArgumentException if one of them is not above 0
   */
  CellTolerance get() {
    return values == null
        ? CellTolerance.defaults()
        : new CellTolerance(values.get(0), values.get(1));
  }
}
