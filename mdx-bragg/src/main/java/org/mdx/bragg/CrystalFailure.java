package org.mdx.bragg;

/** A sweep did not get through a stage: which sweep, which stage, why. */
public final class CrystalFailure extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String stage;
  private final int sweep;

  /**
   * A failure.
   *
   * @param stage such as {@code index}
   * @param sweep number of the sweep, from 0
   * @param images what it is called
   * @param cause why; its message ends this one's
   */
  public CrystalFailure(String stage, int sweep, String images, RuntimeException cause) {
    super("sweep " + sweep + " (" + images + " …), " + stage + ": " + cause.getMessage(), cause);
    this.stage = stage;
    this.sweep = sweep;
  }

  /**
   * The stage.
   *
   * @return such as {@code index}
   */
  public String stage() {
    return stage;
  }

  /**
   * The command that does the stage by itself.
   *
   * @return {@code find-spots}, {@code index} or {@code refine}
   */
  public String command() {
    return stage.startsWith("index") ? "index" : stage.replace(' ', '-');
  }

  /**
   * The sweep.
   *
   * @return its number, from 0
   */
  public int sweep() {
    return sweep;
  }
}
