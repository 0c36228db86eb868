package org.mdx.microed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.process.engine.StepResult;
import org.mdx.microed.process.engine.StepRun;

/** Does what a test says instead of running programs, and keeps what it was asked. */
final class ScriptedEngine implements StepEngine {

  /** What a program does in its folder. */
  interface Act {
    StepResult run(StepRun run) throws IOException, InterruptedException;
  }

  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Act> acts = new HashMap<>();

  /** A program that writes files and ends well. */
  ScriptedEngine writes(String task, String... files) {
    return does(
        task,
        run -> {
          for (String f : files) {
            Files.writeString(run.folder().resolve(f), String.join(" ", run.arguments()));
          }
          return StepResult.DONE;
        });
  }

  ScriptedEngine does(String task, Act act) {
    acts.put(task, act);
    return this;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public boolean knows(String task) {
    return !task.startsWith("mdx.");
  }

  @Override
  public Optional<String> problem(Collection<String> tasks) {
    return Optional.empty();
  }

  @Override
  public List<String> command(StepRun run) {
    List<String> words = new ArrayList<>(List.of(run.task()));
    words.addAll(run.arguments());
    return words;
  }

  @Override
  public StepResult run(StepRun run) throws IOException, InterruptedException {
    asked.add(run.task() + " " + String.join(" ", run.arguments()));
    Files.writeString(run.log(), run.task());
    return acts.get(run.task()).run(run);
  }
}
