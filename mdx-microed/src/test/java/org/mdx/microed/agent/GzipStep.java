package org.mdx.microed.agent;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.steps.StepContext;
import org.mdx.microed.agent.steps.StepItem;
import org.mdx.microed.agent.steps.StepOutcome;
import org.mdx.microed.agent.steps.StepTypes;

/** Stands for a compression in tests of the agent. */
final class GzipStep implements Step {
  private final String name;
  private final Path root;

  GzipStep(String name, Path root) {
    this.name = name;
    this.root = root;
  }

  /** The usual steps and {@code gzip}. */
  static StepTypes types() {
    return StepTypes.standard(List.of("mdx"))
        .with("gzip", (name, s, work) -> new GzipStep(name, s.path("to")));
  }

  /** What is in a product. */
  static byte[] unpack(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Path> root() {
    return Optional.of(root);
  }

  @Override
  public Optional<Path> target(StepItem item) {
    return Optional.of(item.in(root));
  }

  @Override
  public boolean replaces() {
    return true;
  }

  @Override
  public StepOutcome run(StepItem item, Path staging, StepContext context) throws IOException {
    try (InputStream in = Files.newInputStream(item.file());
        OutputStream out =
            new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(staging)))) {
      in.transferTo(out);
    }
    return StepOutcome.of("");
  }
}
