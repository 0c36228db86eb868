package org.mdx.bragg.scale;

import java.util.Arrays;

/** Sweeps that share reflections, directly or by way of others. */
final class Components {
  private final int[] parent;
  private int[] number;
  private int count;

  /** Sweeps of the measurements that are used; reference intensities join all that have them. */
  Components(ScalingData data, boolean[] used) {
    int n = data.sweeps();
    parent = new int[n + 1];
    Arrays.setAll(parent, i -> i);
    for (int h = 0; h < data.groups.size(); h++) {
      int first = -1;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        if (used[i]) {
          int node = data.sweep[i] < 0 ? n : data.sweep[i];
          if (first < 0) {
            first = node;
          }
          int a = root(first);
          int b = root(node);
          parent[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    number(data, used);
  }

  private void number(ScalingData data, boolean[] used) {
    int n = data.sweeps();
    boolean[] any = new boolean[n];
    for (int i = 0; i < data.measured; i++) {
      any[data.sweep[i]] |= used[i];
    }
    number = new int[n];
    int[] ofRoot = new int[n + 1];
    Arrays.fill(ofRoot, -1);
    for (int s = 0; s < n; s++) {
      int r = root(s);
      if (!any[s]) {
        number[s] = -1;
      } else {
        ofRoot[r] = ofRoot[r] < 0 ? count++ : ofRoot[r];
        number[s] = ofRoot[r];
      }
    }
  }

  private int root(int i) {
    int r = i;
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }

  int count() {
    return count;
  }

  /** The component of a sweep; −1 of one without measurements. */
  int of(int sweep) {
    return number[sweep];
  }

  /** Says which sweeps share nothing with which. */
  String words() {
    StringBuilder b = new StringBuilder("warning: the sweeps share no reflections: ");
    for (int c = 0; c < count; c++) {
      b.append(c == 0 ? "{" : ", {");
      String between = "";
      for (int s = 0; s < number.length; s++) {
        if (number[s] == c) {
          b.append(between).append(s);
          between = ", ";
        }
      }
      b.append('}');
    }
    return b
        + " were scaled apart, each to the same mean intensity by resolution; their common scale is"
        + " not measured";
  }
}
