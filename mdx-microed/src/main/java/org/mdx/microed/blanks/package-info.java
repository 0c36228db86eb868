/**
 * Frames of a sweep that show no diffraction, because the crystal left the beam or died.
 *
 * <p>Main types: {@link org.mdx.microed.blanks.BlankFilter} looks at reflections that DIALS found,
 * indexed and integrated, and cuts experiments and reflections to the longest stretch that
 * diffracts; {@link org.mdx.microed.blanks.FrameSignals} looks at the images alone. Both give the
 * same verdict in the same words, so that a crystal can be judged before or without indexing. The
 * criteria on reflections are those of {@code dials.detect_blanks} (DIALS 3.12); keeping the
 * longest stretch is what MicroED laboratories do with them (GKLabIPR/MicroED, filter_blanks.py).
 */
package org.mdx.microed.blanks;
