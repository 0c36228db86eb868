package org.mdx.cli.process;

import java.util.List;
import org.mdx.bragg.process.CrystalSource;
import org.mdx.io.dials.DialsExperiment;

/**
 * A crystal by its images.
 *
 * @param source opens them
 * @param experiments rows of its sweeps; none if the images could not be imported
 */
record FoundCrystal(CrystalSource source, List<DialsExperiment> experiments) {
  String name() {
    return source.name();
  }
}
