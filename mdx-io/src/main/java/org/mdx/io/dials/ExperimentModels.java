package org.mdx.io.dials;

import java.util.List;
import org.mdx.crystal.Crystal;

/** Experiment lists with other models in place of those that they have. */
public final class ExperimentModels {
  private ExperimentModels() {}

  /**
   * The same experiments with other crystals; covariances of the old ones are dropped.
   *
   * @param list the experiments
   * @param crystals one for each experiment
   * @return a list as long
   * @throws IllegalArgumentException if there are more or fewer of them than experiments
   */
  public static ExperimentList withCrystals(ExperimentList list, List<Crystal> crystals) {
    return new ExperimentList(list.file, ExptWriter.withCrystals(list.root.deepCopy(), crystals));
  }

  /**
   * The same experiments with physical scaling models.
   *
   * @param list the experiments
   * @param models one for each experiment, or null for one that was not scaled
   * @return a list as long
   * @throws IllegalArgumentException if there are more or fewer of them than experiments
   */
  public static ExperimentList withScaling(ExperimentList list, List<PhysicalScaling> models) {
    return new ExperimentList(list.file, PhysicalScaling.write(list.root.deepCopy(), models));
  }
}
