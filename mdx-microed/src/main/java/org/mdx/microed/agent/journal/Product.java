package org.mdx.microed.agent.journal;

/**
 * The product of a step.
 *
 * @param path the file, absolute; null if the step leaves none that the agent knows of
 * @param size bytes
 * @param digest SHA-256; null without a file
 * @param note what the step says about it; may be empty
 */
public record Product(String path, long size, String digest, String note) {

  public static Product note(String note) {
    return new Product(null, 0, null, note);
  }
}
