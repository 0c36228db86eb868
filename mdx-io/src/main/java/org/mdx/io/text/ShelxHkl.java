package org.mdx.io.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.mdx.io.output.AtomicFile;

/**
 * Writes intensities as SHELX reads them with HKLF 4: {@code 3I4, 2F8.2, I4} a line, and zeros at
 * the end. Source: Sheldrick (2015) Acta Cryst. C 71, 3.
 */
public final class ShelxHkl {
  private static final double LARGEST = 99999.0;
  private static final int LARGEST_INDEX = 999;

  private ShelxHkl() {}

  /**
   * Writes a file. All intensities are divided by one number where the largest has too many digits.
   *
   * @param path the file
   * @param indices h, k, l one after the other
   * @param intensity one of each
   * @param sigma standard deviations
   * @param batch number of the sweep of each, from 1
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if the arrays do not match or an index has more than 3 digits
   */
  public static void write(
      Path path, int[] indices, double[] intensity, double[] sigma, int[] batch)
      throws IOException {
    int n = intensity.length;
    if (indices.length != 3 * n || sigma.length != n || batch.length != n) {
      throw new IllegalArgumentException(
          n + " intensities with " + indices.length + " indices and " + sigma.length + " sigmas");
    }
    double most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, Math.max(Math.abs(intensity[i]), sigma[i]));
      for (int j = 0; j < 3; j++) {
        if (Math.abs(indices[3 * i + j]) > LARGEST_INDEX) {
          throw new IllegalArgumentException(
              "row " + i + " has the index " + indices[3 * i + j] + ", HKLF 4 holds three digits");
        }
      }
    }
    double scale = most > LARGEST / 10 ? LARGEST / 10 / most : 1;
    AtomicFile.write(
        path,
        out -> {
          for (int i = 0; i < n; i++) {
            out.write(
                line(
                    indices[3 * i],
                    indices[3 * i + 1],
                    indices[3 * i + 2],
                    scale * intensity[i],
                    scale * sigma[i],
                    batch[i]));
          }
          out.write(line(0, 0, 0, 0, 0, 0));
        });
  }

  private static byte[] line(int h, int k, int l, double i, double s, int batch) {
    return String.format(Locale.ROOT, "%4d%4d%4d%8.2f%8.2f%4d%n", h, k, l, i, s, batch)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
