package org.mdx.io.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBudgetTest {
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void machineHasLeft(long bytes) throws IOException {
    write(
        "proc/meminfo",
        "MemTotal:       99999999 kB\nMemFree:        12 kB\nMemAvailable:   "
            + (bytes >> 10)
            + " kB\nHugePages_Total:       0\n");
  }

  @Test
  void aSystemThatTellsNothingShouldLeaveJavasHeap() {
    MemoryBudget budget = MemoryBudget.of(root, 4 * GIB, 0);

    assertThat(budget.bytes()).isEqualTo(4 * GIB - 256 * MIB);
    assertThat(budget.limit()).isEqualTo("Java's heap");
  }

  @Test
  void aGroupOfVersion2ShouldLimitAHeapThatIsLargerThanTheContainer() throws IOException {
    machineHasLeft(64 * GIB);
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", 2 * GIB + "\n");

    MemoryBudget budget = MemoryBudget.of(root, 16 * GIB, 0);

    assertThat(budget.bytes()).isEqualTo(2 * GIB - 512 * MIB);
    assertThat(budget.limit()).isEqualTo("the container's limit");
  }

  @Test
  void theLeastOfAGroupAndThoseAboveItShouldHold() throws IOException {
    write("proc/self/cgroup", "0::/system.slice/slurmstepd.scope/job_7/step_0\n");
    write("sys/fs/cgroup/system.slice/memory.max", "max\n");
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/memory.max", 6 * GIB + "\n");
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0/memory.max", "max\n");
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0/memory.high", 5 * GIB + "\n");
    write("sys/fs/cgroup/system.slice/other/memory.max", GIB + "\n");

    assertThat(MemoryBudget.of(root, 16 * GIB, 0).bytes()).isEqualTo(5 * GIB - 512 * MIB);
  }

  @Test
  void aGroupOfVersion1ShouldLimitToo() throws IOException {
    write("proc/self/cgroup", "11:cpu,cpuacct:/a\n4:memory:/slurm/uid_5/job_9\n0::/init.scope\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/slurm/uid_5/job_9/memory.limit_in_bytes", 3 * GIB + "\n");

    MemoryBudget budget = MemoryBudget.of(root, 16 * GIB, 0);

    assertThat(budget.bytes()).isEqualTo(3 * GIB - 512 * MIB);
    assertThat(budget.limit()).isEqualTo("the container's limit");
  }

  @Test
  void aVersion1LimitSeenFromWithinItsContainerShouldHold() throws IOException {
    write("proc/self/cgroup", "4:memory:/docker/0123456789abcdef\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", 3 * GIB + "\n");

    assertThat(MemoryBudget.of(root, 16 * GIB, 0).bytes()).isEqualTo(3 * GIB - 512 * MIB);
  }

  @Test
  void limitsThatAreNoneShouldNotLimit() throws IOException {
    write("proc/self/cgroup", "4:memory:/\n0::/\nrubbish\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory.max", "max\n");
    write("proc/meminfo", "MemAvailable: many kB\n");

    assertThat(MemoryBudget.of(root, 4 * GIB, 0).limit()).isEqualTo("Java's heap");
  }

  @Test
  void aMachineThatIsInUseShouldLeaveWhatItHasLeft() throws IOException {
    machineHasLeft(2 * GIB);

    MemoryBudget budget = MemoryBudget.of(root, 8 * GIB, GIB);

    assertThat(budget.bytes()).isEqualTo(3 * GIB - 512 * MIB);
    assertThat(budget.limit()).isEqualTo("the memory that the machine has left");
  }

  @Test
  void aSmallHeapShouldNotBeAllReserve() {
    assertThat(MemoryBudget.of(root, 300 * MIB, 0).bytes()).isEqualTo(150 * MIB);
  }

  @Test
  void moreThanJavasHeapShouldBeRefusedNamingTheOption() {
    assertThatThrownBy(() -> MemoryBudget.of(1L << 50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1073741824 MiB")
        .hasMessageContaining("MDX_JAVA_OPTIONS=-Xmx");
    assertThatThrownBy(() -> MemoryBudget.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be 1 or more");
  }

  @Test
  void thisMachineShouldLeaveSomething() {
    assertThat(MemoryBudget.ofMachine().bytes()).isBetween(1L, Runtime.getRuntime().maxMemory());
  }

  @Test
  void whatDoesNotFitShouldMakeTheFolderAndWhatFitsShouldNot() throws IOException {
    Path parent = root.resolve("scratch");
    try (ScratchSpace space = ScratchSpace.in(parent, new MemoryBudget(1000, "a test"))) {
      assertThat(space.holds(800)).isTrue();
      assertThat(space.holds(801)).isFalse();
      assertThat(space.isUsed()).isFalse();
      assertThat(parent).doesNotExist();
      space.bytes();
      assertThat(space.isUsed()).isTrue();
    }
    assertThat(parent).isEmptyDirectory();
  }
}
