package org.mdx.correct;

import java.util.List;
import java.util.function.Consumer;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.internal.options.Draft;
import org.mdx.table.TableCorrections;

/** Which corrections are applied. */
public final class CorrectOptions {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private boolean attenuation = true;
    private boolean efficiency = true;
    private boolean polarization = true;
    private boolean lorentz;
    private boolean p1;
    private Conventions conventions = Conventions.STANDARD;
  }

  private CorrectOptions(Fields f) {
    this.f = f;
  }

  private CorrectOptions with(Consumer<Fields> change) {
    return new CorrectOptions(f.with(change));
  }

  /**
   * Everything but the Lorentz factor, in the crystal's symmetry.
   *
   * @return the defaults
   */
  public static CorrectOptions defaults() {
    return new CorrectOptions(new Fields());
  }

  /**
   * With or without the attenuation in air.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions attenuation(boolean on) {
    return with(o -> o.attenuation = on);
  }

  /**
   * With or without the efficiency of the sensor.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions efficiency(boolean on) {
    return with(o -> o.efficiency = on);
  }

  /**
   * With or without the polarization factor.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions polarization(boolean on) {
    return with(o -> o.polarization = on);
  }

  /**
   * With or without the Lorentz factor.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions lorentz(boolean on) {
    return with(o -> o.lorentz = on);
  }

  /**
   * In P1 or in the crystal's symmetry.
   *
   * @param on whether to use Friedel's law alone
   * @return new options
   */
  public CorrectOptions p1(boolean on) {
    return with(o -> o.p1 = on);
  }

  /**
   * By other conventions.
   *
   * @param value whose
   * @return new options
   */
  public CorrectOptions conventions(Conventions value) {
    return with(o -> o.conventions = value);
  }

  /** What a table tells of these options. */
  TableCorrections applied(SpaceGroup group) {
    String unit = group.laueGroup().symbol();
    if (f.p1) {
      unit = f.conventions.isMdx2() ? "-1 of mdx2" : "-1";
    }
    return new TableCorrections(f.attenuation, f.efficiency, f.polarization, f.lorentz, unit);
  }

  /**
   * By the attenuation of the diffracted beam in air.
   *
   * @return the value
   */
  public boolean attenuation() {
    return f.attenuation;
  }

  /**
   * By the efficiency of the sensor.
   *
   * @return the value
   */
  public boolean efficiency() {
    return f.efficiency;
  }

  /**
   * By the polarization factor.
   *
   * @return the value
   */
  public boolean polarization() {
    return f.polarization;
  }

  /**
   * Multiply by the recorded fraction of the reciprocal cell, so that a sharp peak's intensity does
   * not depend on how the voxel was swept.
   *
   * @return the value
   */
  public boolean lorentz() {
    return f.lorentz;
  }

  /**
   * Map to the asymmetric unit by Friedel's law alone, whatever the space group.
   *
   * @return the value
   */
  public boolean p1() {
    return f.p1;
  }

  /**
   * Whose conventions to follow. Those of mdx2 correct by a grid of corrections, take the error
   * from the counts alone, and in {@code p1} turn the sign of l alone.
   *
   * @return the value
   */
  public Conventions conventions() {
    return f.conventions;
  }

  /**
   * What the counts of a pixel are divided by: the product of its factors Ω, T, E and P that are
   * applied.
   *
   * @param factors of the pixel
   * @return the product
   */
  public double applied(CorrectionFactors factors) {
    return factors.solidAngle()
        * (f.attenuation ? factors.attenuation() : 1)
        * (f.efficiency ? factors.efficiency() : 1)
        * (f.polarization ? factors.polarization() : 1);
  }

  private List<Object> values() {
    return List.of(f.attenuation, f.efficiency, f.polarization, f.lorentz, f.p1, f.conventions);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CorrectOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "CorrectOptions["
        + "attenuation="
        + f.attenuation
        + ", efficiency="
        + f.efficiency
        + ", polarization="
        + f.polarization
        + ", lorentz="
        + f.lorentz
        + ", p1="
        + f.p1
        + ", conventions="
        + f.conventions
        + "]";
  }
}
