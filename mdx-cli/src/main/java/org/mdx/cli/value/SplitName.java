package org.mdx.cli.value;

import java.util.Locale;
import org.mdx.merge.Split;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of half-sets: {@code random}, {@code weighted}, {@code friedel}, and those of mdx2. */
public final class SplitName implements ITypeConverter<Split> {

  @Override
  public Split convert(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "none" -> Split.NONE;
      case "random", "randomhalf" -> Split.RANDOM;
      case "weighted", "weightedrandomhalf" -> Split.WEIGHTED;
      case "friedel" -> Split.FRIEDEL;
      default ->
          throw new TypeConversionException(
              "'" + name + "' is none of none, random, weighted, friedel");
    };
  }
}
