package org.mdx.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;

/**
 * Files of any Hadoop file system on the disk of the machine that needs them. A file of the machine
 * itself is used where it lies.
 */
final class RemoteFiles implements AutoCloseable {
  private final Path folder;

  private RemoteFiles(Path folder) {
    this.folder = folder;
  }

  /** A folder of this machine for what is fetched; it goes with {@link #close}. */
  static RemoteFiles open() throws IOException {
    return new RemoteFiles(Files.createTempDirectory("mdx-spark-"));
  }

  Path folder() {
    return folder;
  }

  /**
   * A file with all that lies in its folder, such as an experiment list and the images that it
   * names by paths relative to itself.
   */
  Path withNeighbours(String address) throws IOException {
    URI uri = URI.create(address);
    if (isLocal(uri)) {
      return Path.of(uri.getPath());
    }
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(uri);
    FileSystem system = file.getFileSystem(new Configuration());
    Path own = Files.createTempDirectory(folder, "in-");
    Path copy =
        own.resolve(file.getParent().getName().isEmpty() ? "root" : file.getParent().getName());
    if (!FileUtil.copy(system, file.getParent(), copy.toFile(), false, new Configuration())) {
      throw new IOException("cannot fetch " + file.getParent());
    }
    return copy.resolve(file.getName());
  }

  /** A file without its neighbours. */
  Path alone(String address) throws IOException {
    URI uri = URI.create(address);
    if (isLocal(uri)) {
      return Path.of(uri.getPath());
    }
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(uri);
    Path copy = Files.createTempDirectory(folder, "in-").resolve(file.getName());
    file.getFileSystem(new Configuration())
        .copyToLocalFile(false, file, new org.apache.hadoop.fs.Path(copy.toUri()), true);
    return copy;
  }

  private static boolean isLocal(URI uri) {
    return uri.getScheme() == null || uri.getScheme().equals("file");
  }

  /** Bytes as a file. */
  Path of(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** Puts a file of this machine where an address says, complete or not at all. */
  static void put(Path file, String address) throws IOException {
    org.apache.hadoop.fs.Path to = new org.apache.hadoop.fs.Path(address);
    Configuration configuration = new Configuration();
    FileSystem system = to.getFileSystem(configuration);
    org.apache.hadoop.fs.Path part = to.suffix(".part");
    system.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(file.toUri()), part);
    system.delete(to, false);
    if (!system.rename(part, to)) {
      throw new IOException("cannot rename " + part + " to " + to);
    }
  }

  @Override
  public void close() throws IOException {
    FileUtil.fullyDelete(folder.toFile());
    if (Files.exists(folder)) {
      throw new IOException("cannot delete " + folder);
    }
  }
}
