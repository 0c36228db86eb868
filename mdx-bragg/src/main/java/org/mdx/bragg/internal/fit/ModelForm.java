package org.mdx.bragg.internal.fit;

import java.util.List;

/**
 * How free models are.
 *
 * @param variation what of a crystal changes along the scan
 * @param panelGroups panels that move as one; empty if all do
 */
public record ModelForm(Variation variation, List<List<Integer>> panelGroups) {
  /** Rigid detectors, crystals that do not change. */
  public static final ModelForm RIGID = new ModelForm(Variation.NONE, List.of());

  public ModelForm {
    panelGroups = panelGroups.stream().map(List::copyOf).toList();
  }
}
