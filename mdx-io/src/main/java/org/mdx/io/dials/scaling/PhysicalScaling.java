package org.mdx.io.dials.scaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A scaling model {@code physical} of an experiment list: g = C(φ)·exp(B(φ)/2d²)·(1 + Σ P Y).
 *
 * @param scale values of C
 * @param decay values of B, Å²; none if there is no such term
 * @param absorption coefficients P; none if there is no such term
 * @param lmax highest degree of the harmonics
 * @param surfaceWeight restraint of the coefficients
 * @param scaleInterval spacing of the values of C, degrees
 * @param decayInterval spacing of the values of B, degrees
 * @param width of an image, degrees
 * @param rotation first and last angle, degrees
 * @param images numbers of the first and the last image
 * @param errorModel a and b of σ'² = a²(σ² + (bI)²)
 */
public record PhysicalScaling(
    Values scale,
    Values decay,
    Values absorption,
    int lmax,
    double surfaceWeight,
    double scaleInterval,
    double decayInterval,
    double width,
    double[] rotation,
    int[] images,
    double[] errorModel) {

  /** A smooth curve ends a little before the last interval, as DIALS has it. */
  private static final double END = 0.999;

  /**
   * Values of a term.
   *
   * @param parameters the values
   * @param sigma their standard deviations
   */
  public record Values(double[] parameters, double[] sigma) {}

  /**
   * Writes the model.
   *
   * @param model an empty object of the list {@code scaling_model}
   */
  public void describe(ObjectNode model) {
    model.put("__id__", "physical");
    ObjectNode configuration = model.objectNode();
    ArrayNode corrections = configuration.putArray("corrections");
    term(model, corrections, "scale", scale, 1);
    term(model, corrections, "decay", decay, 0);
    term(model, corrections, "absorption", absorption, 0);
    numbers(configuration.putArray("valid_osc_range"), rotation);
    configuration.put("s_norm_fac", END * width / scaleInterval);
    configuration.put("scale_rot_interval", scaleInterval);
    if (decay.parameters().length > 0) {
      configuration.put("d_norm_fac", END * width / decayInterval);
      configuration.put("decay_rot_interval", decayInterval);
    }
    if (absorption.parameters().length > 0) {
      configuration.put("lmax", lmax);
      configuration.put("abs_surface_weight", surfaceWeight);
    }
    configuration.putArray("valid_image_range").add(images[0]).add(images[1]);
    configuration.put("error_model_type", "BasicErrorModel");
    numbers(configuration.putArray("error_model_parameters"), errorModel);
    configuration.put("Imid", 0);
    model.set("configuration_parameters", configuration);
  }

  private static void term(
      ObjectNode model, ArrayNode corrections, String name, Values values, double none) {
    if (values.parameters().length == 0) {
      return;
    }
    corrections.add(name);
    ObjectNode term = model.putObject(name);
    term.put("n_parameters", values.parameters().length);
    numbers(term.putArray("parameters"), values.parameters());
    term.put("null_parameter_value", none);
    numbers(term.putArray("est_standard_devs"), values.sigma());
  }

  private static void numbers(ArrayNode list, double[] values) {
    for (double v : values) {
      list.add(v);
    }
  }
}
