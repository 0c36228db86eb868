package org.mdx.cli.value;

import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;

/** A threshold of counts, or {@code auto} for that of the images. */
public final class AutoThreshold implements ITypeConverter<OptionalInt> {

  @Override
  public OptionalInt convert(String text) {
    return text.equalsIgnoreCase("auto")
        ? OptionalInt.empty()
        : OptionalInt.of(new CountThreshold().convert(text));
  }
}
