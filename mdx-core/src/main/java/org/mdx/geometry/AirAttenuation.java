package org.mdx.geometry;

import java.util.Map;

/**
 * Attenuation of X-rays in air: 0.781 N + 0.210 O + 0.009 Ar by mole, each the table's μ/ρ times
 * its density, as in mdx2.
 */
final class AirAttenuation {
  private static final Map<String, AttenuationTable> GASES =
      AttenuationTable.read("air_attenuation.txt");
  private static final Map<String, Double> FRACTIONS = Map.of("N", 0.781, "O", 0.210, "Ar", 0.009);

  private AirAttenuation() {}

  /**
   * Linear attenuation coefficient of air.
   *
   * @param wavelength in Å
   * @return μ in mm⁻¹
   * @throws IllegalArgumentException if the photon energy is not in the table, 1 keV to 20 MeV
   */
  static double mu(double wavelength) {
    double mu = 0;
    for (Map.Entry<String, AttenuationTable> gas : GASES.entrySet()) {
      mu += FRACTIONS.get(gas.getKey()) * gas.getValue().mu(wavelength);
    }
    return mu;
  }
}
