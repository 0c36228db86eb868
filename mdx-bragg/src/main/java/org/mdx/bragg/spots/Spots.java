package org.mdx.bragg.spots;

import java.util.List;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** The spots of a sweep. Immutable. */
public final class Spots {
  private final Reflections reflections;
  private final List<FrameSpots> frames;
  private final SpotCounts counts;
  private final List<String> notes;

  Spots(Reflections reflections, List<FrameSpots> frames, SpotCounts counts, List<String> notes) {
    this.reflections = reflections;
    this.frames = List.copyOf(frames);
    this.counts = counts;
    this.notes = List.copyOf(notes);
  }

  /**
   * The spots, in the order in which they appear, with the columns {@code bbox}, {@code flags},
   * {@code id} (0), {@code panel}, {@code n_signal}, {@code xyzobs.px.value} and {@code .variance},
   * {@code intensity.sum.value} and {@code .variance}, and {@code shoebox} if they were kept. As in
   * DIALS, z counts frames from the image with the number 1: the middle of image n is at n − ½.
   *
   * @return the value
   */
  public Reflections reflections() {
    return reflections;
  }

  /**
   * What each image shows.
   *
   * @return one entry for each image, in order
   */
  public List<FrameSpots> frames() {
    return frames;
  }

  /**
   * What became of the strong pixels.
   *
   * @return the value
   */
  public SpotCounts counts() {
    return counts;
  }

  /**
   * What a user should know.
   *
   * @return sentences, often none
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * The spots and images of a stretch of the scan. What became of the strong pixels is told of the
   * whole.
   *
   * @param from first of its images, from 0
   * @param to the one after the last
   * @return a new value
   */
  public Spots part(int from, int to) {
    int first = frames.get(0).image() - 1;
    double[] px = reflections.get(ReflectionKeys.XYZOBS_PX);
    Reflections own =
        reflections.where(
            i -> {
              int f = (int) Math.floor(px[3 * i + 2]) - first;
              return Math.max(0, Math.min(frames.size() - 1, f)) >= from
                  && Math.max(0, Math.min(frames.size() - 1, f)) < to;
            });
    return new Spots(own, frames.subList(from, to), counts, notes);
  }

  /** Numbers of spots, images and blank images. */
  @Override
  public String toString() {
    long blank = frames.stream().filter(FrameSpots::blank).count();
    return "Spots["
        + reflections.size()
        + (reflections.size() == 1 ? " spot on " : " spots on ")
        + frames.size()
        + (frames.size() == 1 ? " image" : " images")
        + (blank == 0 ? "" : ", " + blank + " of them blank")
        + "; "
        + counts
        + "]";
  }
}
