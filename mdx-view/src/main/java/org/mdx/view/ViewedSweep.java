package org.mdx.view;

import java.util.Objects;
import java.util.Optional;
import org.mdx.image.ImageSeries;
import org.mdx.peaks.BraggMask;
import org.mdx.reflection.Reflections;

/**
 * A sweep to view.
 *
 * @param name shown for it
 * @param images its frames
 * @param mask Bragg mask of its model, evaluated for what is shown; or empty
 * @param reflections found or integrated in it, with {@code xyzobs.px.value}; or empty
 * @param files where its models were read from; those of the frames are watched by themselves
 */
public record ViewedSweep(
    String name,
    ImageSeries images,
    Optional<BraggMask> mask,
    Optional<Reflections> reflections,
    WatchedFiles files) {

  public ViewedSweep {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(images, "images");
  }

  /**
   * A sweep that a program has made.
   *
   * @param name shown for it
   * @param images its frames
   * @return the sweep
   */
  public static ViewedSweep of(String name, ImageSeries images) {
    return new ViewedSweep(name, images, Optional.empty(), Optional.empty(), WatchedFiles.NONE);
  }

  /**
   * The same sweep with a Bragg mask.
   *
   * @param other the mask
   * @return a new value
   */
  public ViewedSweep withMask(BraggMask other) {
    return new ViewedSweep(name, images, Optional.of(other), reflections, files);
  }

  /**
   * The same sweep with reflections.
   *
   * @param other with {@code xyzobs.px.value}
   * @return a new value
   */
  public ViewedSweep withReflections(Reflections other) {
    return new ViewedSweep(name, images, mask, Optional.of(other), files);
  }
}
