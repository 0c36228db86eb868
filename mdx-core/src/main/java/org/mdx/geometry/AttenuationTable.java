package org.mdx.geometry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Mass attenuation coefficients of a material for X-rays (NISTIR 5632), times its density.
 * Interpolated linearly in log μ/ρ over log energy.
 */
final class AttenuationTable {
  /** hc in keV·Å, exact in the SI of 2019. */
  private static final double HC = 12.398419843320026;

  private final String symbol;
  private final double density;
  private final double[] logEnergy;
  private final double[] logMuRho;

  private AttenuationTable(String symbol, double density, double[] logEnergy, double[] logMuRho) {
    this.symbol = symbol;
    this.density = density;
    this.logEnergy = logEnergy;
    this.logMuRho = logMuRho;
  }

  /** The materials of a resource, by symbol, in its order. */
  static Map<String, AttenuationTable> read(String resource) {
    Map<String, AttenuationTable> materials = new LinkedHashMap<>();
    try (InputStream in = AttenuationTable.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String symbol = null;
      double density = 0;
      double[] energy = new double[64];
      double[] muRho = new double[64];
      int n = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("element")) {
          if (n > 0) {
            materials.put(symbol, of(symbol, density, energy, muRho, n));
          }
          n = 0;
          symbol = words[1];
          density = Double.parseDouble(words[2]);
        } else if (!words[0].equals("#")) {
          energy[n] = Math.log(Double.parseDouble(words[0]));
          muRho[n++] = Math.log(Double.parseDouble(words[1]));
        }
      }
      materials.put(symbol, of(symbol, density, energy, muRho, n));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return materials;
  }

  private static AttenuationTable of(
      String symbol, double density, double[] energy, double[] muRho, int n) {
    return new AttenuationTable(symbol, density, Arrays.copyOf(energy, n), Arrays.copyOf(muRho, n));
  }

  /**
   * The linear attenuation coefficient.
   *
   * @param wavelength in Å
   * @return μ in mm⁻¹
   * @throws IllegalArgumentException if the photon energy is not in the table
   */
  double mu(double wavelength) {
    double energy = HC / wavelength / 1000;
    double x = Math.log(energy);
    int n = logEnergy.length;
    if (!(x >= logEnergy[0] && x <= logEnergy[n - 1])) {
      throw new IllegalArgumentException(
          "no attenuation coefficient of "
              + symbol
              + " for "
              + energy * 1000
              + " keV; the table covers "
              + Math.exp(logEnergy[0]) * 1000
              + " to "
              + Math.exp(logEnergy[n - 1]) * 1000
              + " keV; check the wavelength of the beam");
    }
    int i = 0;
    while (i < n - 2 && x >= logEnergy[i + 1]) {
      i++;
    }
    double f = (x - logEnergy[i]) / (logEnergy[i + 1] - logEnergy[i]);
    return density * Math.exp(logMuRho[i] + f * (logMuRho[i + 1] - logMuRho[i])) / 10;
  }
}
