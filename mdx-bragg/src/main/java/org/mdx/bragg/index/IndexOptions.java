package org.mdx.bragg.index;

import java.util.Optional;
import java.util.function.Consumer;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/**
 * How spots are indexed. Made from {@link #defaults()}, changed by methods that return a new value.
 */
public final class IndexOptions {
  private static final IndexOptions DEFAULTS = new IndexOptions();

  /** When the beam centre, and then the distance, is searched. */
  public enum BeamSearch {
    /** If few of the spots can be indexed, or they miss their places. */
    WHEN_POOR,
    /** Not at all. */
    NEVER
  }

  private UnitCell cell;
  private SpaceGroup group;
  private double maxCell;
  private double tolerance;
  private int maxLattices = 1;
  private BeamSearch beamSearch = BeamSearch.WHEN_POOR;
  private double beamRange;
  private double dMin;
  private Boolean fixDistance;
  private boolean turnsDetector = true;
  private boolean freeSettings;
  private boolean slips = true;

  private IndexOptions() {}

  /** A copy with one change, made before anybody else sees it. */
  private IndexOptions with(Consumer<IndexOptions> change) {
    IndexOptions copy = new IndexOptions();
    copy.cell = cell;
    copy.group = group;
    copy.maxCell = maxCell;
    copy.tolerance = tolerance;
    copy.maxLattices = maxLattices;
    copy.beamSearch = beamSearch;
    copy.beamRange = beamRange;
    copy.dMin = dMin;
    copy.fixDistance = fixDistance;
    copy.turnsDetector = turnsDetector;
    copy.freeSettings = freeSettings;
    copy.slips = slips;
    change.accept(copy);
    return copy;
  }

  /** With detectors that are shifted alone: turning one about the beam hides a wrong axis. */
  IndexOptions withoutTurns() {
    return with(o -> o.turnsDetector = false);
  }

  /** Whether the fit at the end may turn the detector. */
  boolean turnsDetector() {
    return turnsDetector;
  }

  /**
   * Nothing known, one lattice, the longest cell from the spots, beam centre searched when indexing
   * is poor.
   *
   * @return the defaults
   */
  public static IndexOptions defaults() {
    return DEFAULTS;
  }

  /**
   * With a known cell.
   *
   * @param known the cell in the setting of the space group, within 10 % and 5°
   * @return new options
   */
  public IndexOptions unitCell(UnitCell known) {
    return with(o -> o.cell = known);
  }

  /**
   * With a known space group.
   *
   * @param known the group; its lattice and Laue class constrain the cell
   * @return new options
   */
  public IndexOptions spaceGroup(SpaceGroup known) {
    return with(o -> o.group = known);
  }

  /**
   * With a known space group.
   *
   * @param name as for {@link SpaceGroup#parse}
   * @return new options
   * @throws IllegalArgumentException if there is no such group
   */
  public IndexOptions spaceGroup(String name) {
    return spaceGroup(SpaceGroup.parse(name));
  }

  /**
   * With a longest cell edge.
   *
   * @param angstrom Å, above 3; 0 to estimate it from the spots
   * @return new options
   * @throws IllegalArgumentException if it is neither
   */
  public IndexOptions maxCell(double angstrom) {
    if (!(angstrom == 0 || angstrom > 3 && angstrom <= 5000)) {
      throw new IllegalArgumentException(
          "longest cell edge of " + angstrom + " Å, must be above 3 and at most 5000, or 0");
    }
    return with(o -> o.maxCell = angstrom);
  }

  /**
   * With a tolerance of the indices.
   *
   * @param distance largest distance of A⁻¹r from an index, above 0 and below 0.5; 0 for 0.3 with
   *     X-rays, and with electrons a quarter of the way to the next lattice point in errors
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public IndexOptions tolerance(double distance) {
    if (!(distance >= 0 && distance < 0.5)) {
      throw new IllegalArgumentException(
          "tolerance of " + distance + " of the indices, must be 0 to 0.5");
    }
    return with(o -> o.tolerance = distance);
  }

  /**
   * With or without crystals that slip.
   *
   * @param followed whether images of one sweep whose spots are not of the one lattice asked for
   *     are indexed by themselves, as those of the same cell in another orientation: a lattice more
   *     whose geometry has the scan of these images alone. Otherwise their spots have no index
   * @return new options
   */
  public IndexOptions slips(boolean followed) {
    return with(o -> o.slips = followed);
  }

  /**
   * Whether crystals that slip are followed.
   *
   * @return true by default
   */
  public boolean slips() {
    return slips;
  }

  /**
   * With more lattices.
   *
   * @param most largest number of lattices, 1 or more
   * @return new options
   * @throws IllegalArgumentException if it is below 1
   */
  public IndexOptions maxLattices(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(most + " lattices at most, must be 1 or more");
    }
    return with(o -> o.maxLattices = most);
  }

  /**
   * With another rule for the search of the beam centre.
   *
   * @param when when to search
   * @return new options
   */
  public IndexOptions beamSearch(BeamSearch when) {
    return with(o -> o.beamSearch = when);
  }

  /**
   * With a range of the beam centre.
   *
   * @param pixels how far from where the header puts it, in px; 0 for 25 with X-rays and 100 with
   *     electrons, and at least half the distance of neighbouring spots
   * @return new options
   * @throws IllegalArgumentException if it is negative
   */
  public IndexOptions beamRange(double pixels) {
    if (!(pixels >= 0 && pixels < 1e4)) {
      throw new IllegalArgumentException(
          "beam centre within " + pixels + " px, must be 0 to 10000");
    }
    return with(o -> o.beamRange = pixels);
  }

  /**
   * With a resolution limit.
   *
   * @param angstrom spots beyond it do not take part in the search, but get indices; 0 for all
   * @return new options
   * @throws IllegalArgumentException if it is negative
   */
  public IndexOptions dMin(double angstrom) {
    if (!(angstrom >= 0 && angstrom < 1000)) {
      throw new IllegalArgumentException("spots up to " + angstrom + " Å, must be 0 to 1000");
    }
    return with(o -> o.dMin = angstrom);
  }

  /**
   * With the detector's distance fixed or free.
   *
   * @param fixed true to fix it; without this it is fixed with electrons and for scans below 10°
   * @return new options
   */
  public IndexOptions fixDistance(boolean fixed) {
    return with(o -> o.fixDistance = fixed);
  }

  /**
   * With goniometer settings that may be off: of sweeps that are indexed jointly each but the first
   * is turned by a small rotation, if that is much more likely.
   *
   * @param free true to correct them; without this they are those of the headers
   * @return new options
   */
  public IndexOptions freeSettings(boolean free) {
    return with(o -> o.freeSettings = free);
  }

  /**
   * Whether settings of sweeps that are indexed jointly are corrected.
   *
   * @return true if so
   */
  public boolean freeSettings() {
    return freeSettings;
  }

  /**
   * The known cell.
   *
   * @return empty if unknown
   */
  public Optional<UnitCell> unitCell() {
    return Optional.ofNullable(cell);
  }

  /**
   * The known space group.
   *
   * @return empty if unknown
   */
  public Optional<SpaceGroup> spaceGroup() {
    return Optional.ofNullable(group);
  }

  /**
   * The longest cell edge.
   *
   * @return Å, or 0 to estimate it
   */
  public double maxCell() {
    return maxCell;
  }

  /**
   * Tolerance of the indices.
   *
   * @return distance in index space, 0 for automatic
   */
  public double tolerance() {
    return tolerance;
  }

  /**
   * Largest number of lattices.
   *
   * @return 1 or more
   */
  public int maxLattices() {
    return maxLattices;
  }

  /**
   * When the beam centre is searched.
   *
   * @return the rule
   */
  public BeamSearch beamSearch() {
    return beamSearch;
  }

  /**
   * Range of the search for the beam centre.
   *
   * @return px, 0 for automatic
   */
  public double beamRange() {
    return beamRange;
  }

  /**
   * Resolution limit of the search.
   *
   * @return Å, 0 for none
   */
  public double dMin() {
    return dMin;
  }

  /**
   * Whether the distance is fixed.
   *
   * @return empty for automatic
   */
  public Optional<Boolean> fixDistance() {
    return Optional.ofNullable(fixDistance);
  }

  @Override
  public String toString() {
    return "IndexOptions["
        + (cell == null ? "cell unknown" : cell)
        + ", "
        + (group == null ? "space group unknown" : group)
        + ", at most "
        + maxLattices
        + (maxLattices == 1 ? " lattice]" : " lattices]");
  }
}
