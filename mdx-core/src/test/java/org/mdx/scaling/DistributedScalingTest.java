package org.mdx.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

/** The bits of one machine, whatever becomes of the lanes. */
class DistributedScalingTest {
  private static final int VOXELS = 9_000;

  private static double factor(double x, double y, double phi, double m) {
    double spike = Math.floorMod((long) (13 * x + 7 * y + 1000 * phi), 400) == 0 ? 4 : 1;
    return spike * (1 + 0.05 * Math.sin(x / 9)) * (1 + 0.3 * Math.sin(phi / 5)) * m;
  }

  /** With errors, so many observations that a sample is drawn. */
  private static List<HKLTable> many() {
    return List.of(
        new SyntheticSweep(1, 30_000, SyntheticSweep::cloudy)
            .observe(260_000, (p, x, y, phi, s, m) -> factor(x, y, phi, m)),
        new SyntheticSweep(2, 30_000, SyntheticSweep::cloudy)
            .observe(260_000, (p, x, y, phi, s, m) -> 0.5 * factor(x, y, phi, m)));
  }

  /** Several panels, few observations. */
  private static List<HKLTable> panels() {
    SyntheticSweep one = new SyntheticSweep(3, VOXELS, SyntheticSweep::cloudy);
    SyntheticSweep two = new SyntheticSweep(4, VOXELS / 2, SyntheticSweep::cloudy);
    one.panels = 2;
    two.panels = 2;
    return List.of(
        one.observe(60_000, (p, x, y, phi, s, m) -> (1 + 0.1 * p) * factor(x, y, phi, m)),
        two.observe(50_000, (p, x, y, phi, s, m) -> factor(x, y, phi, m)));
  }

  /** Variances follow what is expected; some observations are not valid. */
  private static List<HKLTable> counts() {
    List<HKLTable> tables = new ArrayList<>();
    for (int seed = 11; seed < 13; seed++) {
      HKLTable table = PoissonSweep.observe(seed, 50_000, VOXELS, phi -> 0.6 + phi / 50);
      float[] intensity = new float[table.rows()];
      for (int i = 0; i < intensity.length; i++) {
        float v = (float) table.column("intensity").get(i);
        intensity[i] = i % 1000 == 1 ? Float.NaN : i % 300 == 0 ? 900 + 9 * v : v;
      }
      tables.add(
          table
              .with("intensity", FloatColumn.of(intensity))
              .with("counts", FloatColumn.of(intensity)));
    }
    return tables;
  }

  private static ScalingOptions fourTerms() {
    return ScalingOptions.mca2020()
        .detector(t -> t.points(24, 20))
        .absorption(t -> t.points(5, 4).stepPhi(10));
  }

  private static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("a sample", many()),
        Arguments.of("panels", panels()),
        Arguments.of("counts", counts()));
  }

  /** Lanes as they are when all goes well, in one place. */
  private static class Lanes implements DistributedScaling.Cluster {
    final DistributedScaling.Deal deal;
    final List<List<HKLTable>> rows = new ArrayList<>();
    final List<ResidentLane> lanes = new ArrayList<>();
    int replayed;

    Lanes(DistributedScaling scaling, List<HKLTable> tables) {
      deal = scaling.deal();
      for (int lane = 0; lane < scaling.lanes(); lane++) {
        rows.add(new ArrayList<>());
      }
      for (HKLTable table : tables) {
        List<HKLTable> parts = deal.rows(table);
        for (int lane = 0; lane < parts.size(); lane++) {
          rows.get(lane).add(parts.get(lane));
        }
      }
      for (int lane = 0; lane < rows.size(); lane++) {
        lanes.add(build(lane));
      }
    }

    ResidentLane build(int lane) {
      return deal.lane(lane, rows.get(lane));
    }

    @Override
    public void run(
        ResidentLane.Request request, LongFunction<Pass> passes, Consumer<Pass.Answer> take) {
      for (int lane = 0; lane < lanes.size(); lane++) {
        take.accept(answer(lane, request, passes));
      }
    }

    Pass.Answer answer(int lane, ResidentLane.Request request, LongFunction<Pass> passes) {
      return lanes.get(lane).run(request, passes);
    }
  }

  /** Loses lanes, copies them, asks them twice, and lets them fail on the way. */
  private static final class Unreliable extends Lanes {
    final Random random = new Random(5);
    private ResidentLane.Request before;

    Unreliable(DistributedScaling scaling, List<HKLTable> tables) {
      super(scaling, tables);
    }

    @Override
    public void run(
        ResidentLane.Request request, LongFunction<Pass> passes, Consumer<Pass.Answer> take) {
      super.run(request, passes, take);
      before = request;
    }

    @Override
    Pass.Answer answer(int lane, ResidentLane.Request request, LongFunction<Pass> passes) {
      ResidentLane here = lanes.get(lane);
      switch (random.nextInt(6)) {
        case 0 -> lanes.set(lane, build(lane)); // lost
        case 1 -> lanes.set(lane, copy(here)); // fetched by another executor
        case 2 -> {
          ResidentLane other = copy(here);
          here.run(request, passes); // whose answer is lost, and which is asked again
          other.run(request, passes);
          lanes.set(lane, random.nextBoolean() ? here : other);
        }
        case 3 -> {
          int[] asked = {random.nextInt(3)};
          try {
            here.run(
                request,
                n -> {
                  if (asked[0]-- == 0) {
                    throw new IllegalStateException("killed");
                  }
                  return passes.apply(n);
                });
          } catch (IllegalStateException e) {
            assertThat(e).hasMessage("killed");
          }
        }
        case 4 -> {
          if (before != null && before.numbers().stream().allMatch(n -> passes.apply(n) != null)) {
            here.run(before, passes); // a task that should have ended
          }
        }
        default -> {}
      }
      return super.answer(
          lane,
          request,
          n -> {
            replayed += n == request.asked() ? 0 : 1;
            return passes.apply(n);
          });
    }

    private static ResidentLane copy(ResidentLane lane) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(lane);
        }
        try (ObjectInputStream in =
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
          return (ResidentLane) in.readObject();
        }
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static DistributedScaling deal(List<HKLTable> tables) {
    return DistributedScaling.of(
        fourTerms(), tables.stream().map(DistributedScaling.Sweep::of).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void modelsShouldHaveTheBitsOfOneMachine(String name, List<HKLTable> tables) {
    Scaling expected = ScalingRefiner.of(fourTerms()).refine(tables, Parallel.of(2), Progress.NONE);
    assertThat(expected.outliers()).isGreaterThan(20);

    DistributedScaling scaling = deal(tables);
    Lanes lanes = new Lanes(scaling, tables);
    assertThat(lanes.lanes).hasSizeGreaterThan(3);
    assertThat(lanes.lanes.stream().mapToLong(ResidentLane::observations).sum())
        .isEqualTo(expected.observations() - expected.invalid() - expected.singletons());
    assertThat(scaling.refine(lanes, Parallel.of(1), Progress.NONE)).isEqualTo(expected);

    // the same lanes once more, whose outliers are those of the first refinement
    assertThat(scaling.refine(lanes, Parallel.of(3), Progress.NONE)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void lanesThatAreLostCopiedAndAskedTwiceShouldNotChangeABit(String name, List<HKLTable> tables) {
    Scaling expected = ScalingRefiner.of(fourTerms()).refine(tables, Parallel.of(2), Progress.NONE);

    DistributedScaling scaling = deal(tables);
    Unreliable lanes = new Unreliable(scaling, tables);
    assertThat(scaling.refine(lanes, Parallel.of(1), Progress.NONE)).isEqualTo(expected);
    assertThat(lanes.replayed).isGreaterThan(20);
  }

  @Test
  void aLaneThatStoppedInTheMiddleOfAPassShouldBeginAnew() {
    List<Supplier<HKLTable>> sources = new ArrayList<>();
    counts().forEach(table -> sources.add(() -> table));
    ObservationBlocks data =
        ObservationBlocks.gather(
            sources, true, Conventions.STANDARD, CellTolerance.defaults(), null, Parallel.of(1));
    assertThat(data.blocks.count()).isGreaterThan(3);
    Terms.Values terms = new ControlPoints(fourTerms(), data.facts, null).terms().now();
    ResidentLane lane = new ResidentLane(0, 0, data.blocks);
    ResidentLane other = Unreliable.copy(lane);
    VoxelMerge.Shells shells =
        VoxelMerge.Shells.of(
            lane.run(new ResidentLane.Request(List.of(), -1, 1), n -> Pass.count(terms)).shells);
    int half = shells.mean().length / 2;
    VoxelMerge.Shells few =
        new VoxelMerge.Shells(
            Arrays.copyOf(shells.mean(), half), Arrays.copyOf(shells.variance(), half));

    ResidentLane.Request second = new ResidentLane.Request(List.of(), -1, 2);
    assertThatThrownBy(
            () -> lane.run(second, n -> Pass.merge(terms, few, new Pass.Rejection(1, false))))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);

    ResidentLane.Request third = new ResidentLane.Request(List.of(), -1, 3);
    Pass pass = Pass.merge(terms, shells, new Pass.Rejection(4, false));
    Pass.Answer answer = lane.run(third, n -> pass);
    Pass.Answer expected = other.run(third, n -> pass);
    assertThat(answer.outliers).isEqualTo(expected.outliers).isPositive();
    assertThat(answer.shells).isEqualTo(expected.shells);
  }

  @Test
  void aLaneShouldRefuseRowsOtherThanThoseThatWereDealt() {
    List<HKLTable> tables = panels();
    DistributedScaling scaling = deal(tables);
    List<HKLTable> rows = new ArrayList<>();
    tables.forEach(t -> rows.add(scaling.deal().rows(t).get(0)));
    rows.set(0, rows.get(0).select(new int[] {0, 1, 2}));
    assertThatThrownBy(() -> scaling.deal().lane(0, rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("table 0 had");
  }

  @Test
  void whatIsNotDistributedShouldBeRefused() {
    DistributedScaling.Sweep sweep = DistributedScaling.Sweep.of(panels().get(0));
    assertThatThrownBy(() -> DistributedScaling.of(fourTerms(), List.of()))
        .hasMessageContaining("no table");
    assertThatThrownBy(() -> DistributedScaling.of(fourTerms(), List.of(sweep, sweep)))
        .hasMessageContaining("given twice counts twice");
    assertThatThrownBy(
            () -> DistributedScaling.of(fourTerms().conventions(Conventions.MDX2), List.of(sweep)))
        .hasMessageContaining("mdx2's conventions are not distributed");
  }

  @Test
  void tablesWithNothingInCommonShouldHaveNoLane() {
    HKLTable alone = panels().get(0).select(new int[] {0});
    DistributedScaling scaling =
        DistributedScaling.of(fourTerms(), List.of(DistributedScaling.Sweep.of(alone)));
    assertThat(scaling.lanes()).isZero();
    assertThatThrownBy(() -> scaling.refine((r, p, t) -> {}, Parallel.of(1), Progress.NONE))
        .isInstanceOf(NothingToScaleException.class);
  }
}
