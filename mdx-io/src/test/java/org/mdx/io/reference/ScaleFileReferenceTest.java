package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.io.hdf5.Python;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;

/** Scaling models that mdx2 1.0.4 refined, and what its own merges made with them. */
class ScaleFileReferenceTest {
  private static final List<String> COLUMNS =
      List.of("intensity", "intensity_error", "phi", "s", "ix", "iy");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"split_0/scales.nxs", "split_1/scales.nxs", "exact/scales_1.nxs"})
  void modelsShouldBeWrittenWithTheObjectsTypesAndBitsOfMdx2(String name) throws IOException {
    Path original = Reference.file("mdx2/" + name);
    Path copy = folder.resolve("copy.nxs");

    Mdx2.writeScales(copy, Mdx2.readScales(original));

    assertThat(
            Python.run(
                """
                a, b = (h5py.File(f) for f in sys.argv[1:])
                names = [[], []]
                a.visit(names[0].append)
                b.visit(names[1].append)
                print(names[0] == names[1], a.attrs['mdx2_version'] == b.attrs['mdx2_version'])
                def attributes(x):
                    return [(k, v.tolist() if hasattr(v, 'tolist') else v, x.attrs.get_id(k).dtype)
                        for k, v in sorted(x.attrs.items())]
                for n in names[0]:
                    x, y = a[n], b[n]
                    if attributes(x) != attributes(y):
                        print(n, attributes(x), attributes(y))
                    if isinstance(x, h5py.Dataset) and (x.dtype != y.dtype
                            or not np.array_equal(x[()], y[()])):
                        print(n, x.dtype, y.dtype)
                """,
                original,
                copy))
        .isEqualTo("True True");
  }

  @ParameterizedTest
  @ValueSource(strings = {"split_0/scales.nxs", "exact/scales_1.nxs"})
  void pointsShouldHaveTheValuesThatH5pyReads(String name) throws IOException {
    Path file = Reference.file("mdx2/" + name);
    ScalingModel model = Mdx2.readScales(file);
    String[] told =
        Python.run(
                """
                e = h5py.File(sys.argv[1])['entry']
                a, b, c, d = (e[n + '_model'] for n in ('absorption', 'scaling', 'offset', 'detector'))
                for v in (a['ix'][3], a['iy'][7], a['phi'][2], a['u'][3, 7, 2], b['phi'][20],
                        b['u'][20], c['s'][4], c['phi'][6], c['u'][4, 6], d['ix'][150],
                        d['iy'][11], d['u'][150, 11]):
                    print(repr(float(v)))
                """,
                file)
            .split("\\s+");
    double[] v = Arrays.stream(told).mapToDouble(Double::parseDouble).toArray();

    assertThat(model.a(0, v[0], v[1], v[2])).isEqualTo(v[3]);
    assertThat(model.b(v[4])).isEqualTo(v[5]);
    assertThat(model.c(v[6], v[7])).isEqualTo(v[8]);
    assertThat(model.d(0, v[9], v[10])).isEqualTo(v[11]);
  }

  /**
   * mdx2: merge split_0/corrected.nxs split_1/corrected.nxs --scale A B --outlier 5; intensities
   * are stored in single precision.
   */
  @ParameterizedTest
  @CsvSource({
    "exact/scales_0.nxs, exact/scales_1.nxs, exact/merged.nxs, NONE",
    "split_0/scales.nxs, split_1/scales.nxs, merged_friedel.nxs, FRIEDEL",
  })
  void compatibleMergesWithTheModelsShouldBeThoseOfMdx2(
      String scales0, String scales1, String merged, Split split) throws IOException {
    MergeOptions options =
        MergeOptions.defaults().outlier(5).conventions(Conventions.MDX2).split(split);
    LaueGroup laue = SpaceGroup.ofNumber(199).laueGroup();
    HKLTable theirs = Mdx2.readTable(Reference.file("mdx2/" + merged));

    Merged ours =
        Merger.of(options, laue)
            .merge(
                List.of(
                    scaled("split_0", scales0, split, true),
                    scaled("split_1", scales1, split, true)),
                Parallel.available());

    assertThat(ours.outliers()).isEqualTo(62);
    assertThat(ours.used()).isEqualTo(556_506);
    HKLTable t = ours.table();
    assertThat(t.h()).isEqualTo(theirs.h());
    assertThat(t.k()).isEqualTo(theirs.k());
    assertThat(t.l()).isEqualTo(theirs.l());
    for (String set : split == Split.NONE ? List.of("") : List.of("", "group_0_", "group_1_")) {
      for (int v = 0; v < t.rows(); v++) {
        assertThat(t.column(set + "count").get(v)).isEqualTo(theirs.column(set + "count").get(v));
        double m = theirs.column(set + "intensity").get(v);
        double e = theirs.column(set + "intensity_error").get(v);
        if (t.column(set + "count").get(v) == 0) {
          assertThat(t.column(set + "intensity").get(v)).isNaN();
          assertThat(m).isNaN();
        } else {
          assertThat(t.column(set + "intensity").get(v))
              .isCloseTo(m, within(1e-6 * Math.max(Math.abs(m), e)));
          assertThat(t.column(set + "intensity_error").get(v)).isCloseTo(e, within(1e-6 * e));
        }
      }
    }
  }

  @Test
  void observationsBeyondTheOffsetShouldBeInvalidUnlessCompatible() throws IOException {
    // of 579,134 observations 22,566 have no valid error; 60 more lie beyond the offset's points
    List<HKLTable> tables = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      tables.add(scaled("split_" + i, "exact/scales_" + i + ".nxs", Split.NONE, false));
    }
    Merged merged = Merger.of(MergeOptions.defaults()).merge(tables, Parallel.available());
    assertThat(merged.rows()).isEqualTo(579_134);
    assertThat(merged.invalid()).isEqualTo(22_566 + 60);
  }

  private static HKLTable scaled(String sweep, String scales, Split split, boolean compatible)
      throws IOException {
    List<String> columns = new ArrayList<>(COLUMNS);
    if (split == Split.FRIEDEL) {
      columns.add("op");
    }
    return Mdx2.readScales(Reference.file("mdx2/" + scales))
        .apply(
            Mdx2.readTable(Reference.file("mdx2/" + sweep + "/corrected.nxs"), columns),
            Parallel.available(),
            compatible ? Conventions.MDX2 : Conventions.STANDARD);
  }
}
