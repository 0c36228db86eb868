package org.mdx.microed.agent;

import org.mdx.microed.agent.system.AgentClock;

/** The clocks of this machine, and what somebody has set them to. */
public final class FakeClock implements AgentClock {

  /** Milliseconds by which the clock on the wall is ahead. */
  public volatile long ahead;

  /** Milliseconds that have gone by besides those that have. */
  public volatile long skipped;

  @Override
  public long wall() {
    return SYSTEM.wall() + ahead + skipped;
  }

  @Override
  public long elapsed() {
    return SYSTEM.elapsed() + skipped;
  }
}
