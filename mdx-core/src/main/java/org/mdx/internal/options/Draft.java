package org.mdx.internal.options;

import java.util.function.Consumer;

/**
 * The fields of a set of options, which are copied and changed before they are held by the next
 * set. A set holds its draft in a final field and changes it nowhere, so it is immutable although
 * the fields of the draft are not final; a method that changes one option is one line.
 *
 * @param <T> the draft itself
 */
public abstract class Draft<T extends Draft<T>> implements Cloneable {

  /** Fields with their first values. */
  protected Draft() {}

  /**
   * A changed copy.
   *
   * @param change of the copy
   * @return the copy
   */
  public final T with(Consumer<? super T> change) {
    try {
      @SuppressWarnings("unchecked")
      T copy = (T) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
