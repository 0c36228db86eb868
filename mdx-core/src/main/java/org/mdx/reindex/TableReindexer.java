package org.mdx.reindex;

import java.util.Arrays;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.internal.kernel.ReindexKernel;
import org.mdx.parallel.Parallel;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/**
 * Gives the rows of a table the indices that another choice of axes would have given them. An
 * operator is a {@link ChangeOfBasis}, x' = P·x and h' = h·P⁻¹: the triplet that DIALS prints as
 * {@code reindex_op} and takes as {@code change_of_basis_op}.
 *
 * <p>Columns {@code op} and indices of a corrected table tell the index h that was measured, since
 * H = h·R(op). The measured index is taken through the operator and mapped to the asymmetric unit
 * anew, so that {@code op} is afterwards the operator that leads there from h·P⁻¹: what correcting
 * the sweep in the other axes would have given.
 */
public final class TableReindexer {
  private static final int CHUNK = 1 << 16;

  private final ChangeOfBasis operator;
  private final SpaceGroup group;

  private TableReindexer(ChangeOfBasis operator, SpaceGroup group) {
    this.operator = operator;
    this.group = group;
  }

  /**
   * Reindexing by an operator.
   *
   * @param operator a change to axes of the same lattice
   * @param group space group before and after
   * @return the reindexer
   * @throws IllegalArgumentException if the operator changes the volume of the cell, its hand or
   *     its origin
   */
  public static TableReindexer of(ChangeOfBasis operator, SpaceGroup group) {
    if (!operator.keepsVolumeAndOrigin()) {
      throw new IllegalArgumentException(
          "operator "
              + operator
              + " changes the volume of the cell or its origin; a table can be reindexed to other"
              + " axes of the same lattice only");
    }
    if (operator.handedness() < 0) {
      throw new IllegalArgumentException(
          "operator "
              + operator
              + " changes the hand of the axes; give it with all signs changed, which by Friedel's"
              + " law leads to the same intensities");
    }
    return new TableReindexer(operator, group);
  }

  /**
   * Reindexes a table.
   *
   * @param table corrected (with {@code op}, in the asymmetric unit) or integrated (without, as
   *     measured); merged ones do not tell what was measured
   * @param parallel threads; the result does not depend on them
   * @return the same rows in the same order with other indices, and {@code op} where there was one;
   *     all other columns stay
   * @throws IllegalArgumentException if the operator leads to indices between those of the
   *     subdivision, the table is merged, or its rows are not in the asymmetric unit of the group
   */
  public HKLTable apply(HKLTable table, Parallel parallel) {
    Subdivision n = table.ndiv();
    int[] turn = requireIntegral(n);
    int[] h = table.h().toIntArray();
    int[] k = table.k().toIntArray();
    int[] l = table.l().toIntArray();
    int chunks = (int) ((h.length + CHUNK - 1L) / CHUNK);
    if (!table.has(ColumnNames.OP)) {
      if (!table.has(ColumnNames.COUNTS)) {
        throw new IllegalArgumentException(
            "the table has no column 'op', so the measured indices are not known; reindex the"
                + " corrected tables and merge them again");
      }
      int[] none = new int[h.length];
      parallel.forEach(
          chunks, c -> ReindexKernel.turn(h, k, l, none, c * CHUNK, end(c, h.length), turn));
      return table.reindexed(IntColumn.of(h), IntColumn.of(k), IntColumn.of(l));
    }
    ReciprocalAsu asu = group.asu().subdivided(n.h(), n.k(), n.l());
    int[] op = operators(table, asu.laueGroup());
    int[] matrices = asu.operatorMatrices();
    AsuKernel kernel = new AsuKernel(asu.signForms(), asu.operatorTable(), matrices);
    int[] back = inverses(matrices);
    int[] combined = products(back, turn);
    parallel.forEach(
        chunks,
        c -> {
          int from = c * CHUNK;
          int to = end(c, h.length);
          requireInside(h, k, l, from, to, asu);
          ReindexKernel.turn(h, k, l, op, from, to, combined);
          kernel.map(h, k, l, op, from, to);
        });
    return table
        .reindexed(IntColumn.of(h), IntColumn.of(k), IntColumn.of(l))
        .with(ColumnNames.OP, IntColumn.of(op));
  }

  private static int end(int chunk, int rows) {
    return (int) Math.min((chunk + 1L) * CHUNK, rows);
  }

  private int[] requireIntegral(Subdivision n) {
    int[] m = operator.indexMatrix(n.h(), n.k(), n.l());
    if (m[9] != 1) {
      throw new IllegalArgumentException(
          "operator "
              + operator
              + " leads to indices between those of the subdivision "
              + n
              + "; reindex the geometry and integrate again, or subdivide alike what it mixes");
    }
    return Arrays.copyOf(m, 9);
  }

  private static int[] operators(HKLTable table, LaueGroup laue) {
    int[] op = new int[table.rows()];
    for (int i = 0; i < op.length; i++) {
      double v = table.column(ColumnNames.OP).get(i);
      op[i] = (int) v;
      if (!(op[i] == v && v >= 0 && v < laue.order())) {
        throw new IllegalArgumentException(
            "row "
                + i
                + ": op="
                + v
                + ", Laue group "
                + laue
                + " has operators 0 to "
                + (laue.order() - 1)
                + "; give the space group that the table was corrected with");
      }
    }
    return op;
  }

  private void requireInside(int[] h, int[] k, int[] l, int from, int to, ReciprocalAsu asu) {
    for (int i = from; i < to; i++) {
      if (!asu.contains(h[i], k[i], l[i])) {
        throw new IllegalArgumentException(
            String.format(
                "row %d: H,K,L = %d,%d,%d is not in the asymmetric unit of Laue group %s; give the"
                    + " space group that the table was corrected with",
                i, h[i], k[i], l[i], asu.laueGroup()));
      }
    }
  }

  /** The inverses of matrices with determinant ±1, nine elements each. */
  static int[] inverses(int[] m) {
    int[] out = new int[m.length];
    for (int o = 0; o < m.length; o += 9) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          // cofactor of element (j, i)
          int r1 = o + 3 * ((j + 1) % 3);
          int r2 = o + 3 * ((j + 2) % 3);
          int c1 = (i + 1) % 3;
          int c2 = (i + 2) % 3;
          out[o + 3 * i + j] = m[r1 + c1] * m[r2 + c2] - m[r1 + c2] * m[r2 + c1];
        }
      }
      int det = m[o] * out[o] + m[o + 1] * out[o + 3] + m[o + 2] * out[o + 6];
      for (int i = o; i < o + 9; i++) {
        out[i] *= det;
      }
    }
    return out;
  }

  /** Each matrix of a list times one matrix. */
  static int[] products(int[] left, int[] right) {
    int[] out = new int[left.length];
    for (int e = 0; e < out.length; e++) {
      int row = e / 3 * 3;
      int j = e % 3;
      out[e] = left[row] * right[j] + left[row + 1] * right[3 + j] + left[row + 2] * right[6 + j];
    }
    return out;
  }

  @Override
  public String toString() {
    return "TableReindexer[" + operator + ", " + group.laueGroup() + "]";
  }
}
