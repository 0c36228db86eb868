package org.mdx.microed.trials.bragg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.MergedReflection;
import org.mdx.io.mtz.MergedMtz;

/** Merged intensities for files. */
public final class MergedIntensities {
  private MergedIntensities() {}

  /**
   * Intensities, amplitudes and free-R flags as {@code dials.merge} writes them.
   *
   * @param merged the reflections
   * @return what goes into the file
   */
  public static MergedMtz mtz(Merged merged) {
    List<MergedReflection> all = merged.reflections();
    int[] hkl = new int[3 * all.size()];
    for (int i = 0; i < all.size(); i++) {
      hkl[3 * i] = all.get(i).h();
      hkl[3 * i + 1] = all.get(i).k();
      hkl[3 * i + 2] = all.get(i).l();
    }
    List<MergedMtz.Values> c = new ArrayList<>();
    c.add(column(all, "IMEAN", 'J', r -> r.mean().value()));
    c.add(column(all, "SIGIMEAN", 'Q', r -> r.mean().sigma()));
    c.add(column(all, "N", 'I', r -> r.mean().count()));
    c.add(column(all, "I(+)", 'K', r -> r.plus().value()));
    c.add(column(all, "SIGI(+)", 'M', r -> r.plus().sigma()));
    c.add(column(all, "I(-)", 'K', r -> r.minus().value()));
    c.add(column(all, "SIGI(-)", 'M', r -> r.minus().sigma()));
    c.add(column(all, "N(+)", 'I', r -> r.plus().count()));
    c.add(column(all, "N(-)", 'I', r -> r.minus().count()));
    c.add(column(all, "F", 'F', MergedReflection::amplitude));
    c.add(column(all, "SIGF", 'Q', MergedReflection::amplitudeSigma));
    c.add(column(all, "FreeR_flag", 'I', MergedReflection::free));
    return new MergedMtz(merged.spaceGroup(), merged.cell(), merged.wavelength(), hkl, c);
  }

  private static MergedMtz.Values column(
      List<MergedReflection> all, String label, char type, ToDoubleFunction<MergedReflection> of) {
    return new MergedMtz.Values(label, type, all.stream().mapToDouble(of).toArray());
  }
}
