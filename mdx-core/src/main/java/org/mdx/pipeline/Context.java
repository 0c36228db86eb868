package org.mdx.pipeline;

import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Settings that every stage of a reduction needs: threads, a listener, whose conventions to follow,
 * and how far the cells of the sweeps may differ.
 */
record Context(
    Parallel parallel, Progress progress, Conventions conventions, CellTolerance tolerance) {}
