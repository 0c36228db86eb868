package org.mdx.io.hdf5;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;

/** A group or dataset to be written, with its attributes. Throwaway: filled, written, dropped. */
public abstract sealed class Hdf5Node permits Hdf5Group, Hdf5Dataset {
  private final Map<String, List<String>> attributes = new LinkedHashMap<>();
  private final Map<String, Boolean> scalar = new LinkedHashMap<>();

  Hdf5Node() {}

  final void putAttribute(String name, List<String> values, boolean isScalar) {
    MetadataBlock.checkName(name);
    attributes.put(name, List.copyOf(values));
    scalar.put(name, isScalar);
  }

  /** Texts of each attribute. */
  final Map<String, List<String>> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  /** Whether an attribute is one text, not a list. */
  final boolean isScalar(String attribute) {
    return scalar.get(attribute);
  }
}
