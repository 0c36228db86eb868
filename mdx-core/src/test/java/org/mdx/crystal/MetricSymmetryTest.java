package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricSymmetryTest {

  /**
   * Hall symbol; cell; tolerance in degrees; order of the lattice's rotation group; one proper
   * rotation of each left coset T·G, in the axes of the cell. From cctbx 2022.9: {@code
   * sgtbx.lattice_symmetry.group} of the Niggli cell and {@code
   * sgtbx.cosets.left_decomposition_point_groups_only}, carried back to the given axes.
   */
  static String[] cctbx() {
    return new String[] {
      "I 2b 2c 3; 30,30,30,90,90,90; 3; 24; x,y,z y,x,-z",
      "P 4cw; 78,78,37,90,90,90; 3; 8; x,y,z -x,y,-z",
      "I 4; 78,78,37,90,90,90; 3; 8; x,y,z x,-y,-z",
      "P 31; 60,60,100,90,90,120; 3; 12; x,y,z -x,-x+y,-z -x,-y,z x,x-y,-z",
      "P 31 2\"; 60,60,100,90,90,120; 3; 12; x,y,z -x,-y,z",
      "P 6c; 60,60,100,90,90,120; 3; 12; x,y,z -x,-x+y,-z",
      "R 3; 60,60,100,90,90,120; 3; 6; x,y,z -x,-x+y,-z",
      "R 3 (-y+z,x+z,-x+y+z); 60,60,60,85,85,85; 3; 6; x,y,z -x,-z,-y",
      "R 3 (-y+z,x+z,-x+y+z); 60,60,60,91,91,91; 3; 24; x,y,z -x,-z,-y -x,z,y x,-y,-z "
          + "-z,x,-y z,y,-x -y,-z,x y,-x,z",
      "P 2ac 2ab; 50,50.5,70,90,90,90; 3; 8; x,y,z -y,-x,-z",
      "P 2c 2; 50,50.5,51,90,90,90; 3; 24; x,y,z -x,-z,-y -y,-x,-z y,z,x -z,-y,-x z,x,y",
      "P 2yb; 50,60,70,90,90.7,90; 3; 4; x,y,z x,-y,-z",
      "P 2yb; 50,60,50.4,90,112,90; 3; 4; x,y,z z,-y,x",
      "P 2yb; 50,60,70,90,110.92,90; 3; 4; x,y,z -x+z,-y,z",
      "C 2y; 91.93,77.13,60,90,76.9,90; 3; 6; x,y,z "
          + "-1/2*x+1/2*y-1/2*z,1/2*x-1/2*y-1/2*z,-x-y "
          + "1/2*x-1/2*y+1/2*z,1/2*x-1/2*y-1/2*z,x+y",
      "C 2y; 60,103.92,80,90,90.5,90; 3; 12; x,y,z -1/2*x+3/2*y,1/2*x+1/2*y,-z "
          + "1/2*x-3/2*y,1/2*x+1/2*y,z 1/2*x+3/2*y,1/2*x-1/2*y,-z -1/2*x-3/2*y,1/2*x-1/2*y,z "
          + "x,-y,-z",
      "F 2 2 3; 100,100,100,90,90,90; 3; 24; x,y,z -x,-z,-y",
      "P 4abw 2nw; 78,78,37,90,90,90; 3; 8; x,y,z",
      "P 4abw 2nw; 78,78,79,90,90,90; 3; 24; x,y,z -x,-z,-y z,x,y",
      "P 1; 40,50,60,80,85,95; 3; 1; x,y,z",
      "P 1; 50,50.2,70,90.2,89.9,119.8; 3; 12; x,y,z x-y,-y,-z -x+y,y,-z -x,-y,z y,x,-z "
          + "-x+y,-x,z x-y,x,z -y,-x,-z -x,-x+y,-z -y,x-y,z x,x-y,-z y,-x+y,z",
      "F 2 2; 40,50,60,90,90,90; 3; 4; x,y,z",
      "I 2 2; 40,41,60,90,90,90; 3; 24; x,y,z -y,-x,-z "
          + "-1/2*x+1/2*y-z,1/2*x-1/2*y-z,-1/2*x-1/2*y "
          + "1/2*x-1/2*y+z,1/2*x-1/2*y-z,1/2*x+1/2*y "
          + "1/2*x-1/2*y+z,-1/2*x+1/2*y+z,-1/2*x-1/2*y "
          + "-1/2*x+1/2*y-z,-1/2*x+1/2*y+z,1/2*x+1/2*y",
      "P 1; 60,60.5,60.3,109.2,109.6,109.5; 3; 24; x,y,z -x,-z,-y -y+z,-y,x-y "
          + "y-z,-x+y,y x,x-y,x-z -x,-x+z,-x+y y-z,x-z,-z -y+z,z,-x+z -x+y,y,y-z x-y,-y+z,-y "
          + "-z,-y,-x z,x,y -x+y,-x,-x+z x-y,x-z,x z,-x+z,-y+z -z,y-z,x-z -x+z,-y+z,z "
          + "x-z,-z,y-z x-z,x,x-y -x+z,-x+y,-x -y,-x,-z y,z,x -y,x-y,-y+z y,y-z,-x+y",
      "P 2c 2; 50,50.5,51,90,90,90; 0.7; 8; x,y,z -x,-z,-y",
      "P 2c 2; 50,50.5,53,90,90,90; 5; 24; x,y,z -y,-x,-z -x,-z,-y z,x,y -z,-y,-x y,z,x",
      "P 2 2; 50,54,70,90,90,90; 3; 4; x,y,z",
      "P 2 2; 50,54,70,90,90,90; 5; 8; x,y,z -y,-x,-z"
    };
  }

  /**
   * One of those lines.
   *
   * @param group of the Hall symbol
   * @param cell the cell
   * @param tolerance in degrees
   * @param order of the lattice's rotations
   * @param cosets of left cosets
   */
  private record Line(
      SpaceGroup group, UnitCell cell, double tolerance, int order, List<ChangeOfBasis> cosets) {
    static Line of(String text) {
      String[] part = text.split("; ");
      return new Line(
          SpaceGroup.ofHall(part[0]),
          unitCell(part[1]),
          Double.parseDouble(part[2]),
          Integer.parseInt(part[3]),
          Arrays.stream(part[4].split(" ")).map(ChangeOfBasis::of).toList());
    }
  }

  private static UnitCell unitCell(String text) {
    double[] c = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    return new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
  }

  @ParameterizedTest
  @MethodSource("cctbx")
  void cosetsShouldBeThoseOfCctbx(String text) {
    Line line = Line.of(text);
    MetricSymmetry lattice = MetricSymmetry.of(line.cell(), line.group(), line.tolerance());
    assertThat(lattice.rotations()).hasSize(line.order()).doesNotHaveDuplicates();
    List<ChangeOfBasis> ours = lattice.cosets(line.group().laueGroup());
    assertThat(ours).hasSameSizeAs(line.cosets());
    assertThat(ours.get(0)).isEqualTo(ChangeOfBasis.IDENTITY);
    List<ChangeOfBasis> group = MetricSymmetry.properRotations(line.group().laueGroup());
    List<Integer> places = new ArrayList<>();
    for (ChangeOfBasis c : ours) {
      // the inverse of a right coset G·T is the left coset T⁻¹·G
      for (int i = 0; i < line.cosets().size(); i++) {
        if (group.contains(line.cosets().get(i).inverse().times(c.inverse()))) {
          places.add(i);
        }
      }
      assertThat(c.handedness()).isEqualTo(1);
      assertThat(lattice.strain(c)).isLessThan(0.12);
    }
    assertThat(places).hasSameSizeAs(ours).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I 2b 2c 3; 30,30,30,90,90,90; -z,-y,-x",
        "P 4cw; 78,78,37,90,90,90; -y,-x,-z",
        "P 31; 60,60,100,90,90,120; -y,-x,-z -x,-y,z y,x,-z",
        "R 3; 60,60,100,90,90,120; y,x,-z",
        "P 2ac 2ab; 50,50.5,70,90,90,90; -y,-x,-z"
      })
  void representativesShouldBePlain(String text) {
    String[] part = text.split("; ");
    SpaceGroup group = SpaceGroup.ofHall(part[0]);
    List<ChangeOfBasis> found =
        MetricSymmetry.of(unitCell(part[1]), group, 3).cosets(group.laueGroup());
    assertThat(found.subList(1, found.size()))
        .extracting(ChangeOfBasis::toString)
        .containsExactlyInAnyOrder(part[2].split(" "));
  }

  @Test
  void strainShouldFollowTheAxesThatAreExchanged() {
    SpaceGroup group = SpaceGroup.ofNumber(19);
    MetricSymmetry lattice = MetricSymmetry.of(unitCell("50,50.5,70,90,90,90"), group, 3);
    // Q = diag(50.5/50, 50/50.5, 1) up to order: |QᵀQ − 1|/2 by hand
    double a = Math.pow(50.5 / 50, 2) - 1;
    double b = Math.pow(50 / 50.5, 2) - 1;
    assertThat(lattice.strain(ChangeOfBasis.of("-y,-x,-z")))
        .isCloseTo(Math.sqrt(a * a + b * b) / 2, within(1e-12));
    assertThat(lattice.strain(ChangeOfBasis.of("x,-y,-z"))).isLessThan(1e-12);
  }

  @Test
  void cellWithoutTheSymmetryOfItsGroupShouldBeRefused() {
    SpaceGroup group = SpaceGroup.ofNumber(75);
    MetricSymmetry lattice = MetricSymmetry.of(unitCell("50,60,70,90,90,90"), group, 3);
    assertThatThrownBy(() -> lattice.cosets(group.laueGroup()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4/m")
        .hasMessageContaining("50.000 60.000 70.000");
    assertThatThrownBy(() -> MetricSymmetry.of(unitCell("50,60,70,90,90,90"), group, -1))
        .hasMessageContaining("0 to 10");
  }

  @Test
  void indexMatrixShouldBeTheRowTransformation() {
    // h' = h·P⁻¹; of the cyclic change x' = y, y' = z, z' = x: h' = k, k' = l, l' = h
    assertThat(ChangeOfBasis.of("y,z,x").hkl()).isEqualTo("k,l,h");
    assertThat(ChangeOfBasis.of("y,z,x").indexMatrix(3, 3, 3))
        .containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0, 1);
    assertThat(ChangeOfBasis.of("y,x,-z").indexMatrix(2, 1, 1))
        .containsExactly(0, 1, 0, 4, 0, 0, 0, 0, -2, 2);
  }
}
