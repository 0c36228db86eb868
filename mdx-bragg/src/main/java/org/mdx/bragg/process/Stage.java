package org.mdx.bragg.process;

/** What is done with the images of one crystal, in this order. */
public enum Stage {
  /** Opens the images. */
  IMPORT("import", "imported"),
  /** Finds the spots. */
  SPOTS("find spots", "strong"),
  /** Finds the lattices. */
  INDEX("index", "indexed"),
  /** Refines the geometry. */
  REFINE("refine", "refined"),
  /** Integrates the reflections. */
  INTEGRATE("integrate", "integrated");

  private final String words;
  private final String product;

  Stage(String words, String product) {
    this.words = words;
    this.product = product;
  }

  /**
   * What DIALS calls its result.
   *
   * @return such as {@code strong}
   */
  public String product() {
    return product;
  }

  @Override
  public String toString() {
    return words;
  }
}
