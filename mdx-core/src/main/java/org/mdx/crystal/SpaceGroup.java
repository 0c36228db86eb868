package org.mdx.crystal;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A space group in one of its settings. Operators, Laue group, absences and the asymmetric unit all
 * follow from the Hall symbol; only the names come from a table. Immutable.
 */
public final class SpaceGroup {
  private final OperatorGroup group;
  private final String hall;
  private final String hm;
  private final ReferenceSetting reference;
  private final char centring;
  private final LaueGroup laue;
  private final ReciprocalAsu asu;

  private SpaceGroup(OperatorGroup group, String hall, String hm, ReferenceSetting reference) {
    this.group = group;
    this.hall = hall;
    this.hm = hm;
    this.reference = reference;
    this.centring = Centring.letter(group.translations());
    LaueClass type = LaueClass.of(reference.number());
    this.laue = new LaueGroup(type.symbol(), group.laueRotations());
    this.asu = ReciprocalAsu.of(laue, type, reference.change());
  }

  private static SpaceGroup ofRow(SpaceGroupTable.Row row) {
    OperatorGroup g = OperatorGroup.of(HallSymbol.of(row.hall()));
    return new SpaceGroup(g, row.hall(), row.hm(), ReferenceSetting.find(g, row.number()));
  }

  /**
   * The group that a Hall symbol generates, tabulated or not.
   *
   * @param symbol Hall symbol, such as {@code I 2b 2c 3} or {@code C 2y (x+y,-x+y,z)}
   * @return the group
   * @throws IllegalArgumentException if the symbol cannot be read (naming the position) or
   *     generates no space group
   */
  public static SpaceGroup ofHall(String symbol) {
    String normal = symbol.replace('_', ' ').strip().replaceAll("\\s+", " ");
    SpaceGroupTable.Row row = SpaceGroupTable.byHall(normal);
    if (row != null) {
      return ofRow(row);
    }
    try {
      return ofGroup(OperatorGroup.of(HallSymbol.of(symbol)), normal);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "Hall symbol \"" + normal + "\": numbers of its change of basis are too large", e);
    } catch (IllegalArgumentException e) {
      if (e.getMessage().startsWith("Hall symbol")) {
        throw e;
      }
      throw new IllegalArgumentException("Hall symbol \"" + normal + "\": " + e.getMessage(), e);
    }
  }

  private static SpaceGroup ofGroup(OperatorGroup g, String hall) {
    ReferenceSetting r = ReferenceSetting.find(g, 0);
    for (SpaceGroupTable.Row row : SpaceGroupTable.settings(r.number())) {
      OperatorGroup tabulated = OperatorGroup.of(HallSymbol.of(row.hall()));
      if (tabulated.members().equals(g.members())) {
        return new SpaceGroup(g, hall == null ? row.hall() : hall, row.hm(), r);
      }
    }
    SpaceGroupTable.Row row = SpaceGroupTable.reference(r.number());
    String change = " (" + r.change().inverse() + ")";
    return new SpaceGroup(g, hall == null ? row.hall() + change : hall, row.hm() + change, r);
  }

  /**
   * The reference setting of a space group number: unique axis b and cell choice 1, hexagonal axes,
   * origin choice 2.
   *
   * @param number 1 to 230
   * @return the group
   * @throws IllegalArgumentException if there is no such number
   */
  public static SpaceGroup ofNumber(int number) {
    CrystalSystem.of(number);
    return ofRow(SpaceGroupTable.reference(number));
  }

  /**
   * The setting of a Hermann–Mauguin symbol. Letter case, spaces, underscores and screw components
   * in parentheses do not matter; short monoclinic symbols ({@code P 21/c}) mean unique axis b,
   * symbols without extension hexagonal axes or origin choice 2, {@code H 3} is {@code R 3 :H}. A
   * change of basis may follow in parentheses: {@code C 1 2 1 (x+y,-x+y,z)}.
   *
   * @param symbol such as {@code I 21 3}, {@code P212121}, {@code R 3 :R}, {@code P n n n :1}
   * @return the group
   * @throws IllegalArgumentException if no setting has that symbol
   */
  public static SpaceGroup ofHermannMauguin(String symbol) {
    SpaceGroupTable.Row row = SpaceGroupTable.byHermannMauguin(symbol);
    if (row != null) {
      return ofRow(row);
    }
    int open = symbol.indexOf('(');
    int close = symbol.lastIndexOf(')');
    if (symbol.indexOf(',') > open && open > 0 && symbol.substring(close + 1).isBlank()) {
      row = SpaceGroupTable.byHermannMauguin(symbol.substring(0, open));
      if (row != null) {
        return ofChanged(row, ChangeOfBasis.of("symbol", symbol, open + 1, close));
      }
    }
    throw new IllegalArgumentException(
        "no space group has the Hermann-Mauguin symbol \""
            + symbol
            + "\"; give a number from 1 to 230, a symbol such as P 21 21 21, or a Hall symbol");
  }

  private static SpaceGroup ofChanged(SpaceGroupTable.Row row, ChangeOfBasis change) {
    OperatorGroup g = OperatorGroup.of(HallSymbol.of(row.hall())).transformed(change);
    SpaceGroup named = ofGroup(g, null);
    if (named.hm.indexOf('(') < 0) {
      return named;
    }
    return new SpaceGroup(g, named.hall, row.hm() + " (" + change + ")", named.reference);
  }

  /**
   * The group that operations generate.
   *
   * @param operators operations in the crystal's basis; unit translations are implied
   * @return the group
   * @throws IllegalArgumentException if they generate no space group
   */
  public static SpaceGroup ofOperators(Collection<SymmetryOperator> operators) {
    return ofGroup(OperatorGroup.generate(operators), null);
  }

  /**
   * A group by whatever name: a number, a Hermann–Mauguin symbol, or a Hall symbol, tried in that
   * order; {@code Hall:} in front says that it is a Hall symbol.
   *
   * @param name such as {@code 199}, {@code I213} or {@code Hall: I 2b 2c 3}
   * @return the group
   * @throws IllegalArgumentException if the name is none of these
   */
  public static SpaceGroup parse(String name) {
    String s = name.strip();
    if (s.matches("[0-9]{1,9}")) {
      return ofNumber(Integer.parseInt(s));
    }
    if (s.regionMatches(true, 0, "Hall:", 0, 5)) {
      return ofHall(s.substring(5));
    }
    try {
      return ofHermannMauguin(s);
    } catch (IllegalArgumentException notHm) {
      try {
        return ofHall(s);
      } catch (IllegalArgumentException notHall) {
        throw new IllegalArgumentException(notHm.getMessage() + " (" + notHall.getMessage() + ")");
      }
    }
  }

  /**
   * The group that a name is as a Hall symbol, where {@link #parse} takes it for a Hermann–Mauguin
   * symbol of another one: {@code P 2} has its axis along b there, and along c here.
   *
   * @param name as for {@link #parse}
   * @return empty if the name is not both, or both are the same group
   */
  public static Optional<SpaceGroup> otherReading(String name) {
    try {
      SpaceGroup hall = ofHall(name.strip());
      SpaceGroup taken = parse(name);
      return hall.equals(taken) ? Optional.empty() : Optional.of(hall);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The same group in another basis.
   *
   * @param change x' = P·x + p
   * @return the group of operators P·W·P⁻¹
   * @throws IllegalArgumentException if the new axes are not translations of the lattice
   */
  public SpaceGroup transformed(ChangeOfBasis change) {
    return ofGroup(group.transformed(change), null);
  }

  /**
   * The operators, translations between 0 and 1: for each centring vector the same sequence of
   * rotation parts, in the order that cctbx gives them.
   *
   * @return all operators modulo unit translations
   */
  public List<SymmetryOperator> operators() {
    return List.copyOf(group.all());
  }

  /**
   * Number of operators in the unit cell, those by centring included.
   *
   * @return 1 or more; up to 192 in tabulated settings
   */
  public int order() {
    return group.all().size();
  }

  /**
   * Number of the space group type, also for settings that are not tabulated.
   *
   * @return 1 to 230
   */
  public int number() {
    return reference.number();
  }

  /**
   * Hermann–Mauguin symbol of the setting with its extension; if it is not tabulated, that of the
   * reference setting followed by the change of basis that leads from there to here.
   *
   * @return such as {@code P 21 21 21}, {@code R 3 :H}, {@code C 1 2 1 (x+y,-x+y,z)}
   */
  public String hermannMauguin() {
    return hm;
  }

  /**
   * Hall symbol.
   *
   * @return without leading space
   */
  public String hall() {
    return hall;
  }

  /**
   * Schoenflies symbol.
   *
   * @return such as {@code T^5}
   */
  public String schoenflies() {
    return SpaceGroupTable.reference(number()).schoenflies();
  }

  /**
   * Crystal system.
   *
   * @return by number; trigonal groups are trigonal in either axes
   */
  public CrystalSystem crystalSystem() {
    return CrystalSystem.of(number());
  }

  /**
   * Letter of the lattice centring.
   *
   * @return one of P A B C I F R H D, or {@code ?} if the translations are none of these
   */
  public char centring() {
    return centring;
  }

  /**
   * The change of basis to the reference setting of the space group type.
   *
   * @return the way from this setting's coordinates to the reference ones
   */
  public ChangeOfBasis toReference() {
    return reference.change();
  }

  /**
   * A change to a primitive basis of the lattice.
   *
   * @return the way from this setting's axes to primitive ones; the identity for a primitive group
   */
  public ChangeOfBasis toPrimitive() {
    return ReferenceSetting.toPrimitive(group);
  }

  /**
   * The symmetry of the intensities.
   *
   * @return the Laue group in this setting's basis
   */
  public LaueGroup laueGroup() {
    return laue;
  }

  /**
   * The asymmetric unit of reciprocal space.
   *
   * @return the unit for integral indices
   */
  public ReciprocalAsu asu() {
    return asu;
  }

  /**
   * Whether the group has an inversion, wherever its centre is.
   *
   * @return true for the centrosymmetric groups
   */
  public boolean isCentric() {
    return group.isCentric();
  }

  /**
   * Whether symmetry makes a reflection vanish: an operator keeps h·W = h but shifts its phase, h·w
   * not integral (International Tables A, section 2.1.3.13). Covers centring, glides and screws.
   *
   * @param h index
   * @param k index
   * @param l index
   * @return true if the reflection is systematically absent
   */
  public boolean isAbsent(int h, int k, int l) {
    for (SymmetryOperator op : group.all()) {
      if (op.keeps(h, k, l) && !op.inPhase(h, k, l)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the lattice centring alone makes a reflection vanish.
   *
   * @param h index
   * @param k index
   * @param l index
   * @return true if the reflection is absent in every group with this centring
   */
  public boolean isCentringAbsent(int h, int k, int l) {
    for (SymmetryOperator op : group.translations()) {
      if (!op.inPhase(h, k, l)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The factor ε by which the mean intensity of a reflection is raised: how many rotation parts
   * keep it, centring not counted.
   *
   * @param h index
   * @param k index
   * @param l index
   * @return 1 or more
   */
  public int epsilon(int h, int k, int l) {
    int count = 0;
    for (SymmetryOperator op : group.cosets()) {
      if (op.keeps(h, k, l)) {
        count++;
      }
    }
    return count;
  }

  /**
   * The reflection conditions of the centring as mdx2 writes them, in numexpr's syntax.
   *
   * @return such as {@code (h + k + l) % 2 == 0}; {@code True} if there is no condition
   */
  public String centringExpression() {
    return Centring.expression(centring, group.translations());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpaceGroup s && group.members().equals(s.group.members());
  }

  @Override
  public int hashCode() {
    return Objects.hash(group.members());
  }

  /** Hermann–Mauguin symbol and number. */
  @Override
  public String toString() {
    return hm + " (" + number() + ")";
  }
}
