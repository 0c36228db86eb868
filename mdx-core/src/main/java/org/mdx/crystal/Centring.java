package org.mdx.crystal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lattice centrings: their letters (International Tables A, table 2.1.1.2) and conditions. */
final class Centring {
  private static final Map<Character, List<String>> VECTORS = new LinkedHashMap<>();

  static {
    VECTORS.put('P', List.of("x,y,z"));
    VECTORS.put('A', List.of("x,y,z", "x,y+1/2,z+1/2"));
    VECTORS.put('B', List.of("x,y,z", "x+1/2,y,z+1/2"));
    VECTORS.put('C', List.of("x,y,z", "x+1/2,y+1/2,z"));
    VECTORS.put('I', List.of("x,y,z", "x+1/2,y+1/2,z+1/2"));
    VECTORS.put('F', List.of("x,y,z", "x,y+1/2,z+1/2", "x+1/2,y,z+1/2", "x+1/2,y+1/2,z"));
    VECTORS.put('R', List.of("x,y,z", "x+1/3,y+2/3,z+2/3", "x+2/3,y+1/3,z+1/3"));
    VECTORS.put('H', List.of("x,y,z", "x+1/3,y+2/3,z", "x+2/3,y+1/3,z"));
    VECTORS.put('D', List.of("x,y,z", "x+1/3,y+1/3,z+1/3", "x+2/3,y+2/3,z+2/3"));
  }

  private Centring() {}

  /** The letter for lattice translations in ascending order, or {@code ?}. */
  static char letter(List<SymmetryOperator> translations) {
    List<String> texts = translations.stream().map(SymmetryOperator::toString).toList();
    for (Map.Entry<Character, List<String>> e : VECTORS.entrySet()) {
      if (e.getValue().equals(texts)) {
        return e.getKey();
      }
    }
    return '?';
  }

  /** Condition for a reflection to be present, in numexpr's syntax. */
  static String expression(char letter, List<SymmetryOperator> translations) {
    return switch (letter) {
      case 'P' -> "True";
      case 'A' -> "(k + l) % 2 == 0";
      case 'B' -> "(h + l) % 2 == 0";
      case 'C' -> "(h + k) % 2 == 0";
      case 'I' -> "(h + k + l) % 2 == 0";
      case 'F' -> "((h + k) % 2 == 0) & ((h + l) % 2 == 0) & ((k + l) % 2 == 0)";
      case 'R' -> "(-h + k + l) % 3 == 0";
      case 'H' -> "(h - k) % 3 == 0";
      case 'D' -> "(h + k + l) % 3 == 0";
      default ->
          translations.stream()
              .filter(t -> t.denominator() > 1)
              .map(Centring::condition)
              .collect(Collectors.joining(" & "));
    };
  }

  private static String condition(SymmetryOperator t) {
    int[] n = t.numerators();
    return "((" + n[0] + "*h + " + n[1] + "*k + " + n[2] + "*l) % " + t.denominator() + " == 0)";
  }
}
