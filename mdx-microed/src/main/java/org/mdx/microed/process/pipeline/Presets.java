package org.mdx.microed.process.pipeline;

import java.util.List;

/**
 * Trials that suit most crystals. Values of the instrument (mask, pedestal, distance, …) have no
 * defaults; the program's are used where none is set.
 */
public final class Presets {
  private Presets() {}

  /**
   * A trial without prior knowledge: spots, indexing in P1 (by three-dimensional Fourier transform,
   * then by one-dimensional ones), refinement of a static and of a scan-varying model, integration,
   * a check of the indexing, scaling, removal of blank frames, symmetry, scaling without them.
   *
   * @return the trial {@code P1}
   */
  public static Pipeline p1() {
    return new Pipeline(
        "P1",
        List.of(
            importing()
                .arguments(
                    List.of(
                        "{images}",
                        "mask={mask}",
                        "panel.pedestal={pedestal}",
                        "panel.gain={gain}",
                        "panel.trusted_range={trusted_range}",
                        "panel.pixel_size={pixel_size}",
                        "distance={distance}",
                        "fast_slow_beam_centre={beam_centre}",
                        "goniometer.axis={axis}",
                        "geometry.scan.oscillation={oscillation}",
                        "geometry.beam.wavelength={wavelength}",
                        "geometry.beam.probe={probe}",
                        "image_range={image_range}")),
            spots(),
            index("hkl_tolerance={hkl_tolerance}"),
            refineStatic(),
            refine(),
            integrate(),
            check(),
            scale("scale")
                .inputs("integrated.expt", "integrated.refl")
                .arguments(
                    List.of(
                        "integrated.expt",
                        "integrated.refl",
                        "d_min={first_d_min}",
                        "json=scaled.json"))
                .onFailure(OnFailure.CONTINUE),
            blanks(),
            symmetry(),
            scaleNotBlank()),
        java.util.Map.of(
            "max_separation",
            "4",
            "d_min",
            "0.7",
            "first_d_min",
            "0.8",
            "check_d_min",
            "1.2",
            "scale_d_min",
            "0.7",
            "min_spots",
            "25"));
  }

  /**
   * A trial with a known cell and lattice, from the values {@code space_group} and {@code
   * unit_cell}: images and spots of trial {@code P1}, the rest as there.
   *
   * @return the trial {@code mP}
   */
  public static Pipeline mp() {
    Pipeline p1 = p1();
    return new Pipeline(
            "mP",
            p1.steps().stream().filter(s -> !s.name().equals("find-spots")).toList(),
            p1.defaults())
        .with("import", s -> PipelineStep.reuse("import", "P1", "imported.expt", "strong.refl"))
        .with(
            "index",
            s ->
                index(
                    "hkl_tolerance={hkl_tolerance}",
                    "space_group={space_group!}",
                    "unit_cell={unit_cell!}"));
  }

  /**
   * A trial for small wedges of many crystals: as {@link #p1}, with a tight tolerance in indexing,
   * without scaling before blank frames are removed, in fewer shells.
   *
   * @return the trial {@code wedge}
   */
  public static Pipeline wedge() {
    return p1().named("wedge")
        .without("scale")
        .withDefault("hkl_tolerance", "0.15")
        .withDefault("d_min", "0.84")
        .withDefault("scale_d_min", "0.85")
        .withDefault("nbins", "15");
  }

  /** What other programs take, of the intensities without blank frames. */
  static PipelineStep export() {
    return PipelineStep.of("export", "mdx.export", "not_blank/scaled.expt", "not_blank/scaled.refl")
        .inputs("not_blank/scaled.expt", "not_blank/scaled.refl")
        .products("merged.mtz", "scaled.mtz", "scaled.hkl")
        .folder("not_blank")
        .onFailure(OnFailure.CONTINUE);
  }

  private static PipelineStep importing() {
    return PipelineStep.of("import", "dials.import").products("imported.expt");
  }

  private static PipelineStep spots() {
    return PipelineStep.of(
            "find-spots",
            "dials.find_spots",
            "imported.expt",
            "gain={spot_gain}",
            "max_separation={max_separation}",
            "nproc={nproc}")
        .inputs("imported.expt")
        .products("strong.refl")
        .onFailure(OnFailure.STOP);
  }

  private static PipelineStep index(String... more) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of("imported.expt", "strong.refl", "detector.fix=distance", "nproc={nproc}"));
    words.addAll(List.of(more));
    return PipelineStep.of("index", "dials.index", words.toArray(String[]::new))
        .inputs("imported.expt", "strong.refl")
        .fallback("indexing.method=fft1d")
        .products("indexed.expt", "indexed.refl")
        .onFailure(OnFailure.STOP);
  }

  private static PipelineStep refineStatic() {
    return PipelineStep.of(
            "refine-static",
            "dials.refine",
            "indexed.expt",
            "indexed.refl",
            "scan_varying=False",
            "detector.fix=distance",
            "output.experiments=refined_static.expt",
            "output.reflections=refined_static.refl",
            "output.log=dials.refine_static.log")
        .inputs("indexed.expt", "indexed.refl")
        .products("refined_static.expt", "refined_static.refl")
        .onFailure(OnFailure.STOP);
  }

  private static PipelineStep refine() {
    return PipelineStep.of(
            "refine",
            "dials.refine",
            "refined_static.expt",
            "refined_static.refl",
            "scan_varying=True",
            "detector.fix=distance")
        .inputs("refined_static.expt", "refined_static.refl")
        .products("refined.expt", "refined.refl")
        .onFailure(OnFailure.STOP);
  }

  private static PipelineStep integrate() {
    return PipelineStep.of(
            "integrate",
            "dials.integrate",
            "refined.expt",
            "refined.refl",
            "prediction.d_min={d_min}",
            "nproc={nproc}",
            "profile.gaussian_rs.min_spots.overall={min_spots}")
        .inputs("refined.expt", "refined.refl")
        .products("integrated.expt", "integrated.refl")
        .onFailure(OnFailure.STOP);
  }

  private static PipelineStep check() {
    return PipelineStep.of(
            "check-symmetry",
            "dials.check_indexing_symmetry",
            "integrated.expt",
            "integrated.refl",
            "d_min={check_d_min}",
            "d_max=6",
            "grid=2")
        .inputs("integrated.expt", "integrated.refl")
        .onFailure(OnFailure.CONTINUE);
  }

  private static PipelineStep scale(String name) {
    return PipelineStep.of(name, "dials.scale").products("scaled.expt", "scaled.refl");
  }

  private static PipelineStep blanks() {
    return PipelineStep.of(
            "filter-blanks", "mdx.filter-blanks", "integrated.expt", "integrated.refl")
        .inputs("integrated.expt", "integrated.refl")
        .products("not_blank.expt", "not_blank.refl")
        .onFailure(OnFailure.STOP);
  }

  private static PipelineStep symmetry() {
    return PipelineStep.of("symmetry", "dials.symmetry", "integrated.expt", "integrated.refl")
        .inputs("integrated.expt", "integrated.refl")
        .products("symmetrized.expt", "symmetrized.refl")
        .onFailure(OnFailure.CONTINUE);
  }

  private static PipelineStep scaleNotBlank() {
    return scale("scale-not-blank")
        .arguments(
            List.of(
                "not_blank.expt",
                "not_blank.refl",
                "d_min={scale_d_min}",
                "nbins={nbins}",
                "json=scaled.json"))
        .inputs("not_blank.expt", "not_blank.refl")
        .folder("not_blank")
        .onFailure(OnFailure.STOP);
  }
}
