package org.mdx.cli.value;

import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Standard deviations, or {@code auto} for those of the images. */
public final class AutoCutoff implements ITypeConverter<OptionalDouble> {

  @Override
  public OptionalDouble convert(String text) {
    if (text.equalsIgnoreCase("auto")) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is neither a number nor auto");
    }
  }
}
