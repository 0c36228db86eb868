package org.mdx.bragg.refine;

/**
 * A parameter that was refined.
 *
 * @param name such as {@code distance} or {@code phi x}
 * @param group which group it belongs to
 * @param model number of the detector, beam, crystal or goniometer that it belongs to, from 0
 * @param unit {@code mm}, {@code mrad}, {@code Å⁻¹} or {@code Å⁻²}
 * @param change how much it changed
 * @param sigma its standard uncertainty; NaN if the observations do not determine it
 */
public record RefinedParameter(
    String name, RefineParameter group, int model, String unit, double change, double sigma) {}
