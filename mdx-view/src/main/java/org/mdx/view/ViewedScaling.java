package org.mdx.view;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;

/**
 * The scaling model of a sweep to view.
 *
 * @param name shown for it
 * @param model the model
 * @param observations the corrected table it was refined with, which tells the control points
 *     without data; or empty
 * @param curves drawn over b
 * @param files where it was read from
 */
public record ViewedScaling(
    String name,
    ScalingModel model,
    Optional<HKLTable> observations,
    List<ScalingCurve> curves,
    WatchedFiles files) {

  public ViewedScaling {
    Objects.requireNonNull(name, "name");
    curves = List.copyOf(curves);
  }

  /**
   * A model without anything beside it.
   *
   * @param name shown for it
   * @param model the model
   * @return the value
   */
  public static ViewedScaling of(String name, ScalingModel model) {
    return new ViewedScaling(name, model, Optional.empty(), List.of(), WatchedFiles.NONE);
  }
}
