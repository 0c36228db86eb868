package org.mdx.crystal;

/** The seven crystal systems, by space group number (International Tables A, section 2.1). */
public enum CrystalSystem {
  /** Numbers 1 and 2. */
  TRICLINIC("Triclinic", 2),
  /** Numbers 3 to 15. */
  MONOCLINIC("Monoclinic", 15),
  /** Numbers 16 to 74. */
  ORTHORHOMBIC("Orthorhombic", 74),
  /** Numbers 75 to 142. */
  TETRAGONAL("Tetragonal", 142),
  /** Numbers 143 to 167. */
  TRIGONAL("Trigonal", 167),
  /** Numbers 168 to 194. */
  HEXAGONAL("Hexagonal", 194),
  /** Numbers 195 to 230. */
  CUBIC("Cubic", 230);

  private final String label;
  private final int last;

  CrystalSystem(String label, int last) {
    this.label = label;
    this.last = last;
  }

  /**
   * The system of a space group.
   *
   * @param number 1 to 230
   * @return its crystal system
   * @throws IllegalArgumentException if there is no such number
   */
  public static CrystalSystem of(int number) {
    if (number >= 1) {
      for (CrystalSystem s : values()) {
        if (number <= s.last) {
          return s;
        }
      }
    }
    throw new IllegalArgumentException("space group number " + number + ", must be 1 to 230");
  }

  /** The name as mdx2 files have it, such as {@code Cubic}. */
  @Override
  public String toString() {
    return label;
  }
}
