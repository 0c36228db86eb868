package org.mdx.bench.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JobPairsTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** A job that takes some memory, or fails. */
  public static final class Job {
    private Job() {}

    public static void main(String[] args) {
      if (args[0].equals("fail")) {
        throw new IllegalArgumentException("no such sweep");
      }
      long sum = 0;
      for (int i = 0; i < 2000; i++) {
        sum += new byte[1 << 20].length;
      }
      System.out.println(sum);
    }
  }

  private JobPairs pairs(String... args) {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new JobPairs(Job.class.getName(), List.of(args), out);
  }

  @Test
  void growthBetweenCollectionsShouldBeAllocation() {
    assertThat(
            JobPairs.allocated(
                List.of(
                    "[0.1s][info][gc] Using Parallel",
                    "[0.5s][info][gc] GC(0) Pause Young (Allocation Failure) 64M->12M(240M) 5.1ms",
                    "[0.9s][info][gc] GC(1) Pause Full (Ergonomics) 80M->10M(300M) 20.0ms")))
        .isEqualTo(64 + 68);
  }

  @Test
  void whatAJobTakesShouldBePrinted() throws Exception {
    pairs("run").run("a.jar", "b.jar", 1);

    String table = printed.toString(StandardCharsets.UTF_8);
    assertThat(table).contains("| wall, s |", "| cpu, s |", "| peak, MiB |");
    Matcher allocated = Pattern.compile("allocated, MiB \\| ([0-9.]+)").matcher(table);
    assertThat(allocated.find()).isTrue();
    // what lies in the young generation at the end, 256 MiB at most, is not seen
    assertThat(Double.parseDouble(allocated.group(1))).isBetween(2000 - 256.0, 2100.0);
  }

  @Test
  void failureShouldBeTold() {
    assertThatThrownBy(() -> pairs("fail").run("a.jar", "b.jar", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a.jar: exit code 1")
        .hasMessageContaining("no such sweep");
  }
}
