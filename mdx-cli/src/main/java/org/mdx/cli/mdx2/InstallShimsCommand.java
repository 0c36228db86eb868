package org.mdx.cli.mdx2;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.phil.DialsProgram;
import org.mdx.cli.phil.DialsPrograms;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes launchers with the names of commands of mdx2 and of programs of DIALS. */
@Command(
    name = "install-shims",
    description = {
      "Write launchers mdx2.import_geometry, mdx2.import_data, … that take the command lines of mdx2"
          + " and run this mdx; with --dials also dials.import, dials.index, ….",
      "With their folder on the PATH, scripts that were made for mdx2 and DIALS run unchanged."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class InstallShimsCommand implements Callable<Integer> {

  /** Systems that launchers can be for. */
  enum Platform {
    /** A Unix shell, also on Windows. */
    UNIX,
    /** The command prompt of Windows. */
    WINDOWS
  }

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "DIR", description = "Folder to write to; made if there is none.")
  private Path dir;

  @Option(
      names = "--mdx2-compatible",
      description =
          "Follow mdx2's conventions where those of mdx differ. Otherwise they are followed where the"
              + " environment variable MDX2_COMPATIBLE is 1.")
  private boolean compatible;

  @Option(
      names = "--dials",
      description =
          "Write launchers of programs of DIALS too. They take some of its parameters and refuse the"
              + " others by name; 'dials.index --help' lists them.")
  private boolean dials;

  @Option(names = "--force", description = "Replace files that are no launchers of mdx, too.")
  private boolean force;

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      description = "unix or windows. Default: the present one.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private Platform platform = present();

  private static Platform present() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return system.startsWith("windows") ? Platform.WINDOWS : Platform.UNIX;
  }

  @Override
  public Integer call() throws IOException {
    List<Shim> shims = new ArrayList<>();
    for (String command : Shim.COMMANDS) {
      shims.add(new Shim(command, classPath(), compatible, platform == Platform.WINDOWS));
    }
    for (DialsProgram program : dials ? DialsPrograms.all() : List.<DialsProgram>of()) {
      shims.add(
          new Shim(
              Shim.Family.DIALS, program.name(), classPath(), false, platform == Platform.WINDOWS));
    }
    try (OutputFolder folder = OutputFolder.of(dir)) {
      requireFree(shims);
      for (Shim shim : shims) {
        write(folder.file(shim.name()), shim);
      }
    }
    common.out().println("wrote " + shims.size() + " launchers to " + dir);
    Path absolute = dir.toAbsolutePath().normalize();
    common
        .out()
        .println(
            platform == Platform.WINDOWS
                ? "put them on the path: set PATH=" + absolute + ";%PATH%"
                : "put them on the path: export PATH=\"" + absolute + ":$PATH\"");
    return 0;
  }

  private void requireFree(List<Shim> shims) throws IOException {
    for (Shim shim : shims) {
      Path file = dir.resolve(shim.name());
      if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Shim.isShim(file)) {
        throw new IOException(
            file
                + ": is there and no launcher of mdx, perhaps mdx2 or DIALS itself; name another folder, or"
                + " replace it with --force");
      }
    }
  }

  private static void write(Path file, Shim shim) throws IOException {
    AtomicFile.writePath(
        file,
        temporary -> {
          Files.writeString(temporary, shim.text(), StandardCharsets.UTF_8);
          if (!shim.windows() && !temporary.toFile().setExecutable(true, false)) {
            throw new IOException("it cannot be made executable");
          }
        });
  }

  /** The jar of mdx; where it runs from single classes, all that it was started with. */
  private static String classPath() {
    CodeSource source = InstallShimsCommand.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = source == null ? null : Path.of(source.getLocation().toURI());
      if (jar != null && Files.isRegularFile(jar)) {
        return jar.toAbsolutePath().toString();
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of mdx's classes: " + e.getMessage(), e);
    }
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
