package org.mdx.cli.mdx2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A launcher: a small script under the name of a command of mdx2.
 *
 * @param command name without {@code mdx2.}
 * @param classPath of mdx: its jar, or what it was started with
 * @param compatible whether mdx2's conventions are the default
 * @param windows for the command prompt of Windows, or for a Unix shell
 */
public record Shim(String command, String classPath, boolean compatible, boolean windows) {
  /** Names of mdx2's commands, each {@code mdx2.} and this. */
  public static final List<String> COMMANDS =
      List.of(
          "import_geometry",
          "import_data",
          "find_peaks",
          "mask_peaks",
          "integrate",
          "bin_image_series",
          "correct",
          "scale",
          "merge",
          "map",
          "reintegrate",
          "report",
          "tree",
          "version");

  /** The class that the launchers start. */
  static final String LAUNCHER = "org.mdx.cli.Mdx2Launcher";

  private static final String MARK = "written by 'mdx install-shims', which can replace it";
  private static final String UNIX =
      """
      #!/bin/sh
      # mdx2.@COMMAND@ as mdx does it; @MARK@.
      # MDX_JAVA_OPTIONS: more options for the Java virtual machine, such as -Xmx8g.
      # MDX2_COMPATIBLE: 1 for mdx2's conventions, 0 for those of mdx.
      classes='@CLASSES@'
      : "${MDX2_COMPATIBLE:=@COMPATIBLE@}"
      export MDX2_COMPATIBLE

      fail() {
        echo "mdx2.@COMMAND@: $1" >&2
        exit 1
      }

      java=java
      if [ -n "$JAVA_HOME" ]; then
        java=$JAVA_HOME/bin/java
      fi
      found=$(command -v "$java") \\
        || fail "$java: not found; install a JDK, version 17 or later, or set JAVA_HOME"
      # every JDK says its version in a file, which is faster to read than to ask it
      real=$(readlink -f "$found" 2>/dev/null || echo "$found")
      release=${real%/bin/java}/release
      if [ -r "$release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\\([0-9]*\\).*/\\1/p' "$release")
        [ "${version:-17}" -ge 17 ] \\
          || fail "$found: is Java $version; install a JDK, version 17 or later, or set JAVA_HOME"
      fi
      case $classes in
        *:*) ;;
        *) [ -e "$classes" ] || fail "$classes: not found; run 'mdx install-shims' again" ;;
      esac

      terminal=false
      if [ -t 2 ]; then
        terminal=true
      fi
      # word splitting of the options is meant
      # shellcheck disable=SC2086
      exec "$java" -XX:+UseParallelGC -XX:MaxNewSize=256m -Dmdx.terminal="$terminal" \\
        $MDX_JAVA_OPTIONS -cp "$classes" @MAIN@ @COMMAND@ "$@"
      """;
  private static final String WINDOWS =
      """
      @echo off
      rem mdx2.@COMMAND@ as mdx does it; @MARK@.
      rem MDX_JAVA_OPTIONS: more options for the Java virtual machine, such as -Xmx8g.
      rem MDX2_COMPATIBLE: 1 for mdx2's conventions, 0 for those of mdx.
      setlocal
      set "CLASSES=@CLASSES@"
      if not defined MDX2_COMPATIBLE set "MDX2_COMPATIBLE=@COMPATIBLE@"
      set "JAVA=java.exe"
      if defined JAVA_HOME set "JAVA=%JAVA_HOME%\\bin\\java.exe"
      if defined JAVA_HOME (if not exist "%JAVA%" goto nojava) else (where /q java.exe || goto nojava)
      "%JAVA%" -XX:+UseParallelGC -XX:MaxNewSize=256m %MDX_JAVA_OPTIONS% -cp "%CLASSES%" @MAIN@ @COMMAND@ %*
      exit /b %ERRORLEVEL%
      :nojava
      echo mdx2.@COMMAND@: %JAVA%: not found; install a JDK, version 17 or later, or set JAVA_HOME 1>&2
      exit /b 1
      """;

  /** The name of the file. */
  String name() {
    return "mdx2." + command + (windows ? ".cmd" : "");
  }

  /** The script. */
  public String text() {
    String text =
        (windows ? WINDOWS : UNIX)
            .replace("@MARK@", MARK)
            .replace("@MAIN@", LAUNCHER)
            .replace("@COMMAND@", command)
            .replace("@COMPATIBLE@", compatible ? "1" : "0")
            .replace(
                "@CLASSES@",
                windows ? classPath.replace("%", "%%") : classPath.replace("'", "'\\''"));
    return windows ? text.replace("\n", "\r\n") : text;
  }

  /** Whether a file was written as a launcher. */
  static boolean isShim(Path file) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) < 1 << 20
        && Files.readString(file, StandardCharsets.ISO_8859_1).contains(MARK);
  }
}
