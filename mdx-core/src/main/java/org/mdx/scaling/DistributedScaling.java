package org.mdx.scaling;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Conventions;
import org.mdx.internal.kernel.VoxelKeys;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scale.SweepMark;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;
import org.mdx.table.TableBackgrounds;
import org.mdx.table.TableCells;
import org.mdx.table.TableCorrections;

/**
 * Scaling with observations that lie on other machines and stay there. The models have the bits of
 * {@link ScalingRefiner#refine}.
 *
 * <ol>
 *   <li>Where the table of a sweep is, {@link Sweep#of} tells what must be known of it.
 *   <li>From all of these, {@link #of} deals the voxels out to {@link #lanes} lanes.
 *   <li>Where tables are, {@link Deal#rows} cuts each into the rows of every lane; where a lane is
 *       to be, {@link Deal#lane} takes its rows of all sweeps.
 *   <li>{@link #refine} asks the lanes again and again, through a {@link Cluster}.
 * </ol>
 *
 * <p>What travels in each cycle are the values of the terms and the sums of each lane. What a lane
 * answers depends on its observations and on the passes that it is told of, whatever it has done
 * before: it may be lost, built anew from the tables and asked again, or be there twice.
 *
 * <p>mdx2's conventions and prescaling are not distributed.
 */
public final class DistributedScaling {
  private final ScalingOptions options;
  private final ObservationBlocks.Facts facts;
  private final Deal deal;

  private DistributedScaling(
      ScalingOptions options, ObservationBlocks.Facts facts, ObservationBlocks.Cut cut) {
    this.options = options;
    this.facts = facts;
    deal = new Deal(cut);
  }

  /**
   * Deals observations out to lanes.
   *
   * @param options which terms, how smooth, how long
   * @param sweeps what is known of each
   * @return the scaling, whose lanes are still to be filled
   * @throws IllegalArgumentException if there is no sweep, the options ask for prescaling or mdx2's
   *     conventions or enable no term, or subdivisions or cells differ
   */
  public static DistributedScaling of(ScalingOptions options, List<Sweep> sweeps) {
    ScalingRefiner.of(options);
    if (options.conventions().isMdx2() || options.prescale().enabled()) {
      throw new IllegalArgumentException(
          "prescaling and mdx2's conventions are not distributed; scale on one machine");
    }
    if (sweeps.isEmpty()) {
      throw new IllegalArgumentException("no table to scale");
    }
    SweepVoxels[] voxels = sweeps.stream().map(Sweep::voxels).toArray(SweepVoxels[]::new);
    List<SweepMark> marks = sweeps.stream().map(s -> s.mark).toList();
    ObservationBlocks.requireAlike(
        marks,
        sweeps.stream().map(Sweep::unitCell).toList(),
        sweeps.stream().map(s -> Optional.ofNullable(s.background)).toList(),
        CellTolerance.defaults(),
        voxels);
    TableCorrections.requireAlike(
        sweeps.stream().map(s -> Optional.ofNullable(s.corrections)).toList());
    ObservationBlocks.Cut cut = ObservationBlocks.Cut.of(voxels);
    return new DistributedScaling(
        options, ObservationBlocks.Facts.of(marks, cut.observations(), voxels), cut);
  }

  /**
   * How many lanes there are.
   *
   * @return 1 to 32; 0 if nothing is to be scaled
   */
  public int lanes() {
    return deal.lanes();
  }

  /**
   * What machines need to know to fill lanes.
   *
   * @return about 100 bytes for each block of 16384 observations, and 4 more for each sweep
   */
  public Deal deal() {
    return deal;
  }

  /**
   * Refines the models of all sweeps together.
   *
   * @param cluster where the lanes are
   * @param parallel threads of this machine; the result does not depend on them
   * @param progress told of each cycle
   * @return a model for each sweep and what was done
   * @throws NothingToScaleException if no voxel has two valid observations
   */
  public Scaling refine(Cluster cluster, Parallel parallel, Progress progress) {
    Remote lanes = new Remote(cluster, deal.cut.expected());
    return ScalingRefiner.of(options).refine(facts, lanes, parallel, progress);
  }

  /** Where the lanes are. */
  @FunctionalInterface
  public interface Cluster {
    /**
     * Has every lane answer by {@link ResidentLane#run}.
     *
     * @param request which passes
     * @param passes each of them by its number; the same pass whenever it is asked for, while
     *     requests have its number
     * @param take told the answers in the order of lanes
     */
    void run(ResidentLane.Request request, LongFunction<Pass> passes, Consumer<Pass.Answer> take);
  }

  /** Numbers the passes and knows which of them a lane may have to do again. */
  private static final class Remote implements Lanes {
    /** No two passes of a machine have the same number, whichever scaling they belong to. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Cluster cluster;
    private final boolean expected;
    private final List<Long> rejecting = new ArrayList<>();
    private final Map<Long, Pass> passes = new HashMap<>();
    private long merged = -1;

    Remote(Cluster cluster, boolean expected) {
      this.cluster = cluster;
      this.expected = expected;
    }

    @Override
    public boolean isExpected() {
      return expected;
    }

    @Override
    public void run(Pass pass, Consumer<Pass.Answer> take) {
      long asked = NUMBERS.getAndIncrement();
      passes.put(asked, pass);
      boolean needsMerged = pass.work == Pass.Work.FIT && !pass.isMerging;
      ResidentLane.Request request =
          new ResidentLane.Request(rejecting, needsMerged ? merged : -1, asked);
      cluster.run(request, passes::get, take);
      if (pass.isMerging) {
        merged = asked;
      }
      if (pass.isRejecting()) {
        rejecting.add(asked);
      }
      passes.keySet().removeIf(n -> n != merged && !rejecting.contains(n));
    }

    @Override
    public void readmit() {
      rejecting.clear();
      merged = -1;
      passes.clear();
    }
  }

  /**
   * What must be known of a sweep before its observations can be dealt out: two to four bytes for
   * each of its voxels.
   */
  public static final class Sweep implements Serializable {
    private static final long serialVersionUID = 1;

    private final int[] ndiv;
    private final SweepMark mark;
    private final long rows;
    private final int panels;
    private final boolean hasVariances;
    private final SweepVoxels.Ranges ranges;

    /** a, b, c, α, β, γ; empty if the table does not tell. */
    private final double[] cell;

    /** Null if the table does not tell. */
    private final Boolean background;

    /** Null if the table does not tell. */
    private final TableCorrections corrections;

    /** Of each voxel, how far its key is from the one before, and its valid observations. */
    private final byte[] packed;

    private final int count;

    private Sweep(HKLTable table) {
      SweepVoxels v = new SweepRows(table, Conventions.STANDARD).voxels();
      ndiv = new int[] {v.ndiv.h(), v.ndiv.k(), v.ndiv.l()};
      mark = SweepMark.of(table);
      rows = v.rows;
      panels = v.panels;
      hasVariances = v.hasVariances;
      ranges = v.ranges;
      cell =
          TableCells.of(table)
              .map(c -> new double[] {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()})
              .orElse(new double[0]);
      background = TableBackgrounds.of(table).orElse(null);
      corrections = table.corrections().orElse(null);
      count = v.key.length;
      ByteArrayOutputStream out = new ByteArrayOutputStream(3 * count + 16);
      long last = 0;
      for (int g = 0; g < count; g++) {
        put(out, v.key[g] - last);
        put(out, v.valid[g]);
        last = v.key[g];
      }
      packed = out.toByteArray();
    }

    /**
     * Looks at a table.
     *
     * @param table as {@link ScalingRefiner#refine} takes it
     * @return what is known of it
     * @throws IllegalArgumentException if a column is missing
     */
    public static Sweep of(HKLTable table) {
      return new Sweep(table);
    }

    private static void put(ByteArrayOutputStream out, long n) {
      long left = n;
      while (left > 0x7F) {
        out.write((int) (left & 0x7F | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }

    private static long get(ByteBuffer in) {
      long n = 0;
      int shift = 0;
      byte next = in.get();
      while (next < 0) {
        n |= (next & 0x7FL) << shift;
        shift += 7;
        next = in.get();
      }
      return n | (long) next << shift;
    }

    private SweepVoxels voxels() {
      long[] key = new long[count];
      int[] valid = new int[count];
      ByteBuffer in = ByteBuffer.wrap(packed);
      long last = 0;
      for (int g = 0; g < count; g++) {
        last += get(in);
        key[g] = last;
        valid[g] = (int) get(in);
      }
      return new SweepVoxels(
          new Subdivision(ndiv[0], ndiv[1], ndiv[2]),
          key,
          valid,
          rows,
          panels,
          hasVariances,
          ranges);
    }

    private Optional<UnitCell> unitCell() {
      return cell.length == 0
          ? Optional.empty()
          : Optional.of(new UnitCell(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]));
    }

    @Override
    public String toString() {
      return "Sweep[" + mark + "]";
    }
  }

  /** Which voxels are in which lane. */
  public static final class Deal implements Serializable {
    private static final long serialVersionUID = 1;

    private final ObservationBlocks.Cut cut;

    private Deal(ObservationBlocks.Cut cut) {
      this.cut = cut;
    }

    private int lanes() {
      return Lanes.count(cut.shapes().length);
    }

    private int firstBlock(int lane) {
      return Lanes.firstBlock(lane, lanes(), cut.shapes().length);
    }

    /**
     * The rows of a table in each lane, in their order.
     *
     * @param table of a sweep
     * @return one for each lane, with the columns of {@link ScalingRefiner#COLUMNS}
     */
    public List<HKLTable> rows(HKLTable table) {
      int n = lanes();
      long[] first = new long[n];
      Arrays.setAll(first, lane -> cut.from()[firstBlock(lane)]);
      int[] laneOf = new int[table.rows()];
      int[] size = new int[n];
      for (int row = 0; row < laneOf.length; row++) {
        int[] h = {table.h().value(row), table.k().value(row), table.l().value(row)};
        int at = Arrays.binarySearch(first, VoxelKeys.pack(h[0], h[1], h[2]));
        laneOf[row] = at >= 0 ? at : -at - 2;
        if (laneOf[row] >= 0) {
          size[laneOf[row]]++;
        }
      }
      int[][] rows = new int[n][];
      Arrays.setAll(rows, lane -> new int[size[lane]]);
      for (int row = laneOf.length - 1; row >= 0; row--) {
        if (laneOf[row] >= 0) {
          rows[laneOf[row]][--size[laneOf[row]]] = row;
        }
      }
      String[] others =
          table.columnNames().stream()
              .filter(name -> !ScalingRefiner.COLUMNS.contains(name))
              .toArray(String[]::new);
      HKLTable thin = others.length == 0 ? table : table.without(others);
      return Arrays.stream(rows).map(thin::select).toList();
    }

    /**
     * Fills a lane.
     *
     * @param lane which
     * @param rows of each sweep, in the order of sweeps, as {@link #rows} gives them
     * @return the lane with its observations
     * @throws IllegalStateException if they are not as many as when the lanes were dealt
     */
    public ResidentLane lane(int lane, List<HKLTable> rows) {
      Blocks blocks = cut.filled(firstBlock(lane), firstBlock(lane + 1), rows, Parallel.of(1));
      return new ResidentLane(lane, firstBlock(lane), blocks);
    }

    @Override
    public String toString() {
      return "Deal[" + cut.shapes().length + " blocks in " + lanes() + " lanes]";
    }
  }

  @Override
  public String toString() {
    return "DistributedScaling[" + options + ", " + facts.used() + " observations]";
  }
}
