package org.mdx.cli.terminal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes the list of classes from which a Java virtual machine makes an archive for class data
 * sharing: those that the platform names for its own one, then those of mdx and of its command
 * line.
 */
public final class ClassList {
  private static final String SUFFIX = ".class";

  private ClassList() {}

  /**
   * Writes the list for the jar that this class is in.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written or the jar cannot be read
   * @throws URISyntaxException if the place of the jar is no path
   */
  public static void main(String[] args) throws IOException, URISyntaxException {
    Path jar = Path.of(ClassList.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path platform = Path.of(System.getProperty("java.home"), "lib", "classlist");
    Files.write(Path.of(args[0]), of(jar, platform));
  }

  /**
   * The lines of the list.
   *
   * @param jar has the classes of mdx
   * @param platform the list of the platform, which need not be there
   * @return names with slashes, and what else the platform's list has
   * @throws IOException if a file cannot be read
   */
  static List<String> of(Path jar, Path platform) throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.isReadable(platform)) {
      lines.addAll(Files.readAllLines(platform));
    }
    Set<String> own = new TreeSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream().map(ZipEntry::getName).filter(ClassList::isOwn).forEach(own::add);
    }
    own.forEach(name -> lines.add(name.substring(0, name.length() - SUFFIX.length())));
    return lines;
  }

  private static boolean isOwn(String name) {
    return name.endsWith(SUFFIX)
        && (name.startsWith("org/mdx/") || name.startsWith("picocli/"))
        && !name.endsWith("-info.class");
  }
}
