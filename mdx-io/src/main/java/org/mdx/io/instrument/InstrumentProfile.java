package org.mdx.io.instrument;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;

/**
 * Values for some of the {@link Setting settings} of an instrument. Immutable.
 *
 * <pre>{@code
 * InstrumentProfile ceta = InstrumentProfile.empty()
 *     .with(Setting.VOLTAGE, 200.0)
 *     .with(Setting.GAIN, 26.0)
 *     .with(Setting.GAIN_SIGMA, 0.5);
 * ceta.write(Path.of("ceta.toml"));
 * }</pre>
 */
public final class InstrumentProfile {
  private static final InstrumentProfile EMPTY = new InstrumentProfile(new HashMap<>());

  private final Map<Setting<?>, Object> values;

  private InstrumentProfile(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /**
   * A profile without any values.
   *
   * @return says nothing
   */
  public static InstrumentProfile empty() {
    return EMPTY;
  }

  /**
   * Reads a profile.
   *
   * @param file a TOML file; paths in it are relative to its folder
   * @return its values
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is no TOML, has a key that is not known, or a value that is
   *     not allowed; it tells the line
   */
  public static InstrumentProfile read(Path file) throws IOException {
    return ProfileReader.read(file);
  }

  /**
   * Writes the profile as TOML, without the comments that a file it was read from may have.
   *
   * @param file the file; paths become relative to its folder where that is possible
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    StringBuilder text = new StringBuilder();
    String table = "";
    for (Setting<?> s : settings()) {
      if (!s.table().equals(table)) {
        table = s.table();
        text.append(text.length() == 0 ? "" : "\n").append('[').append(table).append("]\n");
      }
      text.append(s.name()).append(" = ").append(toml(s, parent)).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private <T> String toml(Setting<T> s, Path folder) {
    return s.kind().toml(get(s).orElseThrow(), folder);
  }

  /**
   * The settings that have a value.
   *
   * @return in the order of {@link Setting#all()}
   */
  public List<Setting<?>> settings() {
    return Setting.all().stream().filter(values::containsKey).toList();
  }

  /**
   * The value of a setting.
   *
   * @param setting which
   * @param <T> its type
   * @return empty if the profile does not tell
   */
  @SuppressWarnings("unchecked") // with() stores only values of the setting's type
  public <T> Optional<T> get(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }

  /**
   * With another value of a setting. A setting that says the same in other words, such as a voltage
   * for a wavelength, is left out.
   *
   * @param setting which
   * @param value its value
   * @param <T> its type
   * @return a new profile
   * @throws IllegalArgumentException if the value is not allowed
   */
  public <T> InstrumentProfile with(Setting<T> setting, T value) {
    if (!setting.kind().allows(value)) {
      throw new IllegalArgumentException(
          setting.key() + " is " + value + ", must be " + setting.kind().rule);
    }
    Map<Setting<?>, Object> changed = new HashMap<>(values);
    changed.remove(setting.alternative());
    changed.put(setting, value);
    return new InstrumentProfile(changed);
  }

  /**
   * Without the value of a setting.
   *
   * @param setting which
   * @return a new profile
   */
  public InstrumentProfile without(Setting<?> setting) {
    Map<Setting<?>, Object> changed = new HashMap<>(values);
    changed.remove(setting);
    return new InstrumentProfile(changed);
  }

  /**
   * With all values of another profile, in place of those that are here.
   *
   * @param other whose values win
   * @return a new profile
   */
  public InstrumentProfile with(InstrumentProfile other) {
    Map<Setting<?>, Object> changed = new HashMap<>(values);
    other.values.keySet().forEach(s -> changed.remove(s.alternative()));
    changed.putAll(other.values);
    return new InstrumentProfile(changed);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof InstrumentProfile p && p.values.equals(values);
  }

  @Override
  public int hashCode() {
    int h = 0;
    for (Setting<?> s : settings()) {
      h = 31 * h + s.key().hashCode() + values.get(s).hashCode();
    }
    return h;
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("InstrumentProfile[");
    for (Setting<?> key : settings()) {
      s.append(s.charAt(s.length() - 1) == '[' ? "" : ", ");
      s.append(key.key()).append(" = ").append(values.get(key));
    }
    return s.append(']').toString();
  }
}
