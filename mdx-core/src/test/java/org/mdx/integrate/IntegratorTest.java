package org.mdx.integrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.ChunkedImages;
import org.mdx.image.ImageChunks;
import org.mdx.image.Pixels;
import org.mdx.image.RowMask;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.ByteStore;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.KeptTable;
import org.mdx.table.Scratch;
import org.mdx.table.Subdivision;
import org.mdx.table.TableStore;
import org.mdx.table.VoxelGrid;

/** The streaming pass against a slow oracle that looks at one pixel after the other. */
class IntegratorTest {

  private static final double CUTOFF = 0.12;

  /** Leaves out a sphere around every lattice point with even h, and more than 400 counts. */
  private static final RowMask SPHERES =
      (h, k, l, n, pixels, from, scratch) -> {
        int masked = 0;
        for (int i = 0; i < n; i++) {
          if (isMasked(h[i], k[i], l[i], pixels[from + i])) {
            pixels[from + i] = Pixels.MASKED;
            masked++;
          }
        }
        return masked;
      };

  private static boolean isMasked(double h, double k, double l, int counts) {
    Vec3 d = new Vec3(h - Math.rint(h), k - Math.rint(k), l - Math.rint(l));
    return (d.norm() < CUTOFF && Math.rint(h) % 2 == 0) || counts > 400;
  }

  /** One observation of the oracle. */
  private static final class Observation {
    double firstPhi;
    List<Integer> chunk = List.of();
    int n;
    long pixels;
    long counts;
    double seconds;
    double phi;
    double iy;
    double ix;
  }

  private static TreeMap<List<Integer>, List<Observation>> oracle(
      RandomSweep sweep, IntegrationOptions options) {
    TreeMap<List<Integer>, List<Observation>> voxels =
        new TreeMap<>(
            (a, b) -> {
              for (int i = 0; i < 4; i++) {
                if (!a.get(i).equals(b.get(i))) {
                  return a.get(i) - b.get(i);
                }
              }
              return 0;
            });
    Subdivision nd = options.ndiv();
    for (int f = 0; f < sweep.frames(); f++) {
      double phi = sweep.geometry.scan().phi(f);
      Mat3 toIndex = sweep.geometry.ub(phi).inverse();
      for (int p = 0; p < sweep.panels(); p++) {
        for (int iy = 0; iy < sweep.height(p); iy++) {
          for (int ix = 0; ix < sweep.width(p); ix++) {
            int v = sweep.frames[f][p][iy * sweep.width(p) + ix];
            Vec3 hkl = toIndex.times(sweep.geometry.scatteringVector(p, ix + 0.5, iy + 0.5));
            if (v < -3
                || v > 1000
                || sweep.masks.get(p).isMasked(ix, iy)
                || isMasked(hkl.x(), hkl.y(), hkl.z(), v)) {
              continue;
            }
            List<Integer> key =
                List.of(
                    (int) Math.rint(hkl.x() * nd.h()),
                    (int) Math.rint(hkl.y() * nd.k()),
                    (int) Math.rint(hkl.z() * nd.l()),
                    p);
            List<Observation> of = voxels.computeIfAbsent(key, x -> new ArrayList<>());
            Observation o = of.isEmpty() ? null : of.get(of.size() - 1);
            List<Integer> chunk = List.of();
            if (options.conventions().isMdx2()) {
              ImageChunks c = options.chunks().orElseThrow();
              chunk = List.of(f / c.frames(), iy / c.rows(), ix / c.columns());
              o = null;
              for (Observation known : of) {
                o = known.chunk.equals(chunk) ? known : o;
              }
            }
            if (o == null
                || !options.conventions().isMdx2()
                    && Math.abs(phi - o.firstPhi) > options.maxSpread() - 1e-9) {
              o = new Observation();
              o.firstPhi = phi;
              o.chunk = chunk;
              o.n = of.size();
              of.add(o);
            }
            o.pixels++;
            o.counts += v;
            o.seconds += sweep.geometry.scan().exposure(f);
            o.phi += phi;
            o.iy += iy;
            o.ix += ix;
          }
        }
      }
    }
    if (options.conventions().isMdx2()) {
      voxels.replaceAll((key, chunks) -> join(chunks, options.maxSpread()));
    }
    return voxels;
  }

  /** Chunks of one voxel whose mean angles share floor((φ − φmin)/maxSpread), added up. */
  private static List<Observation> join(List<Observation> chunks, double maxSpread) {
    double least = chunks.stream().mapToDouble(o -> o.phi / o.pixels).min().orElseThrow();
    TreeMap<Integer, Observation> joined = new TreeMap<>();
    for (Observation c : chunks) {
      int n = (int) Math.floor((c.phi / c.pixels - least) / maxSpread);
      Observation o = joined.computeIfAbsent(n, x -> new Observation());
      o.n = n;
      o.pixels += c.pixels;
      o.counts += c.counts;
      o.seconds += c.seconds;
      o.phi += c.phi;
      o.iy += c.iy;
      o.ix += c.ix;
    }
    return new ArrayList<>(joined.values());
  }

  private static void compare(HKLTable table, TreeMap<List<Integer>, List<Observation>> expected) {
    int row = 0;
    for (var voxel : expected.entrySet()) {
      for (Observation o : voxel.getValue()) {
        assertThat(List.of(table.h().value(row), table.k().value(row), table.l().value(row)))
            .isEqualTo(voxel.getKey().subList(0, 3));
        if (table.has("panel")) {
          assertThat((int) table.column("panel").get(row)).isEqualTo(voxel.getKey().get(3));
        }
        assertThat((int) table.column("n").get(row)).isEqualTo(o.n);
        assertThat((long) table.column("pixels").get(row)).isEqualTo(o.pixels);
        assertThat((long) table.column("counts").get(row)).isEqualTo(o.counts);
        assertThat(table.column("seconds").get(row)).isCloseTo(o.seconds, within(o.seconds));
        assertThat(table.column("phi").get(row)).isCloseTo(o.phi / o.pixels, within(30));
        assertThat(table.column("iy").get(row)).isCloseTo(o.iy / o.pixels, within(100));
        assertThat(table.column("ix").get(row)).isCloseTo(o.ix / o.pixels, within(100));
        row++;
      }
    }
    assertThat(table.rows()).isEqualTo(row);
  }

  /** Half a unit in the last place of a float for each of a few that are joined. */
  private static org.assertj.core.data.Offset<Double> within(double size) {
    return org.assertj.core.data.Offset.offset(size * 2e-7);
  }

  private static Integration integrate(
      RandomSweep sweep, RowMask mask, IntegrationOptions options, int threads) {
    Parallel parallel = Parallel.of(threads);
    MillerIndexMap map = new ExactMillerIndexMap(sweep.geometry, parallel);
    return Integrator.integrate(sweep.images(), map, mask, options, parallel, Progress.NONE);
  }

  @Test
  void integrateShouldAgreeWithAnOracleThatLooksAtEachPixel() {
    int[][] shapes = {{1, 37, 23, 17}, {2, 20, 31, 9}, {1, 1, 40, 5}, {1, 40, 1, 5}, {1, 1, 1, 1}};
    for (int i = 0; i < shapes.length; i++) {
      int[] s = shapes[i];
      RandomSweep sweep = new RandomSweep(i, s[0], s[1], s[2], s[3], i % 2 == 0 ? 0.3 : -0.3);
      IntegrationOptions options = IntegrationOptions.defaults().subdivide(3, 2, 4);
      compare(integrate(sweep, SPHERES, options, 2).table(), oracle(sweep, options));
    }
  }

  @Test
  void compatibleIntegrationShouldAgreeWithAnOracleThatSumsBlocksOfFramesRowsAndColumns() {
    double[] widths = {0.1, 0.2, 0.5, 1, -0.3};
    int[][] blocks = {{5, 11, 19}, {7, 100, 100}, {1, 1, 1}, {50, 9, 37}, {3, 23, 10}};
    for (int i = 0; i < widths.length; i++) {
      for (double cell : new double[] {1, 2.5, 5}) {
        RandomSweep sweep = new RandomSweep(i, 1 + i % 2, 37, 23, 26, widths[i], cell);
        int[] c = blocks[i];
        IntegrationOptions options =
            IntegrationOptions.defaults()
                .subdivide(3, 2, 4)
                .conventions(Conventions.MDX2)
                .chunks(new ImageChunks(c[0], c[1], c[2]));
        compare(integrate(sweep, SPHERES, options, 2).table(), oracle(sweep, options));
      }
    }
  }

  @Test
  void compatibleIntegrationShouldTakeTheBlocksOfTheImagesOrElseThoseOfMdx2() {
    RandomSweep sweep = new RandomSweep(8, 1, 37, 23, 26, 0.5);
    IntegrationOptions unsaid =
        IntegrationOptions.defaults().subdivide(1, 1, 1).conventions(Conventions.MDX2);
    // 0.5° a frame: five degrees are ten frames; no detector has such modules
    IntegrationOptions rule = unsaid.chunks(new ImageChunks(10, 23, 37));
    HKLTable byRule = integrate(sweep, SPHERES, unsaid, 2).table();
    compare(byRule, oracle(sweep, rule));
    ImageChunks stored = new ImageChunks(4, 8, 37);
    Parallel parallel = Parallel.of(2);
    HKLTable asStored =
        Integrator.integrate(
                sweep.images().withSource(new ChunkedImages(sweep, stored)),
                new ExactMillerIndexMap(sweep.geometry, parallel),
                SPHERES,
                unsaid,
                parallel,
                Progress.NONE)
            .table();
    compare(asStored, oracle(sweep, unsaid.chunks(stored)));
    assertThat(asStored.rows()).isNotEqualTo(byRule.rows());
  }

  @Test
  void veryFineSubdivisionsShouldAgreeWithTheOracleToo() {
    // more voxels than an int can number
    RandomSweep sweep = new RandomSweep(9, 1, 20, 20, 8, 0.3);
    IntegrationOptions options = IntegrationOptions.defaults().subdivide(700, 900, 800);
    compare(integrate(sweep, SPHERES, options, 2).table(), oracle(sweep, options));
  }

  @Test
  void observationsShouldBeginAnewWhenTheSpreadHasPassed() {
    // one pixel in the direct beam sees voxel 0,0,0 in all frames; 0.3° steps and 1° make 4 frames
    RandomSweep sweep = new RandomSweep(3, 1, 1, 1, 10, 0.3);
    for (int[][] frame : sweep.frames) {
      frame[0][0] = 5;
    }
    IntegrationOptions options = IntegrationOptions.defaults().subdivide(1, 1, 1);
    HKLTable t = integrate(sweep, RowMask.NONE, options, 1).table();
    assertThat(t.column("pixels")).isEqualTo(IntColumn.of(4, 4, 2));
    assertThat(t.column("counts")).isEqualTo(IntColumn.of(20, 20, 10));
    assertThat(t.column("n")).isEqualTo(IntColumn.of(0, 1, 2));
    // middles of frames 0 to 3, 4 to 7 and 8 to 9 from 10°
    assertThat(t.column("phi")).isEqualTo(FloatColumn.of(10.6f, 11.8f, 12.7f));
  }

  @Test
  void sameBitsShouldComeFromAnyNumberOfThreads() {
    RandomSweep sweep = new RandomSweep(11, 2, 53, 41, 60, 0.25);
    IntegrationOptions defaults = IntegrationOptions.defaults();
    IntegrationOptions compatible =
        defaults.conventions(Conventions.MDX2).chunks(new ImageChunks(7, 13, 30));
    for (IntegrationOptions options : List.of(defaults, compatible)) {
      Integration one = integrate(sweep, SPHERES, options, 1);
      for (int threads : new int[] {2, 7}) {
        Integration many = integrate(sweep, SPHERES, options, threads);
        assertThat(many.maskedPixels()).isEqualTo(one.maskedPixels());
        assertThat(many.table().h()).isEqualTo(one.table().h());
        assertThat(many.table().k()).isEqualTo(one.table().k());
        assertThat(many.table().l()).isEqualTo(one.table().l());
        for (String name : one.table().columnNames()) {
          assertThat(many.table().column(name)).as(name).isEqualTo(one.table().column(name));
        }
      }
    }
  }

  /** A scratch that has no room in memory for anything else. */
  private static final class NoRoom implements Scratch {
    private final List<ByteStore> open = new ArrayList<>();
    private long most;

    @Override
    public KeptTable keep(HKLTable table) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TableStore tables() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ByteStore bytes() {
      HeldBytes store = new HeldBytes();
      open.add(store);
      return store;
    }

    @Override
    public void free(ByteStore store) {
      most = Math.max(most, ((HeldBytes) store).bytes.length);
      open.remove(store);
    }

    @Override
    public long rowsAtATime() {
      return 1;
    }
  }

  private static final class HeldBytes implements ByteStore {
    private byte[] bytes = new byte[0];

    @Override
    public synchronized void write(long at, ByteBuffer from) {
      int end = (int) at + from.remaining();
      bytes = end > bytes.length ? Arrays.copyOf(bytes, end) : bytes;
      from.get(bytes, (int) at, from.remaining());
    }

    @Override
    public synchronized void read(long at, ByteBuffer into) {
      into.put(bytes, (int) at, into.remaining());
    }
  }

  @Test
  void sameBitsShouldComeFromAScratchAndFromMemory() {
    IntegrationOptions fine = IntegrationOptions.defaults().subdivide(9, 9, 9);
    IntegrationOptions compatible =
        fine.conventions(Conventions.MDX2).chunks(new ImageChunks(7, 33, 60));
    for (int panels : new int[] {1, 2}) {
      RandomSweep sweep = new RandomSweep(12, panels, 140, 120, 30, 0.3, 6);
      for (IntegrationOptions options : List.of(fine, compatible)) {
        Integration inMemory = integrate(sweep, SPHERES, options, 2);
        assertThat(inMemory.table().rows()).isGreaterThan(100_000);
        for (int threads : new int[] {1, 3}) {
          NoRoom scratch = new NoRoom();
          Parallel parallel = Parallel.of(threads);
          Integration stored =
              Integrator.integrate(
                  sweep.images(),
                  new ExactMillerIndexMap(sweep.geometry, parallel),
                  SPHERES,
                  options,
                  scratch,
                  parallel,
                  Progress.NONE);
          assertThat(stored.toString()).isEqualTo(inMemory.toString());
          assertThat(stored.table().h()).isEqualTo(inMemory.table().h());
          assertThat(stored.table().k()).isEqualTo(inMemory.table().k());
          assertThat(stored.table().l()).isEqualTo(inMemory.table().l());
          for (String name : inMemory.table().columnNames()) {
            assertThat(stored.table().column(name))
                .as(name)
                .isEqualTo(inMemory.table().column(name));
          }
          assertThat(scratch.most).isGreaterThan(72L * inMemory.table().rows());
          assertThat(scratch.open).isEmpty();
        }
      }
    }
  }

  @Test
  void everyValidCountShouldBeFoundAgain() {
    RandomSweep sweep = new RandomSweep(5, 1, 64, 48, 12, 0.5);
    long counts = 0;
    long pixels = 0;
    for (int[][] frame : sweep.frames) {
      for (int i = 0; i < frame[0].length; i++) {
        int v = frame[0][i];
        if (v >= -3 && v <= 1000 && !sweep.masks.get(0).isMasked(i % 64, i / 64)) {
          counts += v;
          pixels++;
        }
      }
    }
    Integration all = integrate(sweep, RowMask.NONE, IntegrationOptions.defaults(), 2);
    assertThat(all.counts()).isEqualTo(counts);
    assertThat(all.pixels()).isEqualTo(pixels);
    assertThat(all.maskedPixels()).isZero();
  }

  @Test
  void anUnreadableFrameShouldEndThePassWithItsMessage() {
    RandomSweep sweep = new RandomSweep(5, 1, 8, 8, 12, 0.5);
    sweep.frames[7] = null;
    assertThatThrownBy(() -> integrate(sweep, RowMask.NONE, IntegrationOptions.defaults(), 2))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("random frame 7 is gone");
  }

  @Test
  void anInterruptShouldEndThePass() {
    RandomSweep sweep = new RandomSweep(5, 1, 8, 8, 12, 0.5);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> integrate(sweep, RowMask.NONE, IntegrationOptions.defaults(), 2))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void moreVoxelsThanCanBeNumberedShouldBeRefusedNamingTheBounds() {
    assertThatThrownBy(
            () -> new VoxelGrid(new double[] {1e5, 1e5, 1e5}, new Subdivision(9, 9, 9), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100000.0")
        .hasMessageContaining("9,9,9");
  }
}
