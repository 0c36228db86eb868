package org.mdx.cli.mdx2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mdx.cli.phil.DialsProgram;
import org.mdx.cli.phil.DialsPrograms;

/**
 * A launcher: a small script under the name of a command of mdx2 or of a program of DIALS.
 *
 * @param family whose names and command lines it has
 * @param command name without {@code mdx2.} or {@code dials.}
 * @param classPath of mdx: its jar, or what it was started with
 * @param compatible whether mdx2's conventions are the default
 * @param windows for the command prompt of Windows, or for a Unix shell
 */
public record Shim(
    Family family, String command, String classPath, boolean compatible, boolean windows) {

  /** Whose commands launchers stand for. */
  public enum Family {
    /** Commands of mdx2. */
    MDX2("mdx2.", "org.mdx.cli.Mdx2Launcher"),
    /** Programs of DIALS. */
    DIALS("dials.", "org.mdx.cli.DialsLauncher");

    private final String prefix;

    /** The class that the launchers start. */
    private final String launcher;

    Family(String prefix, String launcher) {
      this.prefix = prefix;
      this.launcher = launcher;
    }
  }

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

  private static final String MARK = "written by 'mdx install-shims', which can replace it";
  private static final String UNIX =
      """
      #!/bin/sh
      # @NAME@ as mdx does it; @MARK@.
      # MDX_JAVA_OPTIONS: more options for the Java virtual machine, such as -Xmx8g.
      @ABOUT@classes='@CLASSES@'
      @SETTING@
      fail() {
        echo "@NAME@: $1" >&2
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

      # names of files go by the locale, and in C and POSIX all but ASCII is lost
      charset=$(locale charmap 2>/dev/null)
      case ${charset:-${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}} in
        ANSI_X3.4-1968 | US-ASCII | 646 | C | POSIX)
          if [ -n "$LC_ALL" ]; then
            export LC_ALL=C.UTF-8
          else
            export LC_CTYPE=C.UTF-8
          fi
          ;;
      esac

      terminal=false
      if [ -t 2 ]; then
        terminal=true
      fi
      # word splitting of the options is meant
      # shellcheck disable=SC2086
      exec "$java" @MACHINE@ \\
        -Dmdx.terminal="$terminal" $MDX_JAVA_OPTIONS -cp "$classes" @MAIN@ @COMMAND@ "$@"
      """;
  private static final String WINDOWS =
      """
      @echo off
      rem @NAME@ as mdx does it; @MARK@.
      rem MDX_JAVA_OPTIONS: more options for the Java virtual machine, such as -Xmx8g.
      @ABOUT@setlocal
      set "CLASSES=@CLASSES@"
      @SETTING@      set "JAVA=java.exe"
      if defined JAVA_HOME set "JAVA=%JAVA_HOME%\\bin\\java.exe"
      if defined JAVA_HOME (if not exist "%JAVA%" goto nojava) else (where /q java.exe || goto nojava)
      "%JAVA%" @MACHINE@ %MDX_JAVA_OPTIONS% -cp "%CLASSES%" @MAIN@ @COMMAND@ %*
      exit /b %ERRORLEVEL%
      :nojava
      echo @NAME@: %JAVA%: not found; install a JDK, version 17 or later, or set JAVA_HOME 1>&2
      exit /b 1
      """;

  /**
   * A launcher of a command of mdx2.
   *
   * @param command name without {@code mdx2.}
   * @param classPath of mdx: its jar, or what it was started with
   * @param compatible whether mdx2's conventions are the default
   * @param windows for the command prompt of Windows, or for a Unix shell
   */
  public Shim(String command, String classPath, boolean compatible, boolean windows) {
    this(Family.MDX2, command, classPath, compatible, windows);
  }

  /** The name of the file. */
  String name() {
    return family.prefix + command + (windows ? ".cmd" : "");
  }

  /**
   * The script.
   *
   * @return its text
   */
  public String text() {
    String text =
        (windows ? WINDOWS : UNIX)
            .replace("@ABOUT@", about())
            .replace("@SETTING@", setting())
            .replace("@NAME@", family.prefix + command)
            .replace("@MARK@", MARK)
            .replace("@MAIN@", family.launcher)
            .replace("@COMMAND@", command)
            .replace("@MACHINE@", Machine.options(ofMdx()))
            .replace("@COMPATIBLE@", compatible ? "1" : "0")
            .replace(
                "@CLASSES@",
                windows ? classPath.replace("%", "%%") : classPath.replace("'", "'\\''"));
    return windows ? text.replace("\n", "\r\n") : text;
  }

  /** What it runs in mdx. */
  private String ofMdx() {
    return family == Family.MDX2
        ? command.replace('_', '-')
        : DialsPrograms.named(command).map(DialsProgram::command).orElse(command);
  }

  private String about() {
    return family == Family.MDX2
        ? (windows ? "rem" : "#")
            + " MDX2_COMPATIBLE: 1 for mdx2's conventions, 0 for those of mdx.\n"
        : "";
  }

  private String setting() {
    if (family != Family.MDX2) {
      return "";
    }
    return windows
        ? "if not defined MDX2_COMPATIBLE set \"MDX2_COMPATIBLE=@COMPATIBLE@\"\n"
        : ": \"${MDX2_COMPATIBLE:=@COMPATIBLE@}\"\nexport MDX2_COMPATIBLE\n";
  }

  /** Whether a file was written as a launcher. */
  static boolean isShim(Path file) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) < 1 << 20
        && Files.readString(file, StandardCharsets.ISO_8859_1).contains(MARK);
  }
}
