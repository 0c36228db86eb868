package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.Mdx;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageChunks;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.integrate.Integration;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Sweep;
import org.mdx.table.HKLTable;

/**
 * Observations as mdx2 1.0.4 makes them, chunk by chunk, at frames of 1°, 0.5°, 0.2° and 0.1°:
 * every row. Numbers of rows are those of its integrated.nxs, chunks those of its data.nxs.
 */
class ChunkReferenceTest {

  @ParameterizedTest
  @CsvSource({"w1, 5, 4207", "w0.5, 10, 4339", "w0.2, 25, 4223", "w0.1, 50, 3028"})
  void observationsShouldBeThoseOfMdx2WithItsFilesAndByItsRule(String name, int frames, int rows)
      throws IOException {
    String folder = "mdx2_chunks/" + name + "/";
    ImageSeries stack = Mdx2.readImages(Reference.file(folder + "data.nxs"));
    assertThat(stack.source().chunks()).contains(new ImageChunks(frames, 212, 487));
    MdxGeometryFile grids = Mdx2.readGeometry(Reference.file(folder + "geometry.nxs"));
    ImageSeries unsaid =
        new ImageSeries(
            Dials.readGeometry(Reference.file(folder + "indexed.expt")),
            new Unsaid(stack.source()),
            List.of(stack.mask(0)));
    HKLTable theirs = Mdx2.readTable(Reference.file(folder + "integrated.nxs"));
    assertThat(theirs.rows()).isEqualTo(rows);
    Sweep file =
        Sweep.ofGrids(
            stack.withGeometry(stack.geometry().withCrystal(grids.crystal())),
            grids.millerIndex().orElseThrow(),
            grids.corrections().orElseThrow());
    Sweep rule =
        Sweep.of(unsaid)
            .withMillerIndex(grids.millerIndex().orElseThrow())
            .withCorrections(grids.corrections().orElseThrow());
    for (Sweep sweep : List.of(file, rule)) {
      HKLTable one = integrate(sweep, 1);
      compare(one, theirs);
      for (int threads : new int[] {2, 7}) {
        HKLTable many = integrate(sweep, threads);
        for (String column : one.columnNames()) {
          assertThat(many.column(column)).isEqualTo(one.column(column));
        }
      }
    }
  }

  private static HKLTable integrate(Sweep sweep, int threads) {
    List<Integration> all =
        Mdx.sweeps(List.of(sweep))
            .parallel(Parallel.of(threads))
            .conventions(Conventions.MDX2)
            .integrate(o -> o.subdivide(2, 2, 2))
            .integrations();
    return all.get(0).table();
  }

  private static void compare(HKLTable ours, HKLTable theirs) {
    assertThat(ours.rows()).isEqualTo(theirs.rows());
    assertThat(ours.h()).isEqualTo(theirs.h());
    assertThat(ours.k()).isEqualTo(theirs.k());
    assertThat(ours.l()).isEqualTo(theirs.l());
    for (String column : new String[] {"n", "counts", "pixels"}) {
      for (int i = 0; i < ours.rows(); i++) {
        assertThat(ours.column(column).get(i))
            .as("%s of row %d", column, i)
            .isEqualTo(theirs.column(column).get(i));
      }
    }
    for (String column : new String[] {"phi", "iy", "ix", "seconds"}) {
      for (int i = 0; i < ours.rows(); i++) {
        double t = theirs.column(column).get(i);
        assertThat(ours.column(column).get(i))
            .as("%s of row %d", column, i)
            .isCloseTo(t, offset(1e-6 * Math.max(1, Math.abs(t))));
      }
    }
  }

  /** The same frames, of which nobody knows how they are stored. */
  private record Unsaid(ImageSource source) implements ImageSource {
    @Override
    public int frames() {
      return source.frames();
    }

    @Override
    public int panels() {
      return source.panels();
    }

    @Override
    public int width(int panel) {
      return source.width(panel);
    }

    @Override
    public int height(int panel) {
      return source.height(panel);
    }

    @Override
    public void read(int frame, int[][] into) throws IOException {
      source.read(frame, into);
    }

    @Override
    public String describe(int frame) {
      return source.describe(frame);
    }
  }
}
