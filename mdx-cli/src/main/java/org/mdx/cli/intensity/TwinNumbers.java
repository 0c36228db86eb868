package org.mdx.cli.intensity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.twin.LTest;
import org.mdx.bragg.twin.TwinAnalysis;
import org.mdx.bragg.twin.TwinLaw;

/** Numbers of twins for JSON; those that xtriage has too have its names. */
final class TwinNumbers {
  private TwinNumbers() {}

  static Map<String, Object> of(TwinAnalysis t) {
    LTest test = t.lTest();
    Map<String, Object> l = new LinkedHashMap<>();
    l.put("mean_absolute", ResultFiles.finite(test.meanAbsolute()));
    l.put("mean_square", ResultFiles.finite(test.meanSquare()));
    l.put("sigma", ResultFiles.finite(test.sigma()));
    l.put("pairs", test.pairs());
    l.put("enough_pairs", test.isEnough());
    l.put("looks_twinned", test.looksTwinned());
    l.put("ml_alpha", test.isEnough() ? test.likeliestFraction() : null);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("l_test", l);
    map.put("acentric_i_ratio", ResultFiles.finite(t.acentricMoment()));
    map.put("centric_i_ratio", ResultFiles.finite(t.centricMoment()));
    List<Map<String, Object>> laws = t.laws().stream().map(TwinNumbers::of).toList();
    map.put("twin_laws", laws);
    return map;
  }

  private static Map<String, Object> of(TwinLaw t) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("operator", t.operator().hkl());
    m.put("pairs", t.pairs());
    m.put("enough_pairs", t.isEnough());
    m.put("cc", ResultFiles.finite(t.correlation()));
    m.put("mean_h", ResultFiles.finite(t.meanH()));
    m.put("mean_h2", ResultFiles.finite(t.meanSquareH()));
    m.put("h_alpha", ResultFiles.finite(t.fraction()));
    m.put("h_alpha_sigma", ResultFiles.finite(t.sigma()));
    m.put("britton_alpha", ResultFiles.finite(t.brittonFraction()));
    return m;
  }
}
