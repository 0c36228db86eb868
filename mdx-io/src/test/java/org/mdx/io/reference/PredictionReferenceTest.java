package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.math.Mat3;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Against {@code dials.predict} of DIALS 3.12. */
class PredictionReferenceTest {
  @TempDir Path folder;

  private record Key(int h, int k, int l, boolean entering, long turn) {}

  private static Map<Key, Integer> rows(Reflections r) {
    Map<Key, Integer> rows = new HashMap<>();
    boolean[] entering = r.get(ReflectionKeys.ENTERING);
    for (int i = 0; i < r.size(); i++) {
      Key key =
          new Key(
              r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
              r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
              r.integer(ReflectionKeys.MILLER_INDEX, i, 2),
              entering[i],
              Math.round(r.value(ReflectionKeys.XYZCAL_MM, i, 2) / (2 * Math.PI)));
      rows.put(key, i);
    }
    return rows;
  }

  private static List<Key> without(Map<Key, Integer> a, Map<Key, Integer> b) {
    return a.keySet().stream().filter(k -> !b.containsKey(k)).toList();
  }

  /** The largest difference of panels, mm over pixel size, frames and pixels as DIALS has them. */
  private static double[] differences(Geometry g, Reflections ours, Reflections theirs) {
    Map<Key, Integer> a = rows(ours);
    Map<Key, Integer> b = rows(theirs);
    assertThat(without(a, b)).as("only here").isEmpty();
    assertThat(without(b, a)).as("only in DIALS").isEmpty();
    double[] worst = new double[3];
    a.forEach(
        (key, i) -> {
          int j = b.get(key);
          int n = ours.integer(ReflectionKeys.PANEL, i, 0);
          assertThat(n).isEqualTo(theirs.integer(ReflectionKeys.PANEL, j, 0));
          Panel panel = g.detector().panels().get(n);
          double x = ours.value(ReflectionKeys.XYZCAL_MM, i, 0);
          double y = ours.value(ReflectionKeys.XYZCAL_MM, i, 1);
          Panel.Point px = panel.pixelAsDials(x, y);
          double mx = x - theirs.value(ReflectionKeys.XYZCAL_MM, j, 0);
          double my = y - theirs.value(ReflectionKeys.XYZCAL_MM, j, 1);
          double mm = Math.hypot(mx, my) / panel.pixelWidth();
          double dx = px.x() - theirs.value(ReflectionKeys.XYZCAL_PX, j, 0);
          double dy = px.y() - theirs.value(ReflectionKeys.XYZCAL_PX, j, 1);
          double z =
              ours.value(ReflectionKeys.XYZCAL_PX, i, 2)
                  - theirs.value(ReflectionKeys.XYZCAL_PX, j, 2);
          worst[0] = Math.max(worst[0], mm);
          worst[1] = Math.max(worst[1], Math.hypot(dx, dy));
          worst[2] = Math.max(worst[2], Math.abs(z));
        });
    return worst;
  }

  private static void assertNothingIsOff(double[] worst) {
    for (double w : worst) {
      assertThat(w).isLessThan(1e-6);
    }
  }

  /** DIALS looks for the images of an experiment list. */
  private Path withoutImages(Geometry g) throws Exception {
    Path expt = folder.resolve("models.expt");
    Dials.write(expt, List.of(new DialsExperiment("x", g, null, null)));
    return expt;
  }

  private double[] compare(Path expt, double dMin) throws Exception {
    DialsProgram.run(folder, "dials.predict", expt, "d_min=" + dMin);
    Reflections theirs = ReflectionFile.readReflections(folder.resolve("predicted.refl"));
    Geometry g = Dials.experiments(expt).get(0).geometry();
    Reflections ours = Prediction.of(g).predictAll(dMin, 0);
    assertThat(theirs.size()).isGreaterThan(500);
    return differences(g, ours, theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dials/xtal1/indexed.expt",
        "dials/xtal3/refined.expt",
        "real/bragg/quartz_processed/indexed.expt",
        "real/bragg/l_cysteine_dials_output/indexed.expt",
        "real/dials/centroid_test_data/indexed.expt"
      })
  void staticCrystalsShouldBePredictedAsInDials(String name) throws Exception {
    Path expt = withoutImages(Dials.experiments(Reference.file(name)).get(0).geometry());
    assertNothingIsOff(compare(expt, name.contains("quartz") ? 0.8 : 1.5));
  }

  @Test
  void manyPanelsShouldBePredictedAsInDials() throws Exception {
    Geometry g =
        Dials.experiments(Reference.file("dials/xtal1/indexed.expt")).get(0).geometry();
    Panel p = g.detector().panels().get(0);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int x = i % 2 * 250;
      int y = i / 2 * 210;
      Mat3 turn = Mat3.rotation(p.slow().plus(p.fast().times(i)), 0.3 * i);
      Panel q = p.placed(p.position(x, y), turn.times(p.fast()), turn.times(p.slow()));
      panels.add(
          new Panel(
              "p" + i,
              q.origin(),
              q.fast(),
              q.slow(),
              q.pixelWidth(),
              q.pixelHeight(),
              230,
              200,
              0,
              1e6,
              q.sensor(),
              1,
              0,
              List.of(),
              0,
              0));
    }
    Geometry many =
        new Geometry(
            g.beam(), new Detector(panels), g.goniometer(), g.scan(), g.crystal().orElseThrow());
    assertNothingIsOff(compare(withoutImages(many), 1.5));
  }

  /** DIALS takes the chord of a frame for the arc, which is off by some hundredths of a pixel. */
  @ParameterizedTest
  @ValueSource(strings = {"dials/xtal1/refined.expt", "real/bragg/quartz_processed/refined.expt"})
  void changingCrystalsShouldBePredictedNearlyAsInDials(String name) throws Exception {
    Path expt = withoutImages(Dials.experiments(Reference.file(name)).get(0).geometry());
    double dMin = name.contains("quartz") ? 0.8 : 1.5;
    DialsProgram.run(folder, "dials.predict", expt, "d_min=" + dMin);
    Reflections theirs = ReflectionFile.readReflections(folder.resolve("predicted.refl"));
    Geometry g = Dials.experiments(expt).get(0).geometry();
    Reflections ours = Prediction.of(g).predictAll(dMin, 0);
    Map<Key, Integer> a = rows(ours);
    Map<Key, Integer> b = rows(theirs);
    List<Key> common = a.keySet().stream().filter(b::containsKey).toList();
    assertThat(common.size()).isGreaterThan((int) (0.99 * Math.max(a.size(), b.size())));
    double sum = 0;
    for (Key key : common) {
      double dx =
          ours.value(ReflectionKeys.XYZCAL_MM, a.get(key), 0)
              - theirs.value(ReflectionKeys.XYZCAL_MM, b.get(key), 0);
      double dy =
          ours.value(ReflectionKeys.XYZCAL_MM, a.get(key), 1)
              - theirs.value(ReflectionKeys.XYZCAL_MM, b.get(key), 1);
      sum += dx * dx + dy * dy;
    }
    double pixel = g.detector().panels().get(0).pixelWidth();
    assertThat(Math.sqrt(sum / common.size()) / pixel).isLessThan(0.02);
  }
}
