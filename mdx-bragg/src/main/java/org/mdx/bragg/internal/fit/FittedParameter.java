package org.mdx.bragg.internal.fit;

/**
 * A parameter that was fitted.
 *
 * @param name such as {@code distance}
 * @param kind its kind, which tells the unit
 * @param model number of the detector, beam, crystal or goniometer that it belongs to
 * @param change how much it changed
 * @param sigma its standard uncertainty; NaN if the observations do not determine it
 */
public record FittedParameter(
    String name, FitParameter kind, int model, double change, double sigma) {}
