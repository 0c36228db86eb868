package org.mdx.microed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.process.engine.NativeEngine;
import org.mdx.microed.process.engine.StepResult;
import org.mdx.microed.process.pipeline.OnFailure;
import org.mdx.microed.process.pipeline.Pipeline;
import org.mdx.microed.process.pipeline.PipelineStep;
import org.mdx.microed.process.pipeline.StepCondition;

class ProcessingTest {
  @TempDir private Path work;

  private static final Pipeline TRIAL =
      Pipeline.of(
          "T",
          PipelineStep.of("first", "a", "{images}", "far={distance}").products("a.out"),
          PipelineStep.of("second", "b", "a.out", "in=a.out", "n={nproc}")
              .inputs("a.out")
              .products("b.out")
              .fallback("method=other")
              .onFailure(OnFailure.STOP),
          PipelineStep.of("third", "c", "b.out")
              .inputs("b.out")
              .products("c.out")
              .folder("below")
              .onFailure(OnFailure.STOP));

  private static Movie movie(String name) {
    return new Movie(name, List.of(Path.of(name + ".cbf")), List.of("/" + name + ".cbf"), Map.of());
  }

  private static ScriptedEngine good() {
    return new ScriptedEngine().writes("a", "a.out").writes("b", "b.out").writes("c", "c.out");
  }

  private ProcessOptions options(ScriptedEngine engine, Pipeline... trials) {
    return ProcessOptions.of(
        work,
        trials.length == 0 ? List.of(TRIAL) : List.of(trials),
        List.of(NativeEngine.standard(), engine));
  }

  private static TrialReport only(ProcessOptions options) throws Exception {
    return Processing.of(options).run(List.of(movie("x")), r -> {}).get(0);
  }

  @Test
  void stepsShouldRunInOrderWithInputsAsPathsAndValuesFilledIn() throws Exception {
    ScriptedEngine engine = good();
    TrialReport r =
        only(options(engine).values(Values.none().with("distance", "7")).parallel(1, 3));
    Path t = work.resolve("x/T").toAbsolutePath();
    assertThat(engine.asked)
        .containsExactly(
            "a /x.cbf far=7",
            "b " + t.resolve("a.out") + " in=" + t.resolve("a.out") + " n=3",
            "c " + t.resolve("b.out"));
    assertThat(r.status()).isEqualTo(TrialStatus.DONE);
    assertThat(r.ran()).isEqualTo(3);
    assertThat(t.resolve("below/c.out")).exists();
    assertThat(t.resolve("logs/02-second.log")).hasContent("b");
    TrialState state = TrialState.read(t).orElseThrow();
    assertThat(state.status()).isEqualTo(TrialStatus.DONE);
    assertThat(state.step("second").orElseThrow().command()).startsWith("b").contains("n=3");
    assertThat(Files.readString(t.resolve("state.json"))).contains("\"exit_code\" : 0", "\"done\"");
    try (var all = Files.list(t)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", "a.out", "b.out", "below", "logs", "state.json");
    }
  }

  @Test
  void aWordWhoseValueIsNotSetShouldBeLeftOut() throws Exception {
    ScriptedEngine engine = good();
    only(options(engine));
    assertThat(engine.asked.get(0)).isEqualTo("a /x.cbf");
  }

  @Test
  void whatIsDoneShouldNotBeDoneAgain() throws Exception {
    only(options(good()));
    ScriptedEngine again = good();
    TrialReport r = only(options(again).parallel(1, 4));
    assertThat(again.asked).isEmpty();
    assertThat(r.kept()).isEqualTo(3);
    ScriptedEngine forced = good();
    only(options(forced).again(true, false));
    assertThat(forced.asked).hasSize(3);
  }

  @Test
  void anotherArgumentShouldDoItsStepAndThoseAfterItAgain() throws Exception {
    only(options(good()));
    Pipeline changed =
        TRIAL.with("second", s -> s.arguments(List.of("a.out", "in=a.out", "more=1")));
    ScriptedEngine engine = good();
    TrialReport r = only(options(engine, changed));
    assertThat(engine.asked).extracting(w -> w.substring(0, 1)).containsExactly("b", "c");
    assertThat(r.kept()).isEqualTo(1);
  }

  @Test
  void aLostProductShouldBeMadeAgain() throws Exception {
    only(options(good()));
    Files.delete(work.resolve("x/T/b.out"));
    ScriptedEngine engine = good();
    only(options(engine));
    assertThat(engine.asked).extracting(w -> w.substring(0, 1)).containsExactly("b", "c");
  }

  @Test
  void aFallbackShouldBeTriedWhenThereIsNoProduct() throws Exception {
    ScriptedEngine engine =
        good()
            .does(
                "b",
                run -> {
                  if (run.arguments().contains("method=other")) {
                    Files.writeString(run.folder().resolve("b.out"), "b");
                  }
                  return StepResult.DONE;
                });
    TrialReport r = only(options(engine));
    assertThat(r.status()).isEqualTo(TrialStatus.DONE);
    StepState s = TrialState.read(work.resolve("x/T")).orElseThrow().step("second").orElseThrow();
    assertThat(s.attempt()).isEqualTo(2);
    assertThat(s.log()).isEqualTo("logs/02-second-2.log");
  }

  @Test
  void aStepWithoutResultShouldStopTheTrialAndSayWhy() throws Exception {
    ScriptedEngine engine =
        good()
            .does(
                "b",
                run -> {
                  Files.writeString(run.folder().resolve("b.out"), "half of it");
                  Files.writeString(run.folder().resolve("b.log"), "why");
                  return StepResult.failed(1, "Sorry: no lattice");
                });
    TrialReport r = only(options(engine));
    assertThat(r.status()).isEqualTo(TrialStatus.STOPPED);
    assertThat(r.toString()).startsWith("x/T  stopped at second: Sorry: no lattice (2 steps run");
    assertThat(work.resolve("x/T/b.out")).doesNotExist();
    assertThat(work.resolve("x/T/b.log")).hasContent("why");
    assertThat(engine.asked).hasSize(3); // first, second, its fallback

    ScriptedEngine again = good();
    assertThat(only(options(again)).status()).isEqualTo(TrialStatus.STOPPED);
    assertThat(again.asked).isEmpty();
    assertThat(only(options(again).again(false, true)).status()).isEqualTo(TrialStatus.DONE);
    assertThat(again.asked).hasSize(2);
  }

  @Test
  void stepsShouldFailTheTrialOrBeDoneWithoutAsTheySay() throws Exception {
    ScriptedEngine.Act bad = run -> StepResult.failed(3, "");
    TrialReport r = only(options(good().does("a", bad)));
    assertThat(r.status()).isEqualTo(TrialStatus.FAILED);
    assertThat(r.reason()).isEqualTo("exit code 3");
    Pipeline lenient = TRIAL.named("L").with("third", s -> s.onFailure(OnFailure.CONTINUE));
    assertThat(only(options(good().does("c", bad), lenient)).status()).isEqualTo(TrialStatus.DONE);
    Pipeline slow = TRIAL.named("S");
    ScriptedEngine.Act late = run -> new StepResult(-1, "c was ended after 1 s", true);
    TrialReport timeout = only(options(good().does("c", late), slow));
    assertThat(timeout.status()).isEqualTo(TrialStatus.FAILED);
  }

  @Test
  void conditionsShouldDecideWhetherAStepRuns() throws Exception {
    Pipeline p =
        TRIAL
            .with("second", s -> s.when(StepCondition.missing("a.out")))
            .with("third", s -> s.when(StepCondition.exists("a.out")));
    ScriptedEngine engine = good();
    TrialReport r = only(options(engine, p));
    assertThat(engine.asked).extracting(w -> w.substring(0, 1)).containsExactly("a", "c");
    assertThat(r.status()).isEqualTo(TrialStatus.DONE);
    StepState s = TrialState.read(work.resolve("x/T")).orElseThrow().step("second").orElseThrow();
    assertThat(s.status()).isEqualTo(StepState.Status.SKIPPED);
    assertThat(s.reason()).isEqualTo("not missing:a.out");
  }

  @Test
  void anotherTrialShouldReuseFilesOrStopWithoutThem() throws Exception {
    Pipeline other =
        Pipeline.of(
            "U",
            PipelineStep.reuse("take", "T", "a.out", "b.out"),
            PipelineStep.of("third", "c", "b.out").inputs("b.out").products("c.out"));
    TrialReport alone = only(options(good(), other));
    assertThat(alone.status()).isEqualTo(TrialStatus.STOPPED);
    assertThat(alone.reason()).isEqualTo("trial T left no a.out");

    // the other trial has come to be: what failed for want of it is done
    ScriptedEngine engine = good();
    List<TrialReport> both =
        Processing.of(options(engine, TRIAL, other)).run(List.of(movie("x")), r -> {});
    assertThat(both).extracting(TrialReport::status).containsOnly(TrialStatus.DONE);
    assertThat(work.resolve("x/U/b.out")).hasSameTextualContentAs(work.resolve("x/T/b.out"));
    assertThat(engine.asked).hasSize(4);
  }

  @Test
  void aFolderOfOthersShouldBeLeftAlone() throws Exception {
    Files.createDirectories(work.resolve("x/T"));
    Files.writeString(work.resolve("x/T/integrated.expt"), "by hand");
    ScriptedEngine engine = good();
    TrialReport r = only(options(engine));
    assertThat(r.status()).isEqualTo(TrialStatus.SKIPPED);
    assertThat(r.reason()).contains("--force");
    assertThat(engine.asked).isEmpty();

    Processing.of(options(good())).run(List.of(movie("y")), t -> {});
    Movie same = new Movie("y", List.of(Path.of("z.cbf")), List.of("/z.cbf"), Map.of());
    TrialReport of = Processing.of(options(engine)).run(List.of(same), t -> {}).get(0);
    assertThat(of.reason()).contains("other images, /y.cbf");
    assertThatThrownBy(
            () -> Processing.of(options(engine)).run(List.of(movie("x"), movie("x")), t -> {}))
        .hasMessageContaining("both called x");
  }

  @Test
  void aTrialThatIsBeingRunShouldBeLeftToItsRunner() throws Exception {
    Files.createDirectories(work.resolve("x/T"));
    try (FileChannel c =
            FileChannel.open(
                work.resolve("x/T/.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = c.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(only(options(good())).reason()).isEqualTo("another process is at it");
    }
  }

  @Test
  void anInterruptedStepShouldBeDoneAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean stopped = new AtomicBoolean();
    ScriptedEngine engine =
        good()
            .does(
                "b",
                run -> {
                  Files.writeString(run.folder().resolve("b.out"), "half of it");
                  begun.countDown();
                  try {
                    Thread.sleep(60_000);
                  } catch (InterruptedException e) {
                    stopped.set(true);
                    throw e;
                  }
                  return StepResult.DONE;
                });
    List<Throwable> thrown = new ArrayList<>();
    Thread t =
        new Thread(
            () -> {
              try {
                only(options(engine));
              } catch (Throwable e) {
                thrown.add(e);
              }
            });
    t.start();
    assertThat(begun.await(60, TimeUnit.SECONDS)).as("begun; " + thrown).isTrue();
    t.interrupt();
    t.join(10_000);
    assertThat(thrown).hasSize(1);
    assertThat(thrown.get(0)).isInstanceOf(InterruptedException.class);
    assertThat(stopped).isTrue();
    assertThat(work.resolve("x/T/b.out")).doesNotExist();
    TrialState state = TrialState.read(work.resolve("x/T")).orElseThrow();
    assertThat(state.status()).isEqualTo(TrialStatus.RUNNING);

    ScriptedEngine again = good();
    TrialReport r = only(options(again));
    assertThat(r.status()).isEqualTo(TrialStatus.DONE);
    assertThat(again.asked).extracting(w -> w.substring(0, 1)).containsExactly("b", "c");
  }

  @Test
  void whatAKilledRunLeftShouldBeTidiedAndNotTaken() throws Exception {
    only(options(good()));
    Path t = work.resolve("x/T");
    Files.createDirectories(t.resolve(".part-second-1"));
    Files.writeString(t.resolve(".part-second-1/b.out"), "half of it");
    Files.delete(t.resolve("b.out"));
    ScriptedEngine engine = good();
    only(options(engine));
    assertThat(t.resolve(".part-second-1")).doesNotExist();
    assertThat(Files.readString(t.resolve("b.out"))).doesNotContain("half");
  }

  @Test
  void crystalsShouldRunAtATimeAsToldAndReportInOrder() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    ScriptedEngine engine =
        good()
            .does(
                "a",
                run -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  two.countDown();
                  assertThat(two.await(60, TimeUnit.SECONDS)).isTrue();
                  now.decrementAndGet();
                  Files.writeString(run.folder().resolve("a.out"), "a");
                  return StepResult.DONE;
                });
    List<Movie> movies = List.of(movie("m1"), movie("m2"), movie("m3"), movie("m4"));
    List<TrialReport> heard = new ArrayList<>();
    List<TrialReport> reports =
        Processing.of(options(engine).parallel(2, 1)).run(movies, heard::add);
    assertThat(most.get()).isEqualTo(2);
    assertThat(reports).extracting(TrialReport::crystal).containsExactly("m1", "m2", "m3", "m4");
    assertThat(heard).containsExactlyInAnyOrderElementsOf(reports);
    assertThat(ReportJson.of(reports)).contains("\"status\" : \"done\"", "\"crystal\" : \"m3\"");
  }

  @Test
  void aDamagedStateShouldBeNamed() throws Exception {
    Files.createDirectories(work.resolve("x/T"));
    Files.writeString(work.resolve("x/T/state.json"), "{");
    assertThatThrownBy(() -> only(options(good()))).hasMessageContaining("state.json");
  }

  @Test
  void aDamagedStateShouldNotKeepOtherCrystalsFromTheirTurn() throws Exception {
    Files.createDirectories(work.resolve("x/T"));
    Files.writeString(work.resolve("x/T/state.json"), "{");
    List<TrialReport> heard = new ArrayList<>();
    assertThatThrownBy(
            () -> Processing.of(options(good())).run(List.of(movie("x"), movie("y")), heard::add))
        .hasMessageContaining("state.json");
    assertThat(heard).extracting(TrialReport::crystal).containsExactly("y");
    assertThat(heard.get(0).status()).isEqualTo(TrialStatus.DONE);
  }

  @Test
  void aFolderThatAnotherEngineMadeShouldBeLeftAlone() throws Exception {
    only(options(good()));
    NativeEngine own = NativeEngine.standard();
    for (String task : List.of("a", "b", "c")) {
      own =
          own.with(
              task, (run, log) -> Files.writeString(run.folder().resolve(task + ".out"), "own"));
    }
    ProcessOptions options = ProcessOptions.of(work, List.of(TRIAL), List.of(own));
    TrialReport r = only(options);
    assertThat(r.status()).isEqualTo(TrialStatus.SKIPPED);
    assertThat(r.reason()).contains("--engine scripted", "--force");
    assertThat(work.resolve("x/T/b.out")).content().doesNotContain("own");
    assertThat(only(options.again(true, false)).status()).isEqualTo(TrialStatus.DONE);
    assertThat(work.resolve("x/T/b.out")).hasContent("own");
  }

  @Test
  void aNativeStepThatTakesTooLongOrAllMemoryShouldFailItsTrialOnly() throws Exception {
    NativeEngine own =
        NativeEngine.standard()
            .with(
                "a",
                (run, log) -> {
                  try {
                    Thread.sleep(60_000);
                  } catch (InterruptedException e) {
                    throw new java.util.concurrent.CancellationException("ended");
                  }
                });
    Pipeline one = Pipeline.of("One", PipelineStep.of("first", "a").products("a.out"));
    ProcessOptions options =
        ProcessOptions.of(work, List.of(one), List.of(own))
            .timeout(java.time.Duration.ofMillis(200));
    TrialReport late = only(options);
    assertThat(late.status()).isEqualTo(TrialStatus.FAILED);
    assertThat(late.reason()).isEqualTo("a was ended after 0.2 s");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    NativeEngine large =
        own.with(
            "a",
            (run, log) -> {
              throw new OutOfMemoryError("simulated");
            });
    TrialReport full = only(ProcessOptions.of(work, List.of(one.named("Two")), List.of(large)));
    assertThat(full.status()).isEqualTo(TrialStatus.FAILED);
    assertThat(full.reason()).startsWith("out of memory; give Java more");
  }

  @Test
  void anotherInstrumentProfileShouldDoTheStepAgain() throws Exception {
    Path profile = Files.writeString(work.resolve("talos.toml"), "[detector]");
    Pipeline p =
        Pipeline.of("P", PipelineStep.of("first", "a", "profile=" + profile).products("a.out"));
    only(options(good(), p));
    ScriptedEngine same = good();
    only(options(same, p));
    assertThat(same.asked).isEmpty();
    Files.writeString(profile, "[detector]\nread_noise = 3");
    ScriptedEngine other = good();
    only(options(other, p));
    assertThat(other.asked).hasSize(1);
  }
}
