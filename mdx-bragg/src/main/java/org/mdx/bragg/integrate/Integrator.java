package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.bragg.internal.camera.UntoldNoise;
import org.mdx.bragg.internal.intensity.FaintBackgrounds;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.mask.HotPixelFinder;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * Integrates the predicted reflections of a sweep in one pass over its images. Sources: Kabsch
 * (2010) Acta Cryst. D 66, 133; Parkhurst et al. (2016) J. Appl. Cryst. 49, 1912; Leslie (2006)
 * Acta Cryst. D 62, 48.
 */
public final class Integrator {
  /** Below this number of spots profiles are hardly more than normal distributions. */
  private static final int FEW_REFERENCES = 25;

  private static final int FEW_WIDTHS = 10;

  private final ImageSeries images;
  private final IntegrateOptions options;
  private final Parallel parallel;
  private final Progress progress;

  private final List<String> notes = new ArrayList<>();

  private Integrator(
      ImageSeries images, IntegrateOptions options, Parallel parallel, Progress progress) {
    this.images = withoutHot(UntoldNoise.found(images, parallel, notes), parallel);
    this.options = options;
    this.parallel = parallel;
    this.progress = progress;
  }

  /** Leaves out pixels that count in every frame: boxes of few slices do not tell them. */
  private ImageSeries withoutHot(ImageSeries all, Parallel threads) {
    List<PixelMask> hot = HotPixelFinder.find(all, threads);
    long pixels = hot.stream().mapToLong(PixelMask::count).sum();
    if (pixels == 0) {
      return all;
    }
    notes.add(
        pixels
            + " pixels that no mask leaves out count without photons, as much on all images; they"
            + " are left out");
    return all.masked(hot);
  }

  /**
   * Integrates a sweep.
   *
   * @param images frames with the refined geometry
   * @param strong indexed spots with {@code miller_index}, {@code panel}, {@code xyzobs.px.value}
   *     and, unless the options have widths, {@code shoebox}
   * @param options how
   * @param parallel threads; the result is the same for any number
   * @param progress is told of each frame
   * @return the intensities
   * @throws IllegalArgumentException if there is no crystal, a column is missing, or less than a
   *     quarter of the indexed spots lies where the geometry predicts them
   * @throws EmptyResultException if no spot is predicted or nothing could be integrated
   */
  public static Integrated integrate(
      ImageSeries images,
      Reflections strong,
      IntegrateOptions options,
      Parallel parallel,
      Progress progress) {
    return integrate(images, List.of(), strong, options, parallel, progress);
  }

  /**
   * Integrates one lattice of a sweep that shows several.
   *
   * @param images frames with the refined geometry of the lattice
   * @param others geometries of the other lattices in the same frames, whose reflections are kept
   *     out of the background and fitted together with those that they meet
   * @param strong indexed spots of the lattice, as above
   * @param options how
   * @param parallel threads; the result is the same for any number
   * @param progress is told of each frame
   * @return the intensities of the one lattice
   * @throws IllegalArgumentException if there is no crystal, a column is missing, or less than a
   *     quarter of the indexed spots lies where the geometry predicts them
   * @throws EmptyResultException if no spot is predicted or nothing could be integrated
   */
  public static Integrated integrate(
      ImageSeries images,
      List<Geometry> others,
      Reflections strong,
      IntegrateOptions options,
      Parallel parallel,
      Progress progress) {
    return new Integrator(images, options, parallel, progress).run(strong, others);
  }

  private Integrated run(Reflections strong, List<Geometry> others) {
    require(strong, ReflectionKeys.MILLER_INDEX);
    require(strong, ReflectionKeys.PANEL);
    require(strong, ReflectionKeys.XYZOBS_PX);
    Geometry geometry = images.geometry();
    double d =
        options.resolution().isPresent()
            ? options.resolution().getAsDouble()
            : Targets.farthest(geometry);
    Reflections predicted = Prediction.of(geometry).predictAll(d, options.margin());
    Targets targets = new Targets(geometry, predicted);
    Target[] matched = targets.match(strong, predicted);
    long found = Arrays.stream(matched).filter(t -> t != null).distinct().count();
    if (found == 0) {
      throw new EmptyResultException(
          "none of "
              + strong.size()
              + " spots lies where one of "
              + predicted.size()
              + " reflections is predicted: index and refine the spots with this geometry first");
    }
    targets.explained(strong, matched, d).ifPresent(notes::add);
    SpotWidths widths =
        options
            .widths()
            .orElseGet(() -> WidthEstimator.estimate(geometry, strong, matched, parallel));
    double width = Math.max(1e-9, Math.abs(geometry.scan().width()));
    List<FrameStretch> recorded =
        BlankStretches.recorded(
            strong,
            images.frames(),
            geometry.scan().firstImage(),
            4 * SpotWidths.N_SIGMA * widths.sigmaM() / width);
    targets.frame(widths, options.minZeta(), recorded, options.slices());
    Arrays.stream(matched).filter(t -> t != null).forEach(t -> t.strong = true);
    List<Target> beside = new ArrayList<>();
    for (Geometry other : others) {
      Targets its = new Targets(other, Prediction.of(other).predictAll(d, options.margin()));
      its.frame(widths, options.minZeta(), recorded, options.slices());
      beside.addAll(List.of(its.all()));
    }
    targets.meetNeighbours(beside, parallel);
    Target[] chosen = Arrays.stream(targets.all()).filter(t -> t.integrate).toArray(Target[]::new);
    noteBlank(recorded, targets.all());
    ProfileBlocks profiles = pass(chosen, widths);
    noteProfiles(widths, profiles.references());
    leaveOutShadow(chosen, predicted);
    Reflections table = new IntegratedTable(geometry, predicted, targets.all()).table();
    return new Integrated(
        geometry.crystal().orElseThrow(),
        withIdentifier(table, strong),
        widths,
        (int) found,
        profiles.references(),
        d,
        notes);
  }

  private ProfileBlocks pass(Target[] chosen, SpotWidths widths) {
    Geometry geometry = images.geometry();
    double width = Math.abs(geometry.scan().width());
    int frames = images.frames();
    int blockFrames =
        width == 0
            ? frames
            : (int) Math.max(1, Math.min(frames, Math.round(options.blockDegrees() / width)));
    ProfileBlocks profiles = new ProfileBlocks(chosen, widths, width, geometry, parallel);
    BoxMeasurer measurer = new BoxMeasurer(images, widths, width, options.planes());
    MemoryPlan plan =
        new MemoryPlan(
            chosen,
            frames,
            blockFrames,
            4L * geometry.detector().pixels(),
            options.memory(),
            parallel);
    ImagePass pass = new ImagePass(images, blockFrames, plan.batch(), measurer, parallel, progress);
    if (plan.isSinglePass()) {
      List<List<Target>> blocks = new ArrayList<>();
      pass.run(
          chosen,
          block -> {
            profiles.add(block);
            blocks.add(block);
            fit(profiles, blocks, blocks.size() - 2);
          });
      fit(profiles, blocks, blocks.size() - 1);
      return profiles;
    }
    banded(pass, plan, chosen, profiles);
    return profiles;
  }

  /** The strong spots make the profiles first; then the images are read for each band. */
  private void banded(ImagePass pass, MemoryPlan plan, Target[] chosen, ProfileBlocks profiles) {
    Target[] references = plan.references();
    long candidates = Arrays.stream(chosen).filter(ProfileBlocks::isCandidate).count();
    if (references.length < candidates) {
      notes.add(
          "profiles are made from "
              + references.length
              + " of "
              + candidates
              + " strong spots: the others found no room in memory");
    }
    pass.run(
        references,
        block -> {
          profiles.add(block);
          block.forEach(Target::release);
        });
    for (Target t : chosen) {
      t.reset();
    }
    List<Target[]> bands = plan.bands();
    for (Target[] band : bands) {
      int[] number = new int[1];
      pass.run(band, block -> profiles.fit(number[0]++, block));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "%d reflections need %.0f MB in flight, allowed are %.0f MB: the images were read %d"
                + " times, for the profiles and for each band of the detector",
            chosen.length,
            plan.most(chosen, 1) / 1e6,
            options.memory() / 1e6,
            bands.size() + 1));
  }

  private static void fit(ProfileBlocks profiles, List<List<Target>> blocks, int b) {
    if (b >= 0) {
      profiles.fit(b, blocks.set(b, List.of()));
    }
  }

  private void noteBlank(List<FrameStretch> recorded, Target[] all) {
    int first = images.geometry().scan().firstImage();
    int next = 0;
    List<String> blank = new ArrayList<>();
    List<FrameStretch> stretches = new ArrayList<>(recorded);
    stretches.add(new FrameStretch(images.frames(), images.frames() + 1));
    for (FrameStretch s : stretches) {
      if (s.from() > next) {
        blank.add((first + next) + " to " + (first + s.from() - 1));
      }
      next = s.to();
    }
    if (!blank.isEmpty()) {
      long hidden = Arrays.stream(all).filter(t -> t.blank).count();
      notes.add(
          "no spot on the images "
              + String.join(", ", blank)
              + ": they are taken for blank; "
              + hidden
              + " reflections that lie there are not integrated, others by the parts on other"
              + " images");
    }
  }

  /** Leaves out what lies behind a beamstop's arm: it would be taken for weak. */
  private void leaveOutShadow(Target[] chosen, Reflections predicted) {
    Target[] known =
        Arrays.stream(chosen)
            .filter(t -> isIntegrated(t.measured.flags) && t.measured.backgroundUsed > 0)
            .toArray(Target[]::new);
    int[] shadowed =
        FaintBackgrounds.find(
            Arrays.stream(known)
                .mapToDouble(t -> -t.frame.s1().dot(images.geometry().beam().s0(t.z)))
                .toArray(),
            Arrays.stream(known).mapToDouble(t -> t.measured.backgroundMean).toArray(),
            Arrays.stream(known)
                .mapToDouble(t -> Math.sqrt(t.measured.backgroundVariance) / t.perSlice)
                .toArray(),
            Arrays.stream(known).mapToDouble(t -> t.z).toArray());
    for (int i : shadowed) {
      known[i].measured.leaveOut();
    }
    DoubleSummaryStatistics d =
        Arrays.stream(chosen)
            .filter(t -> t.measured.dark)
            .mapToDouble(t -> predicted.value(ReflectionKeys.D, t.row, 0))
            .summaryStatistics();
    if (d.getCount() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d of %d reflections, of %.2f to %.2f Å, lie in a shadow that no mask leaves out, such"
                  + " as that of a beamstop's arm, and are not integrated; their neighbours may lie"
                  + " at its edge: 'mdx generate-mask --shadow' makes a mask",
              d.getCount(),
              chosen.length,
              d.getMax(),
              d.getMin()));
    }
  }

  private void noteProfiles(SpotWidths widths, int references) {
    if (widths.spots() > 0 && widths.spots() < FEW_WIDTHS) {
      notes.add(
          "only "
              + widths.spots()
              + " spots tell their widths: compare sigma_b and sigma_m with those of other sweeps of"
              + " the crystal, and give them if they differ");
    }
    if (references < FEW_REFERENCES) {
      notes.add(
          references
              + " spots are strong and full, few for profiles: they are normal distributions of"
              + " sigma_b and sigma_m where these spots do not tell otherwise");
    }
  }

  private static void require(Reflections strong, ReflectionKey<?> key) {
    if (!strong.has(key)) {
      throw new IllegalArgumentException(
          "the spots have no column " + key.name() + ": indexed and refined spots are needed");
    }
  }

  private static Reflections withIdentifier(Reflections table, Reflections strong) {
    return strong.identifiers().containsKey(0)
        ? table.withIdentifiers(Map.of(0, strong.identifiers().get(0)))
        : table;
  }

  /** Whether a reflection was integrated in one way or the other. */
  static boolean isIntegrated(long flags) {
    return ReflectionFlag.INTEGRATED.isSet(flags);
  }
}
