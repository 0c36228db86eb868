package org.mdx.io.dials;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.mdx.geometry.Geometry;

/**
 * One row of an experiment list.
 *
 * @param identifier unique name; may be empty
 * @param geometry its models; without crystal before indexing
 * @param template path of the images with {@code #} for the digits of the number, or the one file
 *     that holds them all, or null if the experiment has no images
 * @param mask path of the pixel mask, or null
 * @param fileIndices numbers, from 0, of the images in a file that holds more of them, that is, one
 *     less than those of the scan; empty for files of their own
 * @param notes what was taken for something that the list does not tell
 */
public record DialsExperiment(
    String identifier,
    Geometry geometry,
    Path template,
    Path mask,
    List<Integer> fileIndices,
    List<String> notes) {

  public DialsExperiment {
    fileIndices = List.copyOf(fileIndices);
    notes = List.copyOf(notes);
  }

  /**
   * A row of which all is as it was written.
   *
   * @param identifier unique name; may be empty
   * @param geometry its models
   * @param template path of the images, or null
   * @param mask path of the pixel mask, or null
   * @param fileIndices numbers, from 0, of the images in a file that holds more of them
   */
  public DialsExperiment(
      String identifier, Geometry geometry, Path template, Path mask, List<Integer> fileIndices) {
    this(identifier, geometry, template, mask, fileIndices, List.of());
  }

  /**
   * A row whose images are numbered as its scan numbers them.
   *
   * @param identifier unique name; may be empty
   * @param geometry its models
   * @param template path of the images, or null
   * @param mask path of the pixel mask, or null
   */
  public DialsExperiment(String identifier, Geometry geometry, Path template, Path mask) {
    this(identifier, geometry, template, mask, List.of());
  }

  /**
   * The same row with other models.
   *
   * @param other its models
   * @return a new row
   */
  public DialsExperiment withGeometry(Geometry other) {
    return new DialsExperiment(identifier, other, template, mask, fileIndices, notes);
  }

  /**
   * The images of a stretch of this row's scan.
   *
   * @param other its models, with a scan that is a part of this one's
   * @return a new row
   */
  public DialsExperiment ofScan(Geometry other) {
    int from = other.scan().firstImage() - geometry.scan().firstImage();
    int to = from + other.scan().frames();
    boolean all = fileIndices.isEmpty() || from == 0 && to == fileIndices.size();
    return new DialsExperiment(
        identifier,
        other,
        template,
        mask,
        all ? fileIndices : fileIndices.subList(from, to),
        notes);
  }

  /**
   * The same row under another name.
   *
   * @param other unique name
   * @return a new row
   */
  public DialsExperiment withIdentifier(String other) {
    return new DialsExperiment(other, geometry, template, mask, fileIndices, notes);
  }

  /**
   * The identifier of one of several lattices of this sweep.
   *
   * @param number of the sweep
   * @param lattice from 0
   * @return that of the sweep for the first one, made from it for each other
   */
  public String latticeIdentifier(int number, int lattice) {
    if (lattice == 0 && !identifier.isEmpty()) {
      return identifier;
    }
    String name = identifier + "/" + number + "/" + lattice;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public String toString() {
    return "DialsExperiment["
        + (identifier.isEmpty() ? "" : identifier + ", ")
        + geometry
        + (template == null ? ", no images" : ", " + template)
        + (mask == null ? "" : ", mask " + mask)
        + (notes.isEmpty() ? "" : ", " + notes)
        + "]";
  }
}
