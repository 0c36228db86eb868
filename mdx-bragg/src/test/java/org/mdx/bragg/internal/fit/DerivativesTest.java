package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.prediction.DiffractedRay;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Derivatives against finite differences of the prediction, for every parameter. */
class DerivativesTest {

  /** Parameters off by some tenths of a millimetre and milliradians, the cell by 0.1 %. */
  private static double[] somewhere(FitModel model, Random random) {
    double[] p = new double[model.entries().size()];
    for (int i = 0; i < p.length; i++) {
      double unit =
          switch (model.entries().get(i).kind()) {
            case CELL -> 1e-5;
            case WAVENUMBER -> 1e-4;
            case DISTANCE, SHIFTS -> 0.3;
            default -> 3;
          };
      p[i] = unit * random.nextGaussian();
    }
    return p;
  }

  private static double step(FitParameter kind) {
    return switch (kind) {
      case CELL -> 1e-8;
      case WAVENUMBER -> 1e-6;
      case DISTANCE, SHIFTS -> 1e-3;
      default -> 1e-2;
    };
  }

  private static double[] predict(FitModel model, double[] p, int[] h, int[] how, double near) {
    SweepModel m = model.sweep(0, p, false).orElseThrow();
    m.predict(h[0], h[1], h[2], how[0], how[1], near);
    return new double[] {m.x(), m.y(), m.phi()};
  }

  /** Derivatives by all columns: those of the crystal are products with ∂(F·A)·h. */
  static void differentiate(
      SweepModel m, int[] slots, int crystalFrom, int[] h, double[] factors, double[] jacobian) {
    int n = jacobian.length / 3;
    int crystals = 0;
    for (int c = crystalFrom; c < slots.length; c++) {
      crystals += slots[c] >= 0 ? 1 : 0;
    }
    int plain = n - crystals;
    double[] others = new double[3 * plain];
    m.differentiate(slots, plain, factors, others);
    for (int k = 0; k < 3; k++) {
      System.arraycopy(others, k * plain, jacobian, k * n, plain);
    }
    int sides = m.part(1) == 0 ? 1 : 2;
    for (int c = crystalFrom; c < slots.length; c++) {
      double[] t = m.direction((c - crystalFrom) / sides, (c - crystalFrom) % sides);
      for (int k = 0; k < 3 && slots[c] >= 0; k++) {
        double sum = 0;
        for (int i = 0; i < 9; i++) {
          sum += m.byCrystal()[3 * k + i / 3] * t[i] * h[i % 3];
        }
        jacobian[k * n + slots[c]] = m.part((c - crystalFrom) % sides) * sum;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyDerivativeShouldBeThatOfThePrediction(int which) {
    Geometry g = FitGeometries.all().get(which);
    FitModel model = new FitModel(List.of(g), Sharing.oneInstrument(1));
    Random random = new Random(which);
    double[] p = somewhere(model, random);
    int[] columns = model.columns(0);
    assertThat(columns).hasSize(p.length);
    SweepModel m = model.sweep(0, p, true).orElseThrow();
    assertThat(m.columns()).isEqualTo(p.length);
    Reflections all = Prediction.of(model.geometry(0, p)).predictAll(which == 2 ? 1 : 1.6, 0);
    assertThat(all.size()).isGreaterThan(100);
    double[][] worst = new double[p.length][2];
    for (int n = 0; n < 60; n++) {
      int row = random.nextInt(all.size());
      int[] h = new int[3];
      for (int c = 0; c < 3; c++) {
        h[c] = all.integer(ReflectionKeys.MILLER_INDEX, row, c);
      }
      double near = all.value(ReflectionKeys.XYZCAL_MM, row, 2);
      int panel = all.integer(ReflectionKeys.PANEL, row, 0);
      int branch = m.branch(h[0], h[1], h[2], near);
      m.predict(h[0], h[1], h[2], branch, panel, near);
      if (m.zeta() < 0.1) {
        continue;
      }
      double[] jacobian = new double[3 * p.length];
      boolean[] free = new boolean[p.length];
      Arrays.fill(free, true);
      int[] slots = model.slots(0, 0, free);
      differentiate(m, slots, model.crystalColumn(0), h, new double[] {1, 1, 1}, jacobian);
      for (int k = 0; k < p.length; k++) {
        double step = step(model.entries().get(columns[k]).kind());
        double[] up = p.clone();
        double[] down = p.clone();
        up[columns[k]] += step;
        down[columns[k]] -= step;
        double[] a = predict(model, up, h, new int[] {branch, panel}, near);
        double[] b = predict(model, down, h, new int[] {branch, panel}, near);
        for (int c = 0; c < 3; c++) {
          double finite = (a[c] - b[c]) / (2 * step);
          double off = Math.abs(jacobian[c * p.length + slots[k]] - finite);
          worst[k][c == 2 ? 1 : 0] = Math.max(worst[k][c == 2 ? 1 : 0], Math.abs(finite));
          // of lengths that are 0 rounding remains
          assertThat(off)
              .as(model.entries().get(columns[k]) + ", component " + c + ": " + finite)
              .isLessThan(1e-6 * Math.abs(finite) + (c == 2 ? 1e-10 : 1e-8) / (step / 1e-2) * 1e-2);
        }
      }
    }
    for (int k = 0; k < p.length; k++) {
      FitParameter kind = model.entries().get(columns[k]).kind();
      assertThat(worst[k][0]).as(kind.name()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void modelsShouldPredictAsTheGeometriesTheyMake(int which) {
    Geometry g = FitGeometries.all().get(which);
    FitModel model = new FitModel(List.of(g), Sharing.oneInstrument(1));
    double[] p = somewhere(model, new Random(7 + which));
    Geometry moved = model.geometry(0, p);
    SweepModel m = model.sweep(0, p, false).orElseThrow();
    Prediction prediction = Prediction.of(moved);
    Reflections all = prediction.predictAll(2, 0);
    for (int i = 0; i < all.size(); i++) {
      int h = all.integer(ReflectionKeys.MILLER_INDEX, i, 0);
      int k = all.integer(ReflectionKeys.MILLER_INDEX, i, 1);
      int l = all.integer(ReflectionKeys.MILLER_INDEX, i, 2);
      double phi = all.value(ReflectionKeys.XYZCAL_MM, i, 2);
      int panel = all.integer(ReflectionKeys.PANEL, i, 0);
      int branch = m.branch(h, k, l, phi);
      DiffractedRay ray = prediction.nearest(h, k, l, Math.toDegrees(phi)).orElseThrow();
      assertThat(branch > 0).isEqualTo(ray.entering());
      m.predict(h, k, l, branch, panel, phi);
      assertThat(m.phi()).isCloseTo(phi, within(1e-8));
      Panel.Point at = moved.detector().panels().get(panel).intersect(ray.s1()).orElseThrow();
      assertThat(m.x()).isCloseTo(at.x(), within(1e-7));
      assertThat(m.y()).isCloseTo(at.y(), within(1e-7));
    }
  }

  @Test
  void cellDerivativesShouldBeThoseOfTheCell() {
    for (Geometry g : FitGeometries.all()) {
      CrystalBlock block = new CrystalBlock(g.crystal().orElseThrow());
      double[] p = new double[block.size()];
      double[][] d = block.meanCell(p, 0);
      for (int i = CrystalBlock.ROTATIONS; i < p.length; i++) {
        double[] up = p.clone();
        double[] down = p.clone();
        up[i] += 1e-8;
        down[i] -= 1e-8;
        double[] a = numbers(block.at(up, 0).cell());
        double[] b = numbers(block.at(down, 0).cell());
        for (int c = 0; c < 6; c++) {
          double finite = (a[c] - b[c]) / 2e-8;
          assertThat(d[i][c]).isCloseTo(finite, within(1e-5 * Math.abs(finite) + 1e-3));
        }
      }
    }
  }

  private static double[] numbers(UnitCell c) {
    return new double[] {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
  }

  @Test
  void cellsShouldHaveTheFreedomOfTheirSystem() {
    String[] halls = {"P 1", "P 2yb", "C 2y", "P 2 2", "P 4", "P 3", "R 3", "P 6", "I 2b 2c 3"};
    int[] free = {6, 4, 4, 3, 2, 2, 2, 2, 1};
    for (int i = 0; i < halls.length; i++) {
      assertThat(new CellSymmetry(SpaceGroup.ofHall(halls[i])).size())
          .as(halls[i])
          .isEqualTo(free[i]);
    }
    // rhombohedral axes: a = b = c, α = β = γ
    CellSymmetry r = new CellSymmetry(SpaceGroup.ofHall("P 3*"));
    assertThat(r.size()).isEqualTo(2);
    assertThat(r.direction(0)).containsExactly(1, 1, 1, 0, 0, 0);
    assertThat(r.direction(1)).containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void aCellShouldBeMadeSymmetricAtTheStart() {
    Crystal nearly =
        FitGeometries.crystal(new UnitCell(30.01, 29.99, 30.02, 90.02, 90, 89.99), "I 2b 2c 3");
    UnitCell cell = new CrystalBlock(nearly).at(new double[4], 0).cell();
    assertThat(cell.a()).isCloseTo(cell.b(), within(1e-9));
    assertThat(cell.a()).isCloseTo(30.0067, within(1e-3));
    assertThat(cell.gamma()).isCloseTo(90, within(1e-9));
  }
}
