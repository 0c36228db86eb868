package org.mdx.geometry;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Attenuation of X-rays in the sensors of detectors: Si, Ge, GaAs and CdTe (Hubbell and Seltzer,
 * NISTIR 5632, as DIALS takes it).
 */
public final class SensorAttenuation {
  private static final Map<String, AttenuationTable> MATERIALS =
      AttenuationTable.read("sensor_attenuation.txt");

  private SensorAttenuation() {}

  /**
   * The materials that are known.
   *
   * @return chemical formulae
   */
  public static Set<String> materials() {
    return Set.copyOf(MATERIALS.keySet());
  }

  /**
   * Linear attenuation coefficient of a sensor.
   *
   * @param material chemical formula such as {@code Si}
   * @param wavelength in Å
   * @return μ in mm⁻¹; empty if the material is not known
   * @throws IllegalArgumentException if the photon energy is not in the table, 1 keV to 20 MeV
   */
  public static OptionalDouble mu(String material, double wavelength) {
    AttenuationTable table = MATERIALS.get(material);
    return table == null ? OptionalDouble.empty() : OptionalDouble.of(table.mu(wavelength));
  }
}
