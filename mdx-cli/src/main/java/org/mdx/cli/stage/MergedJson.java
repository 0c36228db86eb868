package org.mdx.cli.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mdx.merge.Merged;

/** The numbers of a merge for programs. */
public final class MergedJson {
  private MergedJson() {}

  /** The numbers of a merge. */
  public static Map<String, Object> of(Merged m) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("voxels", m.table().rows());
    map.put("redundancy", m.redundancy());
    map.put("observations", m.rows());
    map.put("used", m.used());
    map.put("invalid", m.invalid());
    map.put("outliers", m.outliers());
    return map;
  }
}
