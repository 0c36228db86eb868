package org.mdx.microed.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.process.engine.DialsEngine;

/**
 * The state of a trial: {@code state.json} in its folder, which is replaced as a whole whenever
 * something changes. Immutable.
 *
 * @param crystal name of the crystal
 * @param trial name of the trial
 * @param images what is processed
 * @param engine names of the engines that do its steps; those of a state without it were DIALS
 * @param status how the trial is
 * @param reason why it is so, one line; may be empty
 * @param steps in order, as far as they were reached
 */
record TrialState(
    String crystal,
    String trial,
    List<String> images,
    String engine,
    TrialStatus status,
    String reason,
    List<StepState> steps) {

  /** Name of the file. */
  public static final String FILE = "state.json";

  private static final ObjectMapper MAPPER = ReportJson.mapper();

  public TrialState {
    images = List.copyOf(images);
    engine = engine == null ? DialsEngine.NAME : engine;
    steps = List.copyOf(steps);
  }

  /**
   * Reads the state of a trial.
   *
   * @param folder that of the trial
   * @return the state; empty if there is none
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is not such a file
   */
  public static Optional<TrialState> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(Files.readAllBytes(file), TrialState.class));
    } catch (JsonProcessingException e) {
      throw new MdxFormatException(
          file,
          "",
          "the state of a trial",
          e.getOriginalMessage(),
          "delete the trial's folder, or do it again with --force",
          e);
    }
  }

  void write(Path folder) throws IOException {
    AtomicFile.write(folder.resolve(FILE), out -> out.write(MAPPER.writeValueAsBytes(this)));
  }

  /**
   * What became of a step.
   *
   * @param name of the step
   * @return its state; empty if it was not reached
   */
  public Optional<StepState> step(String name) {
    return steps.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /** The same with a step as the last one, in place of its earlier state. */
  TrialState with(StepState step) {
    List<StepState> all = new ArrayList<>(steps);
    all.removeIf(s -> s.name().equals(step.name()));
    all.add(step);
    return new TrialState(crystal, trial, images, engine, status, reason, all);
  }

  /** The same with another status. */
  TrialState with(TrialStatus newStatus, String newReason) {
    return new TrialState(crystal, trial, images, engine, newStatus, newReason, steps);
  }
}
