package org.mdx.io.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;

/**
 * A format of image files; a service found by {@link java.util.ServiceLoader}, so that a program
 * that embeds mdx can add its own.
 */
public interface ImageFormat {

  /**
   * A name for messages.
   *
   * @return such as {@code miniCBF}
   */
  String name();

  /**
   * Whether a file is of this format, by its content.
   *
   * @param file an existing file
   * @return true if {@link #header} and {@link #open} are to be asked
   * @throws IOException if the file cannot be read
   */
  boolean recognizes(Path file) throws IOException;

  /**
   * What a file says about itself. Reads no more than headers.
   *
   * @param file a file that this format recognizes
   * @return what it says; empty where it says nothing
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the file is damaged
   */
  ImageHeader header(Path file) throws IOException;

  /**
   * Opens the frames of a sweep. Reads no more than headers.
   *
   * @param files existing files in the order of the frames
   * @param frames number of frames that the files hold together; a file may hold one or many
   * @param detector whose panels the images have; a panel is cut from the image at its {@code
   *     imageX}, {@code imageY}
   * @return the frames
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if the files are damaged or do not match the detector or the number
   *     of frames
   */
  ImageSource open(List<Path> files, int frames, Detector detector) throws IOException;
}
