package org.mdx.pipeline;

import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.parts.SweepParts;
import org.mdx.table.Scratch;

/**
 * Settings that every stage of a reduction needs: threads, a listener, whose conventions to follow,
 * how far the cells of the sweeps may differ, where tables wait, null if in memory, and where
 * single sweeps do, null if nowhere.
 */
record Context(
    Parallel parallel,
    Progress progress,
    Conventions conventions,
    CellTolerance tolerance,
    Scratch scratch,
    SweepParts parts) {

  Context(Parallel parallel, Progress progress, Conventions conventions, CellTolerance tolerance) {
    this(parallel, progress, conventions, tolerance, null, null);
  }

  Context parallel(Parallel other) {
    return new Context(other, progress, conventions, tolerance, scratch, parts);
  }

  Context progress(Progress other) {
    return new Context(parallel, other, conventions, tolerance, scratch, parts);
  }

  Context conventions(Conventions other) {
    return new Context(parallel, progress, other, tolerance, scratch, parts);
  }

  Context scratch(Scratch other) {
    return new Context(parallel, progress, conventions, tolerance, other, parts);
  }

  Context parts(SweepParts other) {
    return new Context(parallel, progress, conventions, tolerance, scratch, other);
  }

  boolean isSpilling() {
    return scratch != null;
  }
}
