package org.mdx.cli.value;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A threshold of counts; mdx2 takes 20.5 as well, which only counts from 21 on exceed. */
public final class CountThreshold implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    try {
      double floor = Math.floor(Double.parseDouble(text));
      if (Math.abs(floor) <= Integer.MAX_VALUE) {
        return (int) floor;
      }
    } catch (NumberFormatException e) {
      // the message below says it
    }
    throw new TypeConversionException("'" + text + "' is no number of counts");
  }
}
