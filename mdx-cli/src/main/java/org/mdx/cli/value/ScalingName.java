package org.mdx.cli.value;

import java.util.Locale;
import java.util.Optional;
import org.mdx.scaling.ScalingOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a scaling model. */
public final class ScalingName implements ITypeConverter<ScalingName.Choice> {

  /** A choice that a user can make. */
  public enum Choice {
    MCA2020(Optional.of(ScalingOptions.mca2020())),
    SCALE(Optional.of(ScalingOptions.defaults())),
    NONE(Optional.empty());

    private final Optional<ScalingOptions> options;

    Choice(Optional<ScalingOptions> options) {
      this.options = options;
    }

    /** The options, empty for none. */
    public Optional<ScalingOptions> options() {
      return options;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Choice convert(String value) {
    for (Choice c : Choice.values()) {
      if (c.toString().equalsIgnoreCase(value)) {
        return c;
      }
    }
    throw new TypeConversionException("'" + value + "' is none of mca2020, scale, none");
  }
}
