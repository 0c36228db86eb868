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
import org.mdx.math.Vec3;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Against the predictions of DIALS 3.12. */
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
  private static double[] differences(
      Geometry g, Reflections ours, Reflections theirs, double dMin) {
    Map<Key, Integer> a = rows(ours);
    Map<Key, Integer> b = rows(theirs);
    assertThat(without(a, b).stream().filter(key -> crosses(g, ours, a.get(key))))
        .as("only here")
        .isEmpty();
    assertThat(without(b, a).stream().filter(key -> belongs(g, theirs, b.get(key), dMin)))
        .as("only in DIALS")
        .isEmpty();
    double[] worst = new double[3];
    a.keySet().retainAll(b.keySet());
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

  /** The first experiment as DIALS predicts it; nothing looks for its images. */
  private Reflections predicted(Path expt, double dMin) throws Exception {
    String script =
        """
        import sys
        from dxtbx.model.experiment_list import ExperimentListFactory
        from dials.array_family import flex
        e = ExperimentListFactory.from_json_file(sys.argv[1], check_format=False)[:1]
        t = flex.reflection_table.from_predictions_multi(e, dmin=float(sys.argv[2]))
        t.as_file("predicted.refl")
        """;
    DialsProgram.run(folder, "python3", "-c", script, expt, dMin);
    return ReflectionFile.readReflections(folder.resolve("predicted.refl"));
  }

  private void compare(Path expt, double dMin) throws Exception {
    Reflections theirs = predicted(expt, dMin);
    Geometry g = Dials.experiments(expt).get(0).geometry();
    Reflections ours = Prediction.of(g).predictAll(dMin, 0);
    assertThat(ours.size()).isGreaterThan(300);
    for (double worst : differences(g, ours, theirs, dMin)) {
      assertThat(worst).isLessThan(1e-6);
    }
  }

  /** DIALS leaves out rays that enter a thick sensor from beside it. */
  private static boolean crosses(Geometry g, Reflections ours, int i) {
    Panel panel = g.detector().panels().get(ours.integer(ReflectionKeys.PANEL, i, 0));
    double x = ours.value(ReflectionKeys.XYZCAL_MM, i, 0);
    double y = ours.value(ReflectionKeys.XYZCAL_MM, i, 1);
    return x > 0
        && y > 0
        && x < panel.width() * panel.pixelWidth()
        && y < panel.height() * panel.pixelHeight();
  }

  /**
   * DIALS keeps rays that leave a thick sensor beyond the panel, screw absences, and some beyond
   * the resolution.
   */
  private static boolean belongs(Geometry g, Reflections theirs, int i, double dMin) {
    int n = theirs.integer(ReflectionKeys.PANEL, i, 0);
    Panel panel = g.detector().panels().get(n);
    double x = theirs.value(ReflectionKeys.XYZCAL_PX, i, 0);
    double y = theirs.value(ReflectionKeys.XYZCAL_PX, i, 1);
    Vec3 s1 =
        new Vec3(
            theirs.value(ReflectionKeys.S1, i, 0),
            theirs.value(ReflectionKeys.S1, i, 1),
            theirs.value(ReflectionKeys.S1, i, 2));
    return x > 1e-3
        && y > 1e-3
        && x < panel.width() - 1e-3
        && y < panel.height() - 1e-3
        && 1 / s1.minus(g.beam().s0()).norm() > dMin * (1 + 1e-9)
        && !g.crystal()
            .orElseThrow()
            .spaceGroup()
            .isAbsent(
                theirs.integer(ReflectionKeys.MILLER_INDEX, i, 0),
                theirs.integer(ReflectionKeys.MILLER_INDEX, i, 1),
                theirs.integer(ReflectionKeys.MILLER_INDEX, i, 2));
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
    compare(Reference.file(name), name.contains("quartz") ? 0.8 : 1.5);
  }

  @Test
  void manyPanelsShouldBePredictedAsInDials() throws Exception {
    Geometry g = Dials.experiments(Reference.file("dials/xtal1/indexed.expt")).get(0).geometry();
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
              0,
              0));
    }
    Geometry many =
        new Geometry(
            g.beam(), new Detector(panels), g.goniometer(), g.scan(), g.crystal().orElseThrow());
    Path expt = folder.resolve("many.expt");
    Path template = folder.resolve("none_#####.cbf");
    Dials.write(expt, List.of(new DialsExperiment("x", many, template, null)));
    compare(expt, 1.5);
  }

  /** DIALS takes the chord of a frame for the arc, which is off by some hundredths of a pixel. */
  @ParameterizedTest
  @ValueSource(strings = {"dials/xtal1/refined.expt", "real/bragg/quartz_processed/refined.expt"})
  void changingCrystalsShouldBePredictedNearlyAsInDials(String name) throws Exception {
    Path expt = Reference.file(name);
    double dMin = name.contains("quartz") ? 0.8 : 1.5;
    Reflections theirs = predicted(expt, dMin);
    Geometry g = Dials.experiments(expt).get(0).geometry();
    Reflections ours = Prediction.of(g).predictAll(dMin, 0);
    Map<Key, Integer> a = rows(ours);
    Map<Key, Integer> b = rows(theirs);
    List<Key> common = a.keySet().stream().filter(b::containsKey).toList();
    assertThat(common.size()).isGreaterThan((int) (0.97 * Math.max(a.size(), b.size())));
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
    assertThat(Math.sqrt(sum / common.size()) / pixel).isLessThan(0.01);
  }
}
