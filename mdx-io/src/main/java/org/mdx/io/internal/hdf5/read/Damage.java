package org.mdx.io.internal.hdf5.read;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.mdx.io.MdxFormatException;

/** What a file that contradicts itself leads to. */
public final class Damage {

  /** Advice for its user. */
  static final String ADVICE = "the file is damaged or truncated, copy or make it again";

  private Damage() {}

  /** Turns what reading throws at a damaged file into our own exception. */
  public static <T> T guard(Path path, String place, Supplier<T> action) {
    try {
      return action.get();
    } catch (MdxFormatException | CancellationException e) {
      throw e;
    } catch (ChecksumMismatch e) {
      throw new MdxFormatException(
          e.path(), place + ", " + e.structure(), e.stored(), e.found(), ADVICE, e);
    } catch (RuntimeException | StackOverflowError | InternalError e) {
      throw new MdxFormatException(
          path, place, "HDF5 structures that fit together", found(e), ADVICE, e);
    }
  }

  /** What our own checks say, or the kind of failure of anything else. */
  private static String found(Throwable e) {
    if (e instanceof IllegalArgumentException && e.getMessage() != null) {
      return e.getMessage();
    }
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
  }
}
