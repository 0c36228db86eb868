package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.algebra.LevenbergMarquardt;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.parallel.Parallel;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Fits geometries to indexed centroids; crystals may change during the scan. */
public final class GeometryFit {
  /** Standard deviations beyond which a centroid is an outlier. */
  private static final double OUTLIER = 5;

  /**
   * Of normal errors Student's t with 4 degrees of freedom in three dimensions finds this part of
   * the standard deviation s: E[7x/(4s² + x)] = 3 with x of the χ² law of 3 degrees.
   */
  private static final double NORMAL_SCALE = 0.8694;

  /** Relative change of the floors that ends the rounds. */
  private static final double SETTLED = 1e-3;

  private static final int FLOOR_STEPS = 10;

  /** Steps in a round that has settled. */
  private static final int FEW = 1;

  /** Rounds without a change of the crystal before those with it. */
  private static final int ROUNDS_BEFORE = 3;

  /** Reflections that are predicted at a time. */
  private static final int PART = 4096;

  /** Parts of a scan at whose ends a crystal that changes is told of. */
  private static final int STATES = 10;

  /** Change of the logarithm of the strength of a walk that ends the rounds. */
  private static final double SETTLED_WALK = 0.1;

  /** What stays as the fit before has it while the beam drifts, since it does the same to spots. */
  private static final FitParameter[] HELD = {
    FitParameter.DISTANCE,
    FitParameter.SHIFTS,
    FitParameter.TAU_NORMAL,
    FitParameter.TILTS,
    FitParameter.MU1,
    FitParameter.MU2,
    FitParameter.WAVENUMBER,
    FitParameter.GONIOMETER
  };

  /** What is fixed first when there are few reflections. */
  private static final List<FitParameter> DISPENSABLE =
      List.of(
          FitParameter.GONIOMETER,
          FitParameter.WAVENUMBER,
          FitParameter.MU1,
          FitParameter.TILTS,
          FitParameter.TAU_NORMAL,
          FitParameter.DISTANCE);

  private final FitOptions options;
  private final Parallel parallel;
  private final FitModel model;
  private final Centroids data;
  private final int[] free;
  private final FitProblem problem;
  private final double[] p;
  private final double[] floors = new double[2];
  private int steps;
  private boolean converged;

  private GeometryFit(
      List<Geometry> starts,
      Reflections r,
      Sharing sharing,
      FitOptions options,
      Parallel parallel) {
    this.options = options;
    this.parallel = parallel;
    model = new FitModel(starts, sharing, form(options));
    data = new Centroids(model, r, options.varianceOffset());
    requireReflections(options.form().panelGroups());
    free = freeParameters();
    problem = new FitProblem(model, data, options.robust(), free, parallel);
    p = new double[model.entries().size()];
  }

  /**
   * Fits the geometry of one sweep.
   *
   * @param start geometry with a crystal
   * @param indexed reflections with the columns {@code miller_index}, {@code xyzobs.px.value} and
   *     {@code xyzobs.px.variance}; {@code id} (0 of those that belong to the crystal, else −1),
   *     {@code panel}, {@code flags} and {@code bbox} if there are such
   * @param options how
   * @return the fitted geometry
   * @throws IllegalArgumentException if a column is missing, an id or panel does not exist, or
   *     there are too few reflections
   */
  public static FitResult refine(Geometry start, Reflections indexed, FitOptions options) {
    return refine(List.of(start), indexed, Sharing.oneInstrument(1), options, Parallel.available());
  }

  /**
   * Fits the geometries of several sweeps or lattices together.
   *
   * @param starts geometries with crystals; a crystal with scan points starts as its static one
   * @param indexed reflections of all, with the number of the sweep in the column {@code id}
   * @param sharing which models they share
   * @param options how
   * @param parallel threads, whose number changes no bit
   * @return the fitted geometries
   * @throws IllegalArgumentException as above, or if the sharing is of another number of sweeps
   */
  public static FitResult refine(
      List<Geometry> starts,
      Reflections indexed,
      Sharing sharing,
      FitOptions options,
      Parallel parallel) {
    if (sharing.sweeps() != starts.size()) {
      throw new IllegalArgumentException(
          "sharing of " + sharing.sweeps() + " sweeps for " + starts.size() + " geometries");
    }
    for (int i = 0; i < starts.size(); i++) {
      if (starts.get(i).crystal().isEmpty()) {
        throw new IllegalArgumentException(
            "geometry " + i + " has no crystal: index the sweep before refining it");
      }
    }
    FitOptions still = options.variation(Variation.NONE);
    GeometryFit first = new GeometryFit(starts, indexed, sharing, still, parallel);
    first.start();
    if (!form(options).variation().any()) {
      return first.run(options.rounds()).result(indexed, first.information());
    }
    first.run(ROUNDS_BEFORE);
    // what changes does so for each sweep in its own way
    int[] own = IntStream.range(0, starts.size()).toArray();
    Sharing apart = new Sharing(sharing.detectors(), sharing.beams(), own, sharing.goniometers());
    FitOptions how = form(options).variation().beam() ? options.fix(HELD) : options;
    GeometryFit second = new GeometryFit(first.geometries(), indexed, apart, how, parallel);
    second.start();
    second.problem.near();
    second.run(options.rounds());
    FitProblem.Information last = second.information();
    return second.walks(last).moves()
        ? second.result(indexed, last)
        : first.run(options.rounds()).result(indexed, first.information());
  }

  /** Without what is fixed. */
  private static ModelForm form(FitOptions options) {
    Variation v = options.form().variation();
    return new ModelForm(
        new Variation(
            v.orientation() && !options.fixed().contains(FitParameter.ORIENTATION),
            v.cell() && !options.fixed().contains(FitParameter.CELL),
            v.interval(),
            v.beamInterval()),
        options.form().panelGroups());
  }

  /** A group that moves for itself needs reflections of its own. */
  private void requireReflections(List<List<Integer>> groups) {
    Set<FitParameter> own = EnumSet.of(FitParameter.DISTANCE, FitParameter.SHIFTS);
    own.addAll(Set.of(FitParameter.TAU_NORMAL, FitParameter.TILTS));
    own.removeAll(options.fixed());
    long parameters = model.entries().stream().filter(e -> own.contains(e.kind())).count();
    long each = parameters / Math.max(1, (long) groups.size() * model.detectors());
    for (List<Integer> group : groups) {
      long n = IntStream.of(data.panel).filter(group::contains).count();
      if (3 * n < options.perParameter() * each) {
        throw new IllegalArgumentException(
            "the panels "
                + group
                + " have "
                + n
                + " reflections for "
                + each
                + " parameters, at least "
                + (options.perParameter() * each + 2) / 3
                + " are needed; join them with their neighbours, or let the detector move as one");
      }
    }
  }

  private int[] freeParameters() {
    Set<FitParameter> fixed = EnumSet.noneOf(FitParameter.class);
    fixed.addAll(options.fixed());
    int[] remaining = model.free(fixed);
    // the walks restrain the values along the scan
    int steps = model.walks().stream().mapToInt(RandomWalk::steps).sum();
    for (FitParameter kind : DISPENSABLE) {
      if (3 * data.size >= options.perParameter() * (remaining.length - steps)) {
        break;
      }
      fixed.add(kind);
      remaining = model.free(fixed);
    }
    if (remaining.length == 0 || 3 * data.size <= remaining.length - steps) {
      throw new IllegalArgumentException(
          data.size
              + " reflections can be used for "
              + (remaining.length - steps)
              + " parameters; index more of them, or fix parameters");
    }
    return remaining;
  }

  private void start() {
    problem.place(p);
    if (options.fitFloors()) {
      set(FloorFit.first(problem.residuals(p)));
    } else {
      requireVariances();
      set(new double[2]);
    }
    if (!model.walks().isEmpty()) {
      walks(information()).start();
    }
  }

  /** Rounds of parameters, floors and strengths of walks. */
  private GeometryFit run(int most) {
    boolean walking = !model.walks().isEmpty();
    for (int round = 0; round < most && !converged; round++) {
      int taken = LevenbergMarquardt.minimise(problem, p, free, problem.matrix(), options.steps());
      steps += taken;
      double change = 0;
      if (options.fitFloors()) {
        double[] residuals = problem.residuals(p);
        for (int i = 0; i < FLOOR_STEPS; i++) {
          double[] next = FloorFit.next(problem, data.variance, residuals, floors);
          change = Math.max(Math.abs(next[0] / floors[0] - 1), Math.abs(next[1] / floors[1] - 1));
          System.arraycopy(next, 0, floors, 0, 2);
        }
        set(floors);
      }
      double walked = walking ? walks(information()).improve() : 0;
      problem.place(p);
      converged = taken <= FEW && change < SETTLED && walked < SETTLED_WALK;
    }
    return this;
  }

  private FitProblem.Information information() {
    return problem.information(p);
  }

  private WalkStrengths walks(FitProblem.Information known) {
    return new WalkStrengths(model, problem, free, p, known);
  }

  private void set(double[] next) {
    floors[0] = next[0];
    floors[1] = next[1];
    problem.floors(floors[0], floors[1]);
  }

  private void requireVariances() {
    for (int i = 0; i < data.variance.length; i++) {
      if (!(data.variance[i] > 0)) {
        throw new IllegalArgumentException(
            "reflection "
                + data.row[i / 3]
                + " has the variance "
                + data.variance[i]
                + "; without floors it must be above 0");
      }
    }
  }

  private List<Geometry> geometries() {
    return model.geometries(p);
  }

  private FitResult result(Reflections indexed, FitProblem.Information known) {
    double[] residuals = problem.residuals(p);
    boolean[] out = new boolean[data.size];
    double scale = options.robust() && options.fitFloors() ? NORMAL_SCALE : 1;
    double chiSquared = 0;
    double[] squares = new double[3];
    int outliers = 0;
    for (int i = 0; i < data.size; i++) {
      chiSquared += problem.delta2(i, residuals);
      for (int c = 0; c < 3; c++) {
        double sigma = Math.sqrt(problem.sigma2(i, c)) / scale;
        out[i] |= Math.abs(residuals[3 * i + c]) > OUTLIER * sigma;
      }
      outliers += out[i] ? 1 : 0;
      for (int c = 0; c < 3 && !out[i]; c++) {
        squares[c] += residuals[3 * i + c] * residuals[3 * i + c];
      }
    }
    int inside = Math.max(1, data.size - outliers);
    FitCovariance covariance = new FitCovariance(model, problem, free, p, known);
    List<Geometry> geometries = withCovariances(covariance);
    return new FitResult(
        geometries,
        predicted(geometries, indexed, out),
        covariance.parameters(),
        covariance.correlations(),
        covariance.cells(),
        states(covariance),
        data.size,
        outliers,
        chiSquared,
        Math.sqrt(squares[0] / inside),
        Math.sqrt(squares[1] / inside),
        Math.sqrt(squares[2] / inside),
        floors[0],
        floors[1],
        steps,
        converged);
  }

  private List<Geometry> withCovariances(FitCovariance covariance) {
    List<Geometry> out = new ArrayList<>();
    for (Geometry g : geometries()) {
      Crystal c = g.crystal().orElseThrow();
      out.add(covariance.ofB(out.size()).map(c::withBCovariance).map(g::withCrystal).orElse(g));
    }
    return out;
  }

  private List<CrystalState> states(FitCovariance covariance) {
    List<CrystalState> out = new ArrayList<>();
    for (int s = 0; s < model.starts().size(); s++) {
      double frames = model.starts().get(s).scan().frames();
      for (int i = 0; i <= STATES && model.crystal(s).isVarying(); i++) {
        out.add(covariance.state(s, frames * i / STATES));
      }
    }
    return out;
  }

  private Reflections predicted(List<Geometry> geometries, Reflections indexed, boolean[] outlier) {
    int n = indexed.size();
    long[] flags =
        indexed.has(ReflectionKeys.FLAGS) ? indexed.get(ReflectionKeys.FLAGS) : new long[n];
    long ours = ReflectionFlag.USED_IN_REFINEMENT.mask() | ReflectionFlag.CENTROID_OUTLIER.mask();
    for (int i = 0; i < n; i++) {
      flags[i] &= ~ours;
    }
    for (int i = 0; i < data.size; i++) {
      // one or the other, as in DIALS, whose programs take all that were used for good spots
      flags[data.row[i]] |=
          outlier[i]
              ? ReflectionFlag.CENTROID_OUTLIER.mask()
              : ReflectionFlag.USED_IN_REFINEMENT.mask();
    }
    boolean single = geometries.size() == 1 && !indexed.has(ReflectionKeys.ID);
    int[] ids = single ? new int[n] : indexed.get(ReflectionKeys.ID);
    return bySweep(geometries, indexed.with(ReflectionKeys.FLAGS, flags), ids);
  }

  /** The predictions of each sweep's reflections; none of the unindexed is expected anywhere. */
  private Reflections bySweep(List<Geometry> geometries, Reflections all, int[] ids) {
    int n = all.size();
    Reflections.Builder builder = Reflections.builder(n);
    builder.set(ReflectionKeys.MILLER_INDEX, all.get(ReflectionKeys.MILLER_INDEX));
    builder.set(ReflectionKeys.XYZOBS_PX, all.get(ReflectionKeys.XYZOBS_PX));
    builder.set(ReflectionKeys.FLAGS, all.get(ReflectionKeys.FLAGS));
    if (all.has(ReflectionKeys.PANEL)) {
      builder.set(ReflectionKeys.PANEL, all.get(ReflectionKeys.PANEL));
    }
    if (all.has(ReflectionKeys.S1)) {
      builder.set(ReflectionKeys.S1, all.get(ReflectionKeys.S1));
    }
    Reflections needed = builder.build();
    List<int[]> parts = new ArrayList<>();
    for (int id = -1; id < geometries.size(); id++) {
      int wanted = id;
      int[] rows = IntStream.range(0, n).filter(i -> ids[i] == wanted).toArray();
      for (int from = 0; from < rows.length; from += PART) {
        parts.add(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + PART)));
      }
    }
    List<Prediction> predictions = geometries.stream().map(Prediction::of).toList();
    Predicted out = new Predicted(n);
    parallel.forEach(
        parts.size(),
        k -> {
          int[] rows = parts.get(k);
          int id = ids[rows[0]];
          Reflections part = needed.select(rows);
          if (id < 0) {
            part = part.with(ReflectionKeys.MILLER_INDEX, new int[3 * rows.length]);
          }
          out.put(rows, predictions.get(Math.max(0, id)).predict(part));
        });
    return all.with(ReflectionKeys.XYZCAL_PX, out.px)
        .with(ReflectionKeys.XYZCAL_MM, out.mm)
        .with(ReflectionKeys.S1, out.s1)
        .with(ReflectionKeys.ENTERING, out.entering)
        .with(ReflectionKeys.FLAGS, out.flags);
  }

  /** Columns of predictions, filled part by part. */
  private static final class Predicted {
    private final double[] px;
    private final double[] mm;
    private final double[] s1;
    private final boolean[] entering;
    private final long[] flags;

    Predicted(int n) {
      px = new double[3 * n];
      mm = new double[3 * n];
      s1 = new double[3 * n];
      entering = new boolean[n];
      flags = new long[n];
    }

    void put(int[] rows, Reflections part) {
      double[] partPx = part.get(ReflectionKeys.XYZCAL_PX);
      double[] partMm = part.get(ReflectionKeys.XYZCAL_MM);
      double[] partS1 = part.get(ReflectionKeys.S1);
      boolean[] partEntering = part.get(ReflectionKeys.ENTERING);
      long[] partFlags = part.get(ReflectionKeys.FLAGS);
      for (int j = 0; j < rows.length; j++) {
        System.arraycopy(partPx, 3 * j, px, 3 * rows[j], 3);
        System.arraycopy(partMm, 3 * j, mm, 3 * rows[j], 3);
        System.arraycopy(partS1, 3 * j, s1, 3 * rows[j], 3);
        entering[rows[j]] = partEntering[j];
        flags[rows[j]] = partFlags[j];
      }
    }
  }
}
