package org.mdx.bragg.index;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.bragg.internal.lattice.CellCheck;
import org.mdx.bragg.internal.lattice.Misorientation;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.math.Uncertain;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Lattices found and the reflections with their indices.
 *
 * @param lattices at least one, the first found first
 * @param reflections all spots of all sweeps, one sweep after the other in their order. {@code id}
 *     is lattice × number of sweeps + sweep, or −1 where a spot has no index; {@code imageset_id}
 *     the sweep. Further columns: {@code miller_index}, {@code rlp}, {@code s1}, {@code entering},
 *     {@code xyzobs.mm}, {@code xyzcal.px}, {@code xyzcal.mm}, {@code flags}
 * @param log what was tried and found, a line each
 * @param moved how far the geometry is from that of the header, a line for each difference that
 *     hardly is one of adjustment
 */
public record Indexed(
    List<Lattice> lattices, Reflections reflections, List<String> log, List<String> moved) {
  /** Spots without an index that may be those of another lattice. */
  private static final int MANY = 100;

  /** Least share of all spots that they are. */
  private static final double LARGE = 0.15;

  /** Spots of a sweep that tell what share of it is indexed. */
  private static final int ENOUGH = 30;

  /** Relative uncertainty of an edge that people should know of. */
  private static final double BLUNT = 0.01;

  /** Share of a sweep's spots over that of the best one below which it is of another crystal. */
  private static final double STRANGE = 0.4;

  public Indexed {
    lattices = List.copyOf(lattices);
    log = List.copyOf(log);
    moved = List.copyOf(moved);
  }

  Indexed(List<Lattice> lattices, Reflections reflections, List<String> log) {
    this(lattices, reflections, log, List.of());
  }

  Indexed withMoved(List<String> lines) {
    return new Indexed(lattices, reflections, log, lines);
  }

  /**
   * One lattice.
   *
   * @param crystal cell, orientation and space group; with the covariance of B and so the
   *     uncertainties of the cell, if a last fit of all parameters was made and kept. They hold for
   *     the parameters that the fit did not keep as they were: of electrons and of narrow scans the
   *     distance, say
   * @param geometries geometry of each sweep with this crystal
   * @param indexed number of spots that have an index of this lattice
   * @param rmsdX root mean square residual along fast, px; NaN, as the next two, if no spot could
   *     be predicted, as in a still, which does not turn
   * @param rmsdY along slow, px
   * @param rmsdFrames along the rotation, frames
   * @param logOdds logarithm of the likelihood over that of spots which lie anywhere
   */
  public record Lattice(
      Crystal crystal,
      List<Geometry> geometries,
      int indexed,
      double rmsdX,
      double rmsdY,
      double rmsdFrames,
      double logOdds) {
    public Lattice {
      geometries = List.copyOf(geometries);
    }

    /** The cell with its uncertainties, where they are known. */
    private String cell() {
      UnitCell c = crystal.cell();
      Optional<List<Double>> sigmas = crystal.cellSigmas();
      if (sigmas.isEmpty()) {
        return c.toString();
      }
      List<Double> s = sigmas.get();
      return String.format(
          "%s %s %s Å %s %s %s°",
          Uncertain.text(c.a(), s.get(0)),
          Uncertain.text(c.b(), s.get(1)),
          Uncertain.text(c.c(), s.get(2)),
          Uncertain.text(c.alpha(), s.get(3)),
          Uncertain.text(c.beta(), s.get(4)),
          Uncertain.text(c.gamma(), s.get(5)));
    }

    @Override
    public String toString() {
      String lattice = String.format("%s %s, %d spots, ", cell(), crystal.spaceGroup(), indexed);
      return lattice
          + (Double.isNaN(rmsdX)
              ? "no residuals: a still predicts no spot"
              : String.format(
                  Locale.ROOT, "rmsd %.2f %.2f px %.2f frames", rmsdX, rmsdY, rmsdFrames));
    }
  }

  /**
   * Number of spots.
   *
   * @return all of them
   */
  public int spots() {
    return reflections.size();
  }

  /**
   * Number of spots with an index.
   *
   * @return of any lattice
   */
  public int indexed() {
    return lattices.stream().mapToInt(Lattice::indexed).sum();
  }

  /**
   * What to think of if many spots have no index, apart from those of images on which the lattice
   * is another one.
   *
   * @return a sentence, if they are 100 or more and 15 % of all
   */
  public Optional<String> remainder() {
    int without =
        spots() - indexed() - strangeImages().stream().mapToInt(StrangeImages.Stretch::spots).sum();
    if (without < MANY || without < LARGE * spots()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d spots have no index. Another crystal or a twin may have made them: look for %d"
                + " lattices (--max-lattices). Ice and split spots leave such spots, too",
            without,
            lattices.size() + 1));
  }

  private List<StrangeImages.Stretch> strangeImages() {
    return reflections.has(ReflectionKeys.IMAGESET_ID)
        ? StrangeImages.of(reflections, scans())
        : List.of();
  }

  /** The whole scan of each sweep: lattices may have stretches of it. */
  private List<Scan> scans() {
    List<Scan> scans = new ArrayList<>();
    for (int s = 0; s < lattices.get(0).geometries().size(); s++) {
      Scan first = lattices.get(0).geometries().get(s).scan();
      int from = first.firstImage();
      int to = from + first.frames();
      for (Lattice l : lattices) {
        Scan own = l.geometries().get(s).scan();
        from = Math.min(from, own.firstImage());
        to = Math.max(to, own.firstImage() + own.frames());
      }
      scans.add(
          Scan.ofUnknownExposure(
              from, first.phiAt(from - first.firstImage()), first.width(), to - from));
    }
    return scans;
  }

  /**
   * Whether the crystal slipped: lattices have stretches of the scan, each its own.
   *
   * @return true if so
   */
  public boolean slipped() {
    return lattices.stream()
        .anyMatch(l -> l.geometries().get(0).scan().frames() != scans().get(0).frames());
  }

  /**
   * Where the crystal slipped, and by how much.
   *
   * @return a line for each lattice but the first; none if it did not
   */
  public List<String> slips() {
    List<String> out = new ArrayList<>();
    for (int l = 1; l < lattices.size() && slipped(); l++) {
      Scan own = lattices.get(l).geometries().get(0).scan();
      out.add(
          String.format(
              Locale.ROOT,
              "the crystal slipped: on the images %d to %d it is turned by %.2f°. They are lattice"
                  + " %d, with a scan of its own",
              own.firstImage(),
              own.firstImage() + own.frames() - 1,
              Misorientation.degrees(lattices.get(0).crystal().a(), lattices.get(l).crystal().a()),
              l + 1));
    }
    return out;
  }

  /**
   * What people should know.
   *
   * @return {@link #remainder}, {@link #moved}, images of which the lattice is another one, to what
   *     orientations the crystal slipped, which lattices have a cell that is larger than their
   *     spots ask for or an edge with an uncertainty above 1 %, and which sweeps are hardly indexed
   *     where others are
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    remainder().ifPresent(notes::add);
    boolean several = lattices.get(0).geometries().size() > 1;
    strangeImages().forEach(s -> notes.add(s.text(several)));
    notes.addAll(slips());
    notes.addAll(moved);
    for (int l = 0; l < lattices.size(); l++) {
      largeCell(l).ifPresent(notes::add);
      bluntCell(l).ifPresent(notes::add);
    }
    if (reflections.has(ReflectionKeys.IMAGESET_ID)) {
      addStrangers(notes);
    }
    return notes;
  }

  /** A cell that was given may be a multiple of the true one, or its centring unknown. */
  private Optional<String> largeCell(int lattice) {
    int sweeps = lattices.get(lattice).geometries().size();
    int[] id = reflections.get(ReflectionKeys.ID);
    int[] all = reflections.get(ReflectionKeys.MILLER_INDEX);
    IntArrayList own = new IntArrayList();
    for (int i = 0; i < id.length; i++) {
      if (id[i] >= 0 && id[i] / sweeps == lattice) {
        own.addElements(own.size(), all, 3 * i, 3);
      }
    }
    SpaceGroup group = lattices.get(lattice).crystal().spaceGroup();
    return CellCheck.condition(own.toIntArray(), group)
        .map(
            c ->
                c
                    + " in lattice "
                    + (lattice + 1)
                    + ", and "
                    + group
                    + " does not ask for it: the lattice is centred or its cell smaller; index"
                    + " without the cell or the space group to see it");
  }

  /** Spots of a narrow scan may leave an edge nearly free. */
  private Optional<String> bluntCell(int lattice) {
    Crystal crystal = lattices.get(lattice).crystal();
    UnitCell c = crystal.cell();
    double[] edges = {c.a(), c.b(), c.c()};
    List<String> blunt = new ArrayList<>();
    for (int k = 0; k < 3 && crystal.cellSigmas().isPresent(); k++) {
      double sigma = crystal.cellSigmas().get().get(k);
      if (sigma > BLUNT * edges[k]) {
        blunt.add("abc".charAt(k) + " = " + Uncertain.text(edges[k], sigma) + " Å");
      }
    }
    return blunt.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                "lattice %d: %s, which is uncertain by more than 1 %%: a wider scan, other sweeps of"
                    + " the crystal (--joint) or its known cell (--unit-cell) make it sharper",
                lattice + 1, String.join(", ", blunt)));
  }

  private void addStrangers(List<String> notes) {
    int sweeps = lattices.get(0).geometries().size();
    int[] spots = new int[sweeps];
    double[] share = new double[sweeps];
    int[] sweep = reflections.get(ReflectionKeys.IMAGESET_ID);
    int[] id = reflections.get(ReflectionKeys.ID);
    for (int i = 0; i < sweep.length; i++) {
      spots[sweep[i]]++;
      share[sweep[i]] += id[i] < 0 ? 0 : 1;
    }
    for (int s = 0; s < sweeps; s++) {
      share[s] /= Math.max(1, spots[s]);
    }
    double best = Arrays.stream(share).max().orElse(0);
    for (int s = 0; s < sweeps; s++) {
      if (spots[s] >= ENOUGH && share[s] < STRANGE * best) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%.0f %% of the %d spots of sweep %d have an index, %.0f %% of another's: its crystal"
                    + " or its goniometer is not the same; index it apart",
                100 * share[s],
                spots[s],
                s,
                100 * best));
      }
    }
  }

  /** Number of spots, part that is indexed, and the lattices. */
  @Override
  public String toString() {
    StringBuilder b = new StringBuilder();
    b.append(
        String.format(
            Locale.ROOT,
            "%d of %d spots indexed (%.0f %%)",
            indexed(),
            spots(),
            100.0 * indexed() / Math.max(1, spots())));
    lattices.forEach(l -> b.append("; ").append(l));
    return b.toString();
  }
}
