package org.mdx.pipeline.parts;

import java.util.Optional;

/**
 * Where sweeps wait that were reduced by themselves. A part carries a key of all that decides its
 * numbers: images, geometry, background, options. What has another key is another part, and is
 * never taken for this one.
 */
public interface SweepParts {

  /**
   * Looks for a part.
   *
   * @param number of the sweep, from 0
   * @param key of the part wanted
   * @return the part, row by row as it was kept; empty if it is not there or not whole
   * @throws IllegalArgumentException if there is one with another key, which must not be mixed with
   *     this reduction
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  Optional<SweepPart> find(int number, String key);

  /**
   * Keeps a part; it is there whole or not at all.
   *
   * @param number of the sweep, from 0
   * @param key of the part
   * @param part what the sweep came to
   * @throws java.io.UncheckedIOException if it cannot be stored
   */
  void keep(int number, String key, SweepPart part);
}
