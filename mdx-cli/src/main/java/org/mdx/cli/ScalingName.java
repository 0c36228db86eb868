package org.mdx.cli;

import java.util.Locale;
import org.mdx.scale.ScalingOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a scaling model. */
final class ScalingName implements ITypeConverter<ScalingName.Choice> {

  /** What a user can choose. */
  enum Choice {
    MCA2020(ScalingOptions.mca2020()),
    SCALE(ScalingOptions.defaults()),
    NONE(null);

    private final ScalingOptions options;

    Choice(ScalingOptions options) {
      this.options = options;
    }

    /** The options, null for none. */
    ScalingOptions options() {
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
