package org.mdx.stats;

/** Rows of a table gathered by shell; within a shell they keep their order. */
final class ShellRows {
  private final int[] order;
  private final int[] start;

  private ShellRows(int[] order, int[] start) {
    this.order = order;
    this.start = start;
  }

  /** Gathers rows by the shell that each is given, −1 for none. */
  static ShellRows of(int[] shell, int shells) {
    int[] start = new int[shells + 2];
    for (int c : shell) {
      start[c + 2]++;
    }
    start[1] = 0;
    for (int c = 0; c < shells; c++) {
      start[c + 2] += start[c + 1];
    }
    int[] order = new int[start[shells + 1]];
    for (int i = 0; i < shell.length; i++) {
      if (shell[i] >= 0) {
        order[start[shell[i] + 1]++] = i;
      }
    }
    return new ShellRows(order, start);
  }

  /** Number of rows in all shells. */
  int size() {
    return order.length;
  }

  /** Place of the first row of a shell; that of the number of shells is the number of rows. */
  int start(int shell) {
    return start[shell];
  }

  /** The row at a place. */
  int row(int place) {
    return order[place];
  }
}
