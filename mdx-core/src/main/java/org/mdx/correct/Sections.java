package org.mdx.correct;

/**
 * Division of n things into ceil(n/size) sections of nearly equal length, the longer ones first, as
 * numpy's {@code array_split} does.
 *
 * @param total number of things, 1 or more
 * @param count number of sections
 */
record Sections(int total, int count) {

  static Sections ofSize(int total, int size) {
    return new Sections(total, (int) (((long) total + size - 1) / size));
  }

  /** First thing of section i; the total for i = count. */
  int start(int i) {
    return i * (total / count) + Math.min(i, total % count);
  }

  /** The section of each thing. */
  int[] sectionOf() {
    int[] of = new int[total];
    for (int i = 0; i < count; i++) {
      java.util.Arrays.fill(of, start(i), start(i + 1), i);
    }
    return of;
  }

  /** Mean of the zero-based numbers of the things in section i. */
  double centre(int i) {
    return (start(i) + start(i + 1) - 1) / 2.0;
  }
}
