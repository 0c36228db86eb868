package org.mdx.cli.reduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.cli.file.InstrumentOptions;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.instrument.InstrumentProfile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of sweeps that are given as images: what is known of the crystals and the instrument. */
public final class CrystalArguments {

  @Option(
      names = "--space-group",
      paramLabel = "NAME",
      description =
          "Space group of the crystals: a number, or a symbol such as P212121. Without it the Laue"
              + " group is chosen by cell and intensities.")
  private String group;

  @Option(
      names = "--unit-cell",
      paramLabel = "A,B,C,AL,BE,GA",
      description =
          "Known cell in Å and degrees, within 10 %% and 5 degrees, in the axes of the space group.")
  private String cell;

  @Option(
      names = "--known-crystal",
      paramLabel = "EXPT",
      description =
          "Take cell and space group from this list, and its axes for a sweep whose crystal lies as"
              + " one of its crystals.")
  private Path known;

  @Option(
      names = "--max-cell",
      paramLabel = "Å",
      description = "Longest edge of the primitive cell; estimated from the spots if not given.")
  private Double maxCell;

  @Option(
      names = "--spots-d-min",
      paramLabel = "Å",
      description = "Look for spots up to this resolution only.")
  private Double dMin;

  @Option(
      names = "--joint",
      description =
          "All sweeps are of one crystal on one goniometer: index them together. Otherwise each has"
              + " a crystal of its own.")
  private boolean joint;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Instrument profile (TOML): wins over headers, options win over it.")
  private Path profile;

  @ArgGroup(
      validate = false,
      heading = "%nIn place of what headers of images and profile say (angles in degrees):%n")
  private final InstrumentOptions instrument = new InstrumentOptions();

  /** Whether sweeps share a crystal. */
  public boolean isJoint() {
    return joint;
  }

  /**
   * What options say of the instrument, the mask among it.
   *
   * @throws IllegalArgumentException if a value cannot be
   */
  public InstrumentProfile values() {
    return instrument.values();
  }

  /** The instrument profile, or null. */
  public Path profile() {
    return profile;
  }

  /** How spots are found. */
  public SpotOptions spots() {
    return dMin == null ? SpotOptions.defaults() : SpotOptions.defaults().dMin(dMin);
  }

  /**
   * How they are indexed.
   *
   * @throws IllegalArgumentException if a value cannot be
   */
  public IndexOptions indexing() {
    IndexOptions o = IndexOptions.defaults();
    if (known != null && (group != null || cell != null)) {
      throw new IllegalArgumentException(
          "--known-crystal brings cell and space group; leave out --space-group and --unit-cell");
    }
    o = maxCell == null ? o : o.maxCell(maxCell);
    o = cell == null ? o : o.unitCell(unitCell(cell));
    return group == null ? o : o.spaceGroup(group);
  }

  private static UnitCell unitCell(String text) {
    String[] parts = text.strip().split("[,\\s]+");
    double[] v = new double[6];
    try {
      for (int i = 0; i < v.length && parts.length == v.length; i++) {
        v[i] = Double.parseDouble(parts[i]);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--unit-cell " + text + " is not six numbers", e);
    }
    if (parts.length != v.length) {
      throw new IllegalArgumentException(
          "--unit-cell " + text + " has " + parts.length + " numbers, must be 6: a,b,c,α,β,γ");
    }
    return new UnitCell(v[0], v[1], v[2], v[3], v[4], v[5]);
  }

  /**
   * The crystals that are known.
   *
   * @throws MdxFormatException if the list has none
   */
  public List<Crystal> known() throws IOException {
    List<Crystal> crystals = new ArrayList<>();
    if (known != null) {
      for (DialsExperiment e : Dials.experiments(known)) {
        e.geometry().crystal().ifPresent(crystals::add);
      }
      if (crystals.isEmpty()) {
        throw new MdxFormatException(
            known, "/crystal", "a crystal", "none", "give the list of an indexed sweep");
      }
    }
    return crystals;
  }
}
