package org.mdx.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The terms while they are refined: of each sweep, d of all; null where one is not refined. */
final class Terms {

  /** The kinds of terms. */
  enum Kind {
    A,
    B,
    C,
    D
  }

  final TermGrid[] a;
  final TermGrid[] b;
  final TermGrid[] c;
  TermGrid d;

  Terms(int sweeps) {
    a = new TermGrid[sweeps];
    b = new TermGrid[sweeps];
    c = new TermGrid[sweeps];
  }

  /** Every term that is refined. */
  List<TermGrid> all() {
    return Stream.of(a, b, c, new TermGrid[] {d})
        .flatMap(Arrays::stream)
        .filter(Objects::nonNull)
        .toList();
  }

  TermGrid grid(Kind kind, int sweep) {
    return switch (kind) {
      case A -> a[sweep];
      case B -> b[sweep];
      case C -> c[sweep];
      case D -> d;
    };
  }
}
