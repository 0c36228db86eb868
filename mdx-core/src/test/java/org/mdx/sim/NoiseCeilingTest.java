package org.mdx.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class NoiseCeilingTest {
  @Test
  void ceilingShouldBeTheCorrelationThatNoiseLeaves() {
    Random random = new Random(12);
    int n = 20000;
    double[] truth = new double[n];
    double[] sigma = new double[n];
    double[] measured = new double[n];
    for (int i = 0; i < n; i++) {
      truth[i] = 5 - Math.log(1 - random.nextDouble());
      sigma[i] = 0.2 + random.nextDouble();
      measured[i] = truth[i] + sigma[i] * random.nextGaussian();
    }
    assertThat(NoiseCeiling.correlation(truth, sigma))
        .isCloseTo(new PearsonsCorrelation().correlation(truth, measured), within(0.01));
    assertThat(NoiseCeiling.correlation(new double[1], new double[1])).isNaN();
  }
}
