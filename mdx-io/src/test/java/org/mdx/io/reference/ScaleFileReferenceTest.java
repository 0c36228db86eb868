package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.io.hdf5.Python;
import org.mdx.io.nexus.Mdx2;
import org.mdx.scale.ScalingModel;

/** Scaling models that mdx2 1.0.4 refined, and what its own merges made with them. */
class ScaleFileReferenceTest {
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
}
