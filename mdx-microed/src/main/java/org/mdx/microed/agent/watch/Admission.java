package org.mdx.microed.agent.watch;

import java.io.IOException;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.journal.Event;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.journal.MovieRecord;
import org.mdx.microed.agent.journal.MovieState;
import org.mdx.microed.agent.journal.SourceMark;
import org.mdx.microed.agent.system.AgentClock;
import org.mdx.microed.agent.system.AgentLog;

/** Enters finished files into the journal: names, versions, and what stands against them. */
public final class Admission {
  private final AgentConfig config;
  private final Journal journal;
  private final Ledger ledger;
  private final AgentClock clock;
  private final AgentLog log;

  public Admission(
      AgentConfig config, Journal journal, Ledger ledger, AgentClock clock, AgentLog log) {
    this.clock = clock;
    this.config = config;
    this.journal = journal;
    this.ledger = ledger;
    this.log = log;
  }

  /**
   * Enters a file.
   *
   * @return false if it is not any more what was seen
   * @throws IOException if it cannot be read, or the journal cannot be written
   */
  public boolean admit(MovieFinder.Seen seen) throws IOException {
    SourceMark mark = SourceMark.of(seen.file());
    if (!mark.looksLike(seen.attributes())) {
      return false;
    }
    MovieRecord old = ledger.latest(seen.source());
    int version = 1;
    if (old != null) {
      if (isOld(old, mark)) {
        return true;
      }
      boolean untouched = old.done().isEmpty();
      version = untouched ? old.version() : old.version() + 1;
      if (untouched) {
        journal.append(new Event.Dropped(now(), old.id()));
      } else {
        log.say(old.source() + ": changed after it was worked on; taken as version " + version);
      }
    }
    String id = MovieRecord.id(seen.source(), version);
    if (!seen.refusal().isEmpty()) {
      journal.append(new Event.Refused(now(), id, seen.source(), version, mark, seen.refusal()));
      log.say(id + ": parked, " + seen.refusal());
      return true;
    }
    if (mark.size() < config.watch().minimumBytes()) {
      String reason =
          mark.size() + " bytes, fewer than minimum_bytes = " + config.watch().minimumBytes();
      journal.append(new Event.Empty(now(), id, seen.source(), version, mark, reason));
      log.say(id + ": set aside as empty, " + reason);
      return true;
    }
    enter(id, seen.source(), version, mark);
    return true;
  }

  /** Whether the content is the one that is known. */
  private boolean isOld(MovieRecord old, SourceMark mark) throws IOException {
    if (!old.mark().sameContent(mark)) {
      return false;
    }
    if (old.mark().modified() != mark.modified()) {
      journal.append(new Event.Touched(now(), old.id(), mark));
    }
    if (old.state() == MovieState.GONE) {
      journal.append(new Event.Again(now(), old.id()));
      log.say(old.id() + ": is back");
    }
    return true;
  }

  private void enter(String id, String source, int version, SourceMark mark) throws IOException {
    String name = config.names().product(source, version);
    String folder = ledger.freeFolder(config.names().folder(source, mark.modified()), id);
    journal.append(new Event.Found(now(), id, source, version, mark, name, folder));
    log.say(id + ": found, " + mark.size() + " bytes");
    String owner = ledger.ownerOfName(name);
    if (!id.equals(owner)) {
      journal.append(new Event.Parked(now(), id, collision(owner, name)));
      log.say(id + ": parked, " + collision(owner, name));
    }
  }

  private static String collision(String owner, String name) {
    return "its product would be called '" + name + "' as that of '" + owner + "'; rename one";
  }

  /** Puts parked movies back in the queue. */
  public void retryParked() throws IOException {
    int count = 0;
    for (MovieRecord m : ledger.all()) {
      if (m.state() == MovieState.PARKED && m.name() == null) {
        // found again as it is now, if it is still there
        journal.append(new Event.Dropped(now(), m.id()));
        count++;
      } else if (m.state() == MovieState.PARKED && m.id().equals(ledger.ownerOfName(m.name()))) {
        journal.append(new Event.Again(now(), m.id()));
        count++;
      }
    }
    log.say(count + " parked movies are tried again");
  }

  private long now() {
    return clock.wall();
  }
}
