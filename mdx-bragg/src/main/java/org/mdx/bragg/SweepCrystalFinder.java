package org.mdx.bragg;

import java.util.List;
import org.mdx.image.ImageSeries;
import org.mdx.pipeline.CrystalFinder;
import org.mdx.pipeline.Sweep;

/** Finds crystals with the defaults of every stage, for {@link org.mdx.Mdx#reduce}. */
public final class SweepCrystalFinder implements CrystalFinder {

  /** For the service loader. */
  public SweepCrystalFinder() {}

  @Override
  public List<Sweep> find(List<ImageSeries> images) {
    return Bragg.crystals(images).toSweeps();
  }
}
