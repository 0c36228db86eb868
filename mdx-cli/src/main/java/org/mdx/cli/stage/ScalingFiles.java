package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.geometry.Conventions;
import org.mdx.io.nexus.Mdx2;
import org.mdx.scale.AbsorptionTerm;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Option;

/** Corrected tables on the merged scale, from their files and those of their scaling models. */
final class ScalingFiles {

  /** Columns of these that merging does not need. */
  private static final String[] POSITION = {
    ColumnNames.PHI, ColumnNames.IX, ColumnNames.IY, ColumnNames.PANEL
  };

  @Option(
      names = "--scale",
      arity = "1..*",
      paramLabel = "FILE",
      description = "scales.nxs of scale, or of mdx2; one for each table, in the same order.")
  private List<Path> scale;

  @Option(
      names = "--scaling",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Apply the scale b(phi) of the models.")
  private boolean scaling;

  @Option(
      names = "--offset",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Apply the offset c(s, phi) of the models.")
  private boolean offset;

  @Option(
      names = "--absorption",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Apply the absorption a(ix, iy, phi) of the models.")
  private boolean absorption;

  @Option(
      names = "--detector",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Apply the detector factor d(ix, iy) of the models.")
  private boolean detector;

  /** Refuses another number of models than tables. */
  void requireFor(int tables, CommonOptions common) {
    if (scale != null && scale.size() != tables) {
      throw common.usage(
          "--scale with "
              + scale.size()
              + " files for "
              + tables
              + " tables: give one for each table, in the same order");
    }
  }

  /** A table with its model applied, no more of it than merging needs. */
  HKLTable read(Path table, int number, CommonOptions common, Conventions conventions)
      throws IOException {
    List<String> columns = new ArrayList<>(ScalingRefiner.COLUMNS);
    columns.add(ColumnNames.OP);
    if (scale == null) {
      columns.removeAll(List.of(POSITION));
      return Mdx2.readTable(table, columns);
    }
    HKLTable observations = Mdx2.readTable(table, columns);
    ScalingModel m = model(number);
    long lost = conventions.isMdx2() ? 0 : m.withoutPositiveScale(observations);
    if (lost > 0) {
      common
          .out()
          .println(
              table
                  + ": "
                  + lost
                  + " observations left out, where the scale of "
                  + scale.get(number)
                  + " is 0 or less; --mdx2-compatible keeps those below 0, as mdx2 does");
    }
    return m.apply(observations, common.parallel(), conventions).without(POSITION);
  }

  private ScalingModel model(int number) throws IOException {
    ScalingModel m = Mdx2.readScales(scale.get(number));
    m = scaling ? m : m.without(ScaleTerm.class);
    m = offset ? m : m.without(OffsetTerm.class);
    m = absorption ? m : m.without(AbsorptionTerm.class);
    return detector ? m : m.without(DetectorTerm.class);
  }
}
