package org.mdx.microed.agent.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A line of the journal. Times are milliseconds since 1970. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Found.class, name = "found"),
  @JsonSubTypes.Type(value = Event.Empty.class, name = "empty"),
  @JsonSubTypes.Type(value = Event.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Event.Touched.class, name = "touched"),
  @JsonSubTypes.Type(value = Event.Dropped.class, name = "dropped"),
  @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Event.Spawned.class, name = "spawned"),
  @JsonSubTypes.Type(value = Event.Committed.class, name = "committed"),
  @JsonSubTypes.Type(value = Event.StepDone.class, name = "step-done"),
  @JsonSubTypes.Type(value = Event.Later.class, name = "later"),
  @JsonSubTypes.Type(value = Event.Parked.class, name = "parked"),
  @JsonSubTypes.Type(value = Event.Again.class, name = "again"),
  @JsonSubTypes.Type(value = Event.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Event.Gone.class, name = "gone"),
  @JsonSubTypes.Type(value = Event.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Event.Root.class, name = "root"),
  @JsonSubTypes.Type(value = Event.Summarised.class, name = "summarised"),
  @JsonSubTypes.Type(value = Event.Snapshot.class, name = "movie")
})
public sealed interface Event {

  /** A movie is finished and gets its names. */
  record Found(
      long at, String id, String source, int version, SourceMark mark, String name, String folder)
      implements Event {}

  /** A movie is too small to hold anything. */
  record Empty(long at, String id, String source, int version, SourceMark mark, String reason)
      implements Event {}

  /** A movie cannot be worked on under its name. */
  record Refused(long at, String id, String source, int version, SourceMark mark, String reason)
      implements Event {}

  /** The time of a source has changed, its content has not. */
  record Touched(long at, String id, SourceMark mark) implements Event {}

  /** A movie of which nothing is done yet is forgotten, to be found again. */
  record Dropped(long at, String id) implements Event {}

  /** A step begins. */
  record Started(long at, String id, String step) implements Event {}

  /** A step has started a process. */
  record Spawned(long at, String id, long pid, long since) implements Event {}

  /** A product is complete and is about to get its final name. */
  record Committed(long at, String id, Product product) implements Event {}

  /** A step is done. */
  record StepDone(long at, String id, String step, Product product) implements Event {}

  /** A step has failed, if counted, or has to wait. */
  record Later(long at, String id, String reason, boolean counted, long when) implements Event {}

  /** A movie is given up. */
  record Parked(long at, String id, String reason) implements Event {}

  /** Somebody asks to try again, or a movie that was gone is back. */
  record Again(long at, String id) implements Event {}

  /** The agent ended without a word during a step; alone if no other step was under way. */
  record Ended(long at, String id, boolean alone) implements Event {}

  /** The source of a movie vanished. */
  record Gone(long at, String id, String reason) implements Event {}

  /** All steps of a movie are done. */
  record Finished(long at, String id) implements Event {}

  /** A folder for products has been prepared. */
  record Root(long at, String path) implements Event {}

  /** So many movies that came to an end are in the summary. */
  record Summarised(long at, int movies) implements Event {}

  /** All that is known of a movie, in a compacted journal. */
  record Snapshot(MovieRecord movie) implements Event {}
}
