package org.mdx.io.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Probe;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.math.Vec3;

class InstrumentProfileTest {
  private static final String EVERYTHING =
      """
      # a Ceta
      [instrument]
      name = "Talos \\"1\\""
      serial = "C-17"

      [beam]
      probe = "electron"
      voltage = 200
      polarization = 0.5
      polarization_normal = [0, 1, 0]

      [detector]
      pixel_size = 0.028
      distance = 1290.5
      camera_lengths = [[800, 1032.5], [1000, 1291]]
      beam_centre = [1023.5, 1030]
      fast_axis = [1, 0, 0]
      slow_axis = [0, -1, 0]
      two_theta = -20
      gain = 26
      gain_sigma = 0.5
      pedestal = -40.25
      pedestal_sigma = 0.1
      read_noise = 3
      read_noise_sigma = 0.2
      trusted_range = [-1000, 32000]
      mask = "masks/ceta.mask"
      material = "Si"
      thickness = 0

      [goniometer]
      axis = [0.79, -0.61, 0]

      [scan]
      start = -60
      width = 0.5
      exposure = 0.25
      """;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("p.toml"), text);
  }

  @Test
  void everyKeyShouldBeReadAndWrittenAgain() throws IOException {
    InstrumentProfile p = InstrumentProfile.read(file(EVERYTHING));
    assertThat(p.get(Setting.NAME)).hasValue("Talos \"1\"");
    assertThat(p.get(Setting.PROBE)).hasValue(Probe.ELECTRON);
    assertThat(p.get(Setting.VOLTAGE)).hasValue(200.);
    assertThat(p.get(Setting.PIXEL_SIZE)).hasValue(new Pair(0.028, 0.028));
    assertThat(p.get(Setting.CAMERA_LENGTHS))
        .hasValue(List.of(new CameraLength(800, 1032.5), new CameraLength(1000, 1291)));
    assertThat(p.get(Setting.PEDESTAL)).hasValue(-40.25);
    assertThat(p.get(Setting.MASK)).hasValue(folder.resolve("masks/ceta.mask"));
    assertThat(p.get(Setting.AXIS)).hasValue(new Vec3(0.79, -0.61, 0));
    // only the two that say the same in other words are not there
    assertThat(p.settings()).hasSize(Setting.all().size() - 2);

    Path again = folder.resolve("sub/again.toml");
    Files.createDirectories(again.getParent());
    p.write(again);
    assertThat(InstrumentProfile.read(again)).isEqualTo(p);
    assertThat(Files.readString(again)).contains("mask = \"../masks/ceta.mask\"");
  }

  @Test
  void unknownKeysShouldBeRefusedWithLineAndNearestName() throws IOException {
    Path bad = file("[detector]\ngain = 1\n\npedestral = 3\n");
    assertThatThrownBy(() -> InstrumentProfile.read(bad))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("line 4, detector.pedestral")
        .hasMessageContaining("the nearest is 'pedestal'");
    Path table = file("[bean]\nwavelength = 1\n");
    assertThatThrownBy(() -> InstrumentProfile.read(table))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("line 1, bean")
        .hasMessageContaining("'beam'");
  }

  @Test
  void wrongValuesShouldBeRefusedWithLineAndRule() throws IOException {
    requireRefused("[detector]\n\ngain = \"high\"\n", "line 3, detector.gain", "a number above 0");
    requireRefused("[detector]\ngain = 0\n", "line 2, detector.gain", "a number above 0");
    requireRefused("detector.distance = true\n", "line 1, detector.distance", "true");
    requireRefused("[goniometer]\naxis = [0, 0]\n", "line 2, goniometer.axis", "three numbers");
    requireRefused("[goniometer]\naxis = [0, 0, 0]\n", "line 2", "not all 0");
    requireRefused("[beam]\nprobe = \"muon\"\n", "line 2, beam.probe", "\"electron\"");
    requireRefused("[beam]\nvoltage = 200\nwavelength = 0.02\n", "line", "leave one of them out");
    requireRefused("[detector]\ntrusted_range = [5, 5]\n", "line 2", "rising");
    requireRefused("[detector]\ncamera_lengths = [[800, -1]]\n", "line 2", "lengths above 0");
    requireRefused("detector = 3\n", "line 1", "a table [detector]");
    requireRefused("[detector\ngain = 1\n", "line 1", "TOML");
    requireRefused("[detector]\ngain = inf\n", "line 2", "a number above 0");
  }

  private void requireRefused(String text, String... messages) throws IOException {
    Path bad = file(text);
    assertThatThrownBy(() -> InstrumentProfile.read(bad))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContainingAll(messages);
  }

  @Test
  void laterValuesShouldWinAndReplaceWhatSaysTheSame() {
    InstrumentProfile p =
        InstrumentProfile.empty().with(Setting.VOLTAGE, 200.).with(Setting.GAIN, 2.);
    assertThat(p.with(Setting.WAVELENGTH, 0.02).settings())
        .containsExactly(Setting.WAVELENGTH, Setting.GAIN);
    InstrumentProfile over = InstrumentProfile.empty().with(Setting.WAVELENGTH, 0.03);
    assertThat(p.with(over).get(Setting.WAVELENGTH)).hasValue(0.03);
    assertThat(p.with(over).get(Setting.VOLTAGE)).isEmpty();
    assertThat(p.with(over).get(Setting.GAIN)).hasValue(2.);
    assertThat(p.without(Setting.GAIN).settings()).containsExactly(Setting.VOLTAGE);
    assertThat(p.get(Setting.VOLTAGE)).hasValue(200.);
    assertThatThrownBy(() -> p.with(Setting.GAIN, -1.))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("detector.gain is -1.0, must be a number above 0");
  }

  @Test
  void damagedProfilesShouldGiveAProfileOrAFormatException() throws IOException {
    byte[] whole = EVERYTHING.getBytes(StandardCharsets.UTF_8);
    Mutations m = Mutations.of(3000, 3);
    Random random = new Random(m.seed());
    Path bad = folder.resolve("bad.toml");
    int refused = 0;
    for (int trial = 0; trial < m.cases(); trial++) {
      byte[] b = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int i = random.nextInt(4); i >= 0; i--) {
        b[random.nextInt(b.length)] =
            (byte)
                (random.nextBoolean() ? random.nextInt() : "[]=\"{}.\n".charAt(random.nextInt(8)));
      }
      Files.write(bad, b);
      try {
        InstrumentProfile.read(bad);
      } catch (MdxFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(m.cases() / 3, m.cases() - 1);
  }
}
