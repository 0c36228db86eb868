package org.mdx.pipeline;

import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** What every stage of a reduction needs: threads, a listener, and whose conventions to follow. */
record Context(Parallel parallel, Progress progress, boolean mdx2Compatible) {}
