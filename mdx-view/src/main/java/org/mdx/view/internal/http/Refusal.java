package org.mdx.view.internal.http;

/** A request that is not answered, and why. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What the client asked is wrong. */
  public static final int BAD_REQUEST = 400;

  /** The client may not ask. */
  public static final int FORBIDDEN = 403;

  /** There is no such thing. */
  public static final int NOT_FOUND = 404;

  /** Only GET is answered. */
  public static final int METHOD = 405;

  /** A file has changed since it was opened. */
  public static final int CONFLICT = 409;

  /** Too many requests at once. */
  public static final int BUSY = 503;

  private final int status;

  public Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
