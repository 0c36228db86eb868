package org.mdx.io.sweep;

import java.nio.file.Path;
import java.util.List;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.image.ImageHeader;

/**
 * A sweep that was found, or stills that belong together.
 *
 * @param images path with {@code #} for the digits of the number, or the file that has all images
 * @param frames number of images
 * @param begins why it is not one with the images before it; empty if it is the first of its series
 * @param header of its first file
 * @param experiments one for a sweep, one for each image of stills
 * @param stills whether the sample stood still
 * @param findings what is known of it and from where
 * @param notes what a user should know
 */
public record ImportedSweep(
    Path images,
    int frames,
    String begins,
    ImageHeader header,
    List<DialsExperiment> experiments,
    boolean stills,
    List<SourcedValue> findings,
    List<String> notes) {

  public ImportedSweep {
    experiments = List.copyOf(experiments);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * What should be known before the images are used: the notes but for that on readers of DIALS.
   *
   * @return notes
   */
  public List<String> geometryNotes() {
    String reader = DialsReaders.missing(header.format());
    return notes.stream().filter(n -> !n.equals(reader)).toList();
  }

  @Override
  public String toString() {
    return "ImportedSweep["
        + frames
        + (stills ? " stills of " : frames == 1 ? " image of " : " images of ")
        + images
        + ", "
        + header
        + (notes.isEmpty() ? "" : ", " + notes)
        + "]";
  }
}
