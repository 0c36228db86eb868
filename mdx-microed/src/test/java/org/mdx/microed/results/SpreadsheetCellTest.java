package org.mdx.microed.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCellTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "\t=1", "\r=1", "-", "=\n"})
  void aFormulaShouldBecomeAText(String formula) {
    assertThat(SpreadsheetCell.harmless(formula)).isEqualTo("'" + formula);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.5", "+3", "-1e-3", "-12.5%", "P 21", "a=b", "", "0.92"})
  void numbersAndOtherTextsShouldStay(String text) {
    assertThat(SpreadsheetCell.harmless(text)).isEqualTo(text);
    assertThat(SpreadsheetCell.csv(text)).isEqualTo(text);
  }

  @Test
  void aTableShouldHoldNoFormulas(@TempDir Path folder) throws Exception {
    Path trial = Files.createDirectories(folder.resolve("=HYPERLINK(\"x\",\"y\")/P1"));
    Files.writeString(trial.resolve("dials.import.log"), "DIALS 3.12\n");

    String csv = ResultTable.read(folder, List.of(), 0.3).toCsv();

    assertThat(csv.lines().skip(1)).singleElement().asString().startsWith("\"'=HYPERLINK(");
  }
}
