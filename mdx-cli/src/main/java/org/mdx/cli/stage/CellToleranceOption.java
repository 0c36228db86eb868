package org.mdx.cli.stage;

import org.mdx.cli.terminal.Numbers;
import org.mdx.crystal.CellTolerance;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The option for the difference that cells may have in crystals that are merged as one kind. */
public final class CellToleranceOption {
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
  public CellTolerance get() {
    return values == null
        ? CellTolerance.defaults()
        : new CellTolerance(values.get(0), values.get(1));
  }
}
