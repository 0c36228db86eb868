package org.mdx.microed.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Tables as DIALS 3.12 printed them, except where a test says otherwise. */
class MergingTableTest {
  /** Six of the shells of a simulated sweep in P1; two have no anomalous pairs at all. */
  static final String LOG =
      """
      DIALS 3.12
                  ----------Merging statistics by resolution bin----------

       d_max  d_min   #obs  #uniq   mult.  %comp       <I>  <I/sI>    r_mrg   r_meas    r_pim   r_anom   cc1/2   cc_ano
       22.58   3.90     55     40    1.38  26.32    6200.2    47.0    0.011    0.016    0.011    0.022   0.999*   0.000
        3.90   1.88     53     44    1.20  29.33    4616.4    41.5    0.026    0.037    0.026    0.052   1.000*   0.000
        1.88   1.81     55     48    1.15  34.53    1567.7    26.8    0.025    0.035    0.025    0.050   0.799*   0.000
        1.81   1.76     57     56    1.02  33.73    1483.0    23.4    0.006    0.008    0.006    0.012   0.000   0.000
        1.76   1.71     48     43    1.12  31.62    1108.7    22.4    0.093    0.132    0.093    0.190   0.763   0.000
        1.71   1.66     42     42    1.00  27.63     967.5    20.2    0.000    0.000    0.000     0.000   0.000
       22.58   1.66    804    719    1.12  24.27    2435.6    29.9    0.020    0.028    0.020    0.039   0.998*   0.000


      """;

  private static MergingTable table() {
    return MergingTable.parse(LOG).orElseThrow();
  }

  @Test
  void shellsAndTheWholeShouldBeTold() {
    MergingTable t = table();
    assertThat(t.shells()).hasSize(6);
    assertThat(t.value(0, "d_max")).isEqualTo(22.58);
    assertThat(t.value(0, "cc1/2")).isEqualTo(0.999);
    assertThat(t.overall("%comp")).isEqualTo(24.27);
    assertThat(t.overall("#obs")).isEqualTo(804);
    assertThat(t.value(0, "none")).isNaN();
  }

  @Test
  void aBlankCellShouldNotShiftThoseAfterIt() {
    MergingTable t = table();
    assertThat(t.value(5, "r_pim")).isZero();
    assertThat(t.value(5, "r_anom")).isNaN();
    assertThat(t.value(5, "<I/sI>")).isEqualTo(20.2);
    assertThat(t.shells().get(5).get(t.columns().indexOf("cc1/2"))).isEqualTo("0.000");
  }

  @Test
  void otherWidthsAndColumnsShouldBeUnderstood() {
    // as published with other widths; a later version might add a column or drop one
    String log =
        """
          d_max  d_min    #obs  #uniq   mult.   %comp   <I>  <I/sI>  r_mrg  r_meas  r_pim  new  cc1/2
          17.99   1.76   14909    174   85.68   99.43  55.9    25.3  0.375   0.376  0.035    5  0.976*
          17.98   1.76   14909    174   85.68   99.43  55.9    25.3  0.375   0.376  0.035    5  0.976*
        """;
    MergingTable t = MergingTable.parse(log).orElseThrow();
    assertThat(t.shells()).hasSize(1);
    assertThat(t.overall("cc1/2")).isEqualTo(0.976);
    assertThat(MergingTable.parse("nothing d_min of that kind")).isEmpty();
    assertThat(MergingTable.parse("d_max d_min cc1/2\nSorry: no data\n")).isEmpty();
  }

  @Test
  void theLastOfSeveralTablesShouldCount() {
    assertThat(MergingTable.parse(LOG.replace("0.999*", "0.111 ") + LOG).orElseThrow())
        .isEqualTo(table());
  }

  @Test
  void tabsShouldHaveTheColumnsOfAPublication() {
    String[] lines = table().toTabs(false, false).split("\n");
    assertThat(lines[0]).isEqualTo("d_max\td_min\t#obs\t#uniq\tmult.\t%comp\t<I/sI>\tr_pim\tcc1/2");
    assertThat(lines[1]).isEqualTo("22.58\t3.90\t55\t40\t1.38\t26.32\t47.0\t0.011\t0.999");
    assertThat(lines).hasSize(8);
    assertThat(lines[7]).endsWith("\t0.998");
    String[] all = table().toTabs(true, true).split("\n");
    assertThat(all[0].split("\t")).hasSize(14).startsWith("'d_max");
    assertThat(all[1]).contains("'3.90\t", "'0.999*");
    assertThat(all[6].split("\t")[11]).isEqualTo("'");
  }

  @Test
  void jsonShouldServeWhereThereIsNoLog() throws Exception {
    String json =
        """
        {"scaling_tables": {"resolution_binned": [
          ["Resolution (Å)", "N(obs)", "Multiplicity", "Completeness", "Mean I/σ(I)",
           "R<sub>pim</sub>", "CC<sub>½</sub>"],
          ["22.58 - 3.90", 55, "1.38", "26.32", "47.0", "0.011", "0.999*"],
          ["3.90 - 3.10", 53, "1.20", "29.33", "41.5", "0.026", "0.280"]]}}
        """;
    MergingTable t = MergingTable.of(new ObjectMapper().readTree(json)).orElseThrow();
    assertThat(t.value(1, "#obs")).isEqualTo(53);
    assertThat(t.value(1, "<I/sI>")).isEqualTo(41.5);
    assertThat(ResolutionLimit.of(t, 0.3).resolution()).isEqualTo(3.90);
    assertThat(MergingTable.of(new ObjectMapper().readTree("{}"))).isEmpty();
  }

  @Test
  void resolutionShouldEndAtTheLastShellBeforeTheFirstFall() {
    // list.sh of Osaka University takes the same shell: 1.81, not 1.71 beyond the fall
    ResolutionLimit limit = ResolutionLimit.of(table(), 0.3);
    assertThat(limit.resolution()).isEqualTo(1.81);
    assertThat(limit.atEdge()).isFalse();
    assertThat(limit.doubtful()).isTrue();
    // by hand: middles 1/d2 = (1/1.88^2 + 1/1.81^2)/2 = 0.294090 and (1/1.81^2 + 1/1.76^2)/2
    // = 0.314037; CC falls from 0.799 to 0, so 0.3 is at 0.624531 of the way: 0.306547
    assertThat(limit.interpolated()).isCloseTo(1 / Math.sqrt(0.306547), within(2e-5));
    assertThat(ResolutionLimit.of(table(), 0.9).resolution()).isEqualTo(1.88);
  }

  @Test
  void aCorrelationThatNeverFallsShouldReachTheEdge() {
    MergingTable t = MergingTable.parse(LOG.replaceAll("0\\.(000|763) {3}0", "0.999   0")).get();
    ResolutionLimit limit = ResolutionLimit.of(t, 0.3);
    assertThat(limit.atEdge()).isTrue();
    assertThat(limit.resolution()).isEqualTo(1.66);
    assertThat(limit.interpolated()).isNaN();
  }

  @Test
  void aCorrelationThatIsLowOrUnknownFromTheStartShouldGiveNone() {
    assertThat(ResolutionLimit.of(table(), 0.9999).resolution()).isNaN();
    MergingTable unknown = MergingTable.parse(LOG.replace("0.999*", "  nan ")).orElseThrow();
    assertThat(ResolutionLimit.of(unknown, 0.3).resolution()).isNaN();
    assertThat(ResolutionLimit.of(unknown, 0.3).interpolated()).isNaN();
  }
}
