package org.mdx.bragg.internal.intensity;

import java.util.Arrays;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;

/**
 * Measurements by what symmetry makes one reflection: the members of each group in the order of the
 * measurements, groups in the order of their indices. Immutable.
 */
public final class UniqueGroups {
  private static final int BITS = 11;
  private static final int LARGEST = (1 << BITS - 1) - 1;
  private static final int ROW_BITS = 30;

  private final int[] start;
  private final int[] member;
  private final int[] hkl;
  private final boolean[] minus;

  private UniqueGroups(int[] start, int[] member, int[] hkl, boolean[] minus) {
    this.start = start;
    this.member = member;
    this.hkl = hkl;
    this.minus = minus;
  }

  /**
   * Groups measurements.
   *
   * @param index h, k, l of each
   * @param spaceGroup the symmetry; Friedel mates are one reflection
   * @return groups
   * @throws IllegalArgumentException if an index is beyond ±1023
   */
  public static UniqueGroups of(int[] index, SpaceGroup spaceGroup) {
    ReciprocalAsu asu = spaceGroup.asu();
    boolean[] proper = inPointGroup(spaceGroup);
    int n = index.length / 3;
    long[] keys = new long[n];
    boolean[] minus = new boolean[n];
    for (int i = 0; i < n; i++) {
      ReciprocalAsu.Mapped m = asu.map(index[3 * i], index[3 * i + 1], index[3 * i + 2]);
      keys[i] = pack(m.h(), m.k(), m.l()) << ROW_BITS | i;
      minus[i] = !proper[m.op()] && !isCentric(spaceGroup, m.h(), m.k(), m.l());
    }
    Arrays.sort(keys);
    int[] member = new int[n];
    int[] start = new int[n + 1];
    int[] hkl = new int[3 * n];
    int groups = 0;
    for (int i = 0; i < n; i++) {
      member[i] = (int) (keys[i] & (1 << ROW_BITS) - 1);
      if (i == 0 || keys[i] >> ROW_BITS != keys[i - 1] >> ROW_BITS) {
        start[groups] = i;
        unpack(keys[i] >> ROW_BITS, hkl, 3 * groups);
        groups++;
      }
    }
    start[groups] = n;
    return new UniqueGroups(
        Arrays.copyOf(start, groups + 1), member, Arrays.copyOf(hkl, 3 * groups), minus);
  }

  /** Which operators of the Laue group are rotation parts of the space group. */
  private static boolean[] inPointGroup(SpaceGroup group) {
    LaueGroup laue = group.laueGroup();
    boolean[] in = new boolean[laue.order()];
    for (int n = 0; n < in.length; n++) {
      int[] r = laue.operator(n);
      for (SymmetryOperator op : group.operators()) {
        boolean same = true;
        for (int i = 0; i < 9; i++) {
          same &= op.rotation(i / 3, i % 3) == r[i];
        }
        in[n] |= same;
      }
    }
    return in;
  }

  /**
   * Whether a reflection is its own Friedel mate by symmetry.
   *
   * @param group the space group
   * @param h index
   * @param k index
   * @param l index
   * @return true if an operator leads from h to −h
   */
  public static boolean isCentric(SpaceGroup group, int h, int k, int l) {
    for (SymmetryOperator op : group.operators()) {
      if (h * op.rotation(0, 0) + k * op.rotation(1, 0) + l * op.rotation(2, 0) == -h
          && h * op.rotation(0, 1) + k * op.rotation(1, 1) + l * op.rotation(2, 1) == -k
          && h * op.rotation(0, 2) + k * op.rotation(1, 2) + l * op.rotation(2, 2) == -l) {
        return true;
      }
    }
    return false;
  }

  /** One number for three indices, in their order. */
  static long pack(int h, int k, int l) {
    if (Math.abs(h) > LARGEST || Math.abs(k) > LARGEST || Math.abs(l) > LARGEST) {
      throw new IllegalArgumentException(
          "index " + h + " " + k + " " + l + ", each must be within ±" + LARGEST);
    }
    return ((long) (h + LARGEST + 1) << BITS | k + LARGEST + 1) << BITS | l + LARGEST + 1;
  }

  private static void unpack(long key, int[] hkl, int at) {
    int mask = (1 << BITS) - 1;
    hkl[at] = (int) (key >> 2 * BITS) - LARGEST - 1;
    hkl[at + 1] = (int) (key >> BITS & mask) - LARGEST - 1;
    hkl[at + 2] = (int) (key & mask) - LARGEST - 1;
  }

  /**
   * Number of groups.
   *
   * @return unique reflections
   */
  public int size() {
    return start.length - 1;
  }

  /**
   * Where a group begins among the members; the group after the last begins behind the last member.
   *
   * @param group from 0 to size()
   * @return place for {@link #member}
   */
  public int start(int group) {
    return start[group];
  }

  /**
   * A measurement.
   *
   * @param place between the starts of two groups
   * @return number of the measurement
   */
  public int member(int place) {
    return member[place];
  }

  /**
   * An index of the unique reflection.
   *
   * @param group from 0
   * @param i 0, 1, 2 for h, k, l
   * @return its index in the asymmetric unit
   */
  public int index(int group, int i) {
    return hkl[3 * group + i];
  }

  /**
   * Whether a measurement is of the Friedel mate of the unique reflection.
   *
   * @param measurement its number
   * @return false for centric reflections
   */
  public boolean isMinus(int measurement) {
    return minus[measurement];
  }
}
