package org.mdx.io.emd;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;
import org.mdx.io.hdf5.Hdf5Storage;

/** The content of a Velox file: its images, and the document of each frame of the largest. */
public final class EmdMovie implements AutoCloseable {

  /**
   * One image or stack of images.
   *
   * @param id its name in the file
   * @param height rows
   * @param width columns
   * @param frames number of frames
   * @param type of a pixel, such as {@code uint16}
   * @param storedBytes bytes of all pixels in the file
   * @param layout how they are stored
   * @param filters that compress them; empty if none do
   */
  public record Image(
      String id,
      int height,
      int width,
      int frames,
      String type,
      long storedBytes,
      String layout,
      String filters) {

    /** One line for people. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %d frames of %d x %d %s, %s%s, %,d bytes",
          id,
          frames,
          width,
          height,
          type,
          layout,
          filters.isEmpty() ? ", not compressed" : ", " + filters,
          storedBytes);
    }
  }

  private final Hdf5File file;
  private final EmdFile main;
  private final List<Image> images;

  private EmdMovie(Hdf5File file) {
    this.file = file;
    this.main = EmdFile.of(file);
    List<Image> all = new ArrayList<>();
    all.add(image(file, main.id()));
    main.others().forEach(id -> all.add(image(file, id)));
    this.images = List.copyOf(all);
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return the movie, to be closed
   * @throws IOException if it cannot be read
   * @throws org.mdx.io.MdxFormatException if it is no Velox file, damaged, or has no images
   */
  public static EmdMovie open(Path path) throws IOException {
    Hdf5File file = Hdf5File.open(path);
    try {
      return new EmdMovie(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Image image(Hdf5File file, String id) {
    String data = EmdFile.IMAGES + "/" + id + "/Data";
    Hdf5Frames f = file.frames(data, 2);
    Hdf5Storage s = Hdf5Storage.of(file, data);
    return new Image(
        id,
        f.height(),
        f.width(),
        f.frames(),
        f.type().toString(),
        s.bytes(),
        s.layout(),
        s.filters());
  }

  /**
   * The images.
   *
   * @return first that with the most pixels
   */
  public List<Image> images() {
    return images;
  }

  /**
   * Frames of the first image.
   *
   * @return their number
   */
  public int frames() {
    return main.frames().frames();
  }

  /**
   * What the microscope said of a frame of the first image.
   *
   * @param frame from 0
   * @return a JSON object; a missing node if there is none
   * @throws org.mdx.io.MdxFormatException if it is damaged
   */
  public JsonNode metadata(int frame) {
    return main.metadata(frame);
  }

  /**
   * Everything in the file as text.
   *
   * @return a line for each group, dataset and attribute
   */
  public String tree() {
    return file.tree();
  }

  @Override
  public void close() {
    file.close();
  }
}
