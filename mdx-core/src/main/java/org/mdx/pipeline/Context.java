package org.mdx.pipeline;

import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.Scratch;

/**
 * Settings that every stage of a reduction needs: threads, a listener, whose conventions to follow,
 * how far the cells of the sweeps may differ, and where tables wait; null if in memory.
 */
record Context(
    Parallel parallel,
    Progress progress,
    Conventions conventions,
    CellTolerance tolerance,
    Scratch scratch) {

  Context(Parallel parallel, Progress progress, Conventions conventions, CellTolerance tolerance) {
    this(parallel, progress, conventions, tolerance, null);
  }

  Context parallel(Parallel other) {
    return new Context(other, progress, conventions, tolerance, scratch);
  }

  Context progress(Progress other) {
    return new Context(parallel, other, conventions, tolerance, scratch);
  }

  Context conventions(Conventions other) {
    return new Context(parallel, progress, other, tolerance, scratch);
  }

  Context scratch(Scratch other) {
    return new Context(parallel, progress, conventions, tolerance, other);
  }

  boolean isSpilling() {
    return scratch != null;
  }
}
