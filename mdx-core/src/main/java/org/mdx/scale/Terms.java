package org.mdx.scale;

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

  TermGrid grid(Kind kind, int sweep) {
    return switch (kind) {
      case A -> a[sweep];
      case B -> b[sweep];
      case C -> c[sweep];
      case D -> d;
    };
  }
}
