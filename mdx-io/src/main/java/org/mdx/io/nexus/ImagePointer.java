package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.mdx.image.ImageChunks;
import org.mdx.io.MdxFormatException;

/**
 * A pointer to the images of a sweep: a row of an experiment list, which names them. Stands in a
 * small file for the copy of all images that mdx2 makes.
 *
 * @param relative path of the list from the folder of the file, with {@code /}
 * @param absolute path of the list when the file was written
 * @param experiment number of the row, from 0
 * @param frames number of images
 * @param digest SHA-256 of the list, in hexadecimal digits
 * @param chunks the blocks in which mdx2 would store the images, if they were chosen
 */
public record ImagePointer(
    String relative,
    String absolute,
    int experiment,
    int frames,
    String digest,
    Optional<ImageChunks> chunks) {

  public ImagePointer {
    if (experiment < 0 || frames < 1 || !digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "experiment " + experiment + " of " + frames + " frames, digest " + digest);
    }
  }

  /**
   * A pointer to be stored in a file.
   *
   * @param file that it will be stored in
   * @param experiments an existing experiment list
   * @param experiment number of the row, from 0
   * @param frames number of images
   * @return the pointer
   * @throws IOException if the list cannot be read
   */
  public static ImagePointer of(Path file, Path experiments, int experiment, int frames)
      throws IOException {
    Path list = folder(experiments).resolve(experiments.getFileName());
    Path from = folder(file);
    boolean sameRoot = list.getRoot().equals(from.getRoot());
    Path relative = sameRoot ? from.relativize(list) : list;
    return new ImagePointer(
        relative.toString().replace(list.getFileSystem().getSeparator(), "/"),
        list.toString(),
        experiment,
        frames,
        digest(experiments),
        Optional.empty());
  }

  /**
   * The same pointer with the blocks in which mdx2 would store the images.
   *
   * @param blocks as chosen
   * @return a new pointer
   */
  public ImagePointer withChunks(ImageChunks blocks) {
    return new ImagePointer(relative, absolute, experiment, frames, digest, Optional.of(blocks));
  }

  /** The folder of a file as it really is, so that .. leads where the system would go. */
  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return Files.isDirectory(folder) ? folder.toRealPath() : folder.normalize();
  }

  private static String digest(Path experiments) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(experiments)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Finds the experiment list: first by its relative path, so that folders can be moved together,
   * then where it was.
   *
   * @param file that the pointer was read from
   * @return the list, unchanged since the file was written
   * @throws IOException if a list cannot be read
   * @throws MdxFormatException if it is in neither place, or has changed
   */
  public Path find(Path file) throws IOException {
    Path changed = null;
    for (String path : new String[] {relative, absolute}) {
      Path list = resolve(file, path);
      if (list != null && Files.isRegularFile(list)) {
        if (digest(list).equals(digest)) {
          return list;
        }
        changed = changed == null ? list : changed;
      }
    }
    throw new MdxFormatException(
        file,
        "/entry/" + ImagePointerFormat.NAME,
        changed == null
            ? "the experiment list " + relative + " or " + absolute
            : "the experiment list " + changed + " as it was",
        changed == null ? "no such file" : "another content",
        changed == null
            ? "move it back, or run import-data again where it is now"
            : "run import-data again, and the steps after it");
  }

  private static Path resolve(Path file, String path) {
    try {
      return file.toAbsolutePath().resolveSibling(path);
    } catch (InvalidPathException e) {
      return null; // written on another system
    }
  }

  @Override
  public String toString() {
    return "ImagePointer["
        + frames
        + " frames of experiment "
        + experiment
        + " of "
        + relative
        + chunks.map(c -> ", chunks " + c).orElse("")
        + "]";
  }
}
