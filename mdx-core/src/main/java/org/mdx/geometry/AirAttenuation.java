package org.mdx.geometry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attenuation of X-rays in air: 0.781 N + 0.210 O + 0.009 Ar by mole, each the table's μ/ρ times
 * its density, as in mdx2. The table (NISTIR 5632) is interpolated linearly in log μ/ρ over log
 * energy.
 */
final class AirAttenuation {
  /** hc in keV·Å, exact in the SI of 2019. */
  private static final double HC = 12.398419843320026;

  private static final List<Gas> GASES = read("air_attenuation.txt");

  private AirAttenuation() {}

  /**
   * Linear attenuation coefficient of air.
   *
   * @param wavelength in Å
   * @return μ in mm⁻¹
   * @throws IllegalArgumentException if the photon energy is not in the table, 1 keV to 20 MeV
   */
  static double mu(double wavelength) {
    double energy = HC / wavelength / 1000;
    double mu = 0;
    for (Gas gas : GASES) {
      double fraction =
          switch (gas.symbol) {
            case "N" -> 0.781;
            case "O" -> 0.210;
            case "Ar" -> 0.009;
            default -> throw new IllegalStateException(gas.symbol);
          };
      mu += fraction * gas.mu(energy) / 10;
    }
    return mu;
  }

  private record Gas(String symbol, double density, double[] logEnergy, double[] logMuRho) {

    /** In cm⁻¹, at an energy in MeV. */
    double mu(double energy) {
      double x = Math.log(energy);
      int n = logEnergy.length;
      if (!(x >= logEnergy[0] && x <= logEnergy[n - 1])) {
        throw new IllegalArgumentException(
            "no attenuation coefficient of air for "
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
      return density * Math.exp(logMuRho[i] + f * (logMuRho[i + 1] - logMuRho[i]));
    }
  }

  private static List<Gas> read(String resource) {
    List<Gas> gases = new ArrayList<>();
    try (InputStream in = AirAttenuation.class.getResourceAsStream(resource);
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
            gases.add(new Gas(symbol, density, Arrays.copyOf(energy, n), Arrays.copyOf(muRho, n)));
          }
          n = 0;
          symbol = words[1];
          density = Double.parseDouble(words[2]);
        } else if (!words[0].equals("#")) {
          energy[n] = Math.log(Double.parseDouble(words[0]));
          muRho[n++] = Math.log(Double.parseDouble(words[1]));
        }
      }
      gases.add(new Gas(symbol, density, Arrays.copyOf(energy, n), Arrays.copyOf(muRho, n)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return gases;
  }
}
