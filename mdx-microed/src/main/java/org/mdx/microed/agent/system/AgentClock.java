package org.mdx.microed.agent.system;

/**
 * Two clocks. That on the wall is set forth and back by people and by other machines, so it is for
 * records alone; what waits goes by the other one, which nobody can set.
 */
public interface AgentClock {

  /** The clocks of this machine. */
  AgentClock SYSTEM =
      new AgentClock() {
        @Override
        public long wall() {
          return System.currentTimeMillis();
        }

        @Override
        public long elapsed() {
          return System.nanoTime() / 1_000_000;
        }
      };

  /** Milliseconds since 1970. */
  long wall();

  /** Milliseconds since some moment of this process, never less than before. */
  long elapsed();
}
