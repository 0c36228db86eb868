package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.cli.mdx2.Shim;

class InstallShimsTest {
  private static final Path SHELL = Path.of("/bin/sh");

  @TempDir private Path dir;

  /** Runs a file in a shell with some environment; exit code and all that it printed. */
  static String execute(Path file, Path work, Map<String, String> environment, String... args)
      throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(SHELL), "skipped: no shell at " + SHELL);
    String[] command = new String[args.length + 2];
    command[0] = SHELL.toString();
    command[1] = file.toString();
    System.arraycopy(args, 0, command, 2, args.length);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() + " " + out;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void launchersShouldRunTheCommandsOfMdx2() throws IOException {
    Path bin = dir.resolve("it's here/bin");
    Outcome o = run("install-shims", bin);
    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("wrote 14 launchers", "export PATH=\"" + bin + ":$PATH\"");
    assertThat(SimulatedData.files(bin)).hasSize(14).allMatch(Files::isExecutable);

    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"), "MDX_JAVA_OPTIONS", "-Xint -Xshare:auto");
    assertThat(execute(bin.resolve("mdx2.version"), dir, environment))
        .startsWith("0 mdx2: 1.0.4")
        .contains("\nmdx ");
    assertThat(execute(bin.resolve("mdx2.tree"), dir, environment, "a file"))
        .startsWith("1 mdx2.tree: a file: no such file");
  }

  @Test
  void missingOrOldJavaShouldBeToldWithACure() throws IOException {
    run("install-shims", dir);
    Path shim = dir.resolve("mdx2.scale");
    assertThat(execute(shim, dir, Map.of("JAVA_HOME", "/nowhere")))
        .startsWith("1 mdx2.scale: /nowhere/bin/java: not found; install a JDK, version 17");
    Path old = Files.createDirectories(dir.resolve("old/bin")).getParent();
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    for (String version : new String[] {"1.8.0_402", "11.0.22", "9"}) {
      Files.writeString(old.resolve("release"), "X=1\nJAVA_VERSION=\"" + version + "\"\n");
      assertThat(execute(shim, dir, Map.of("JAVA_HOME", old.toString())))
          .startsWith("1 mdx2.scale: " + java + ": is Java ")
          .contains("install a JDK, version 17");
    }
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"25\"\n");
    assertThat(execute(shim, dir, Map.of("JAVA_HOME", old.toString()))).isEqualTo("0 ");
  }

  @Test
  void jarThatMovedShouldBeToldWithACure() throws IOException {
    Path shim = dir.resolve("mdx2.merge");
    Files.writeString(shim, new Shim("merge", "/nowhere/mdx.jar", false, false).text());
    assertThat(execute(shim, dir, Map.of("JAVA_HOME", System.getProperty("java.home"))))
        .isEqualTo("1 mdx2.merge: /nowhere/mdx.jar: not found; run 'mdx install-shims' again\n");
  }

  @Test
  void filesOfOthersShouldBeKeptUnlessForced() throws IOException {
    Path other = Files.writeString(dir.resolve("mdx2.map"), "#!/usr/bin/python\n");
    Outcome o = run("install-shims", dir);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("mdx2.map: is there and no launcher of mdx", "--force");
    assertThat(SimulatedData.files(dir)).containsExactly(other);
    assertThat(other).hasContent("#!/usr/bin/python\n");

    assertThat(run("install-shims", dir, "--force").code()).isZero();
    assertThat(other).content().contains("Mdx2Launcher map");
    assertThat(other).content().contains("MDX2_COMPATIBLE:=0");
    assertThat(run("install-shims", dir, "--mdx2-compatible").code()).isZero();
    assertThat(other).content().contains("MDX2_COMPATIBLE:=1");
  }

  @Test
  void launchersForWindowsShouldBeCommandFiles() throws IOException {
    Outcome o = run("install-shims", dir, "--platform", "windows");
    assertThat(o.err()).isEmpty();
    assertThat(SimulatedData.files(dir)).hasSize(14).allMatch(p -> p.toString().endsWith(".cmd"));
    assertThat(new Shim("map", "C:\\100%\\mdx.jar", true, true).text())
        .startsWith("@echo off\r\n")
        .contains("set \"CLASSES=C:\\100%%\\mdx.jar\"\r\n")
        .contains("set \"MDX2_COMPATIBLE=1\"\r\n")
        .contains("org.mdx.cli.Mdx2Launcher map %*\r\n");
  }
}
