package org.mdx.scaling;

/** The observations have nothing in common by which they could be brought on one scale. */
public final class NothingToScaleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NothingToScaleException(String message) {
    super(message);
  }
}
