package org.mdx.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against cctbx 2022.9, {@code attenuation_coefficient.get_table(m).mu_at_angstrom(w) / 10}. */
class SensorAttenuationTest {

  @Test
  void coefficientsShouldBeThoseOfCctbx() {
    requireMu("Si", 0.9768, 3.9285092207294836);
    requireMu("Si", 0.98027, 3.9695080645203604);
    requireMu("Si", 0.96859, 3.8326187041206916);
    requireMu("CdTe", 0.7, 18.44512890624882);
    requireMu("GaAs", 0.7, 31.391335500513254);
    requireMu("Ge", 0.7, 31.15779697579117);
  }

  private static void requireMu(String material, double wavelength, double mu) {
    assertThat(SensorAttenuation.mu(material, wavelength).orElseThrow())
        .isCloseTo(mu, within(1e-12 * mu));
  }

  @Test
  void unknownMaterialsShouldBeEmptyAndElectronsRefused() {
    assertThat(SensorAttenuation.mu("Fe", 1)).isEmpty();
    assertThatThrownBy(() -> SensorAttenuation.mu("Si", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attenuation coefficient of Si");
  }
}
