package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.PixelRectangle;
import org.mdx.image.PixelMask;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.MaskFile;
import org.mdx.mask.GeneratedMask;
import org.mdx.mask.MaskGenerator;
import org.mdx.mask.MaskOptions;
import org.mdx.mask.MaskRegion.Circle;
import org.mdx.mask.MaskRegion.Pixel;
import org.mdx.mask.MaskRegion.Polygon;
import org.mdx.mask.MaskRegion.Rectangle;
import org.mdx.mask.MaskRegion.Vertex;
import org.mdx.mask.MaskRegion.WholePanel;
import org.mdx.mask.PowderRings;
import org.mdx.mask.ResolutionRange;
import org.mdx.parallel.Parallel;

/** Masks against {@code dials.generate_mask}, {@code apply_mask} and {@code find_spots} of 3.12. */
class MaskReferenceTest {
  private static final MaskOptions NONE = MaskOptions.none();

  @TempDir Path folder;

  private record Case(String phil, MaskOptions options) {}

  private static MaskOptions powder(double[] c, int group, double width, double dMin) {
    UnitCell cell = new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
    return NONE.and(PowderRings.of("p", cell, SpaceGroup.ofNumber(group)).width(width).dMin(dMin));
  }

  /** Shapes at random places of a panel, the rest on all panels. */
  private static List<Case> cases(int panel, int width, int height, Random random) {
    String on = "untrusted {\npanel=" + panel + "\n%s\n}";
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      int r = 1 + random.nextInt(40);
      cases.add(
          new Case(
              on.formatted("circle=" + x + "," + y + "," + r),
              NONE.and(new Circle(panel, x, y, r))));
      int x1 = x + 1 + random.nextInt(width - x);
      int y1 = y + 1 + random.nextInt(height - y);
      cases.add(
          new Case(
              on.formatted("rectangle=" + x + "," + x1 + "," + y + "," + y1),
              NONE.and(new Rectangle(panel, new PixelRectangle(x, y, x1, y1)))));
      cases.add(new Case(on.formatted("pixel=" + y + "," + x), NONE.and(new Pixel(panel, x, y))));
      List<Vertex> vertices = new ArrayList<>();
      StringBuilder corners = new StringBuilder("polygon=0,0");
      vertices.add(new Vertex(0, 0));
      for (int k = 0; k < 3 + i; k++) {
        Vertex v = new Vertex(random.nextInt(width + 9), random.nextInt(height + 9));
        vertices.add(v);
        corners.append(",").append((int) v.x()).append(",").append((int) v.y());
      }
      cases.add(new Case(on.formatted(corners.toString()), NONE.and(new Polygon(panel, vertices))));
    }
    cases.add(new Case("untrusted.panel=" + panel, NONE.and(new WholePanel(panel))));
    cases.add(new Case("border=3", NONE.border(3)));
    cases.add(new Case("d_min=2.5", NONE.dMin(2.5)));
    cases.add(new Case("d_max=5", NONE.dMax(5)));
    ResolutionRange range = new ResolutionRange(3, 3.4);
    cases.add(new Case("resolution_range=3.4,3", NONE.and(range)));
    cases.add(
        new Case(
            "resolution_range=3,3.4\ndisable_parallax_correction=True",
            NONE.and(range).parallax(false)));
    cases.add(new Case("ice_rings.filter=True", NONE.and(PowderRings.ice())));
    cases.add(
        new Case(
            "ice_rings {\nfilter=True\nwidth=0.005\nd_min=2.2\n}",
            powder(new double[] {4.498, 4.498, 7.338, 90, 90, 120}, 194, 0.005, 2.2)));
    cases.add(
        new Case(
            "ice_rings {\nfilter=True\nwidth=0.0004\nd_min=2\n"
                + "unit_cell=12.2,15.1,9.8,90,101.3,90\nspace_group=14\n}",
            powder(new double[] {12.2, 15.1, 9.8, 90, 101.3, 90}, 14, 0.0004, 2)));
    return cases;
  }

  /** Three panels of different sizes on an arm, tilted, with parallax. */
  private static final String PANELS =
      """
      import json
      from scitbx import matrix
      from dxtbx.model import Beam, Detector, Experiment, ExperimentList
      from dxtbx.model import ParallaxCorrectedPxMmStrategy
      detector = Detector()
      arm = detector.hierarchy().add_group()
      r = matrix.col((0, 1, 0)).axis_and_angle_as_r3_rotation_matrix(12, deg=True)
      arm.set_frame(*(r * matrix.col(v) for v in ((1, 0, 0), (0, -1, 0), (0, 0, -95))))
      for tilt, x, size in ((-25, -70, (130, 201)), (0, -15.3, (97, 160)), (31, 22, (211, 64))):
          axis = matrix.col((0.1, 1, 0.05)).normalize()
          t = axis.axis_and_angle_as_r3_rotation_matrix(tilt, deg=True)
          p = arm.add_panel()
          p.set_name("p%d" % x)
          p.set_image_size(size)
          p.set_pixel_size((0.172, 0.15))
          p.set_trusted_range((-1, 65000))
          p.set_material("Si")
          p.set_mu(3.7)
          p.set_thickness(0.45)
          p.set_px_mm_strategy(ParallaxCorrectedPxMmStrategy(3.7, 0.45))
          p.set_local_frame(t * matrix.col((1, 0, 0)), t * matrix.col((0, 1, 0)), (x, -14.1, tilt / 10))
      beam = Beam()
      beam.set_wavelength(1.0332)
      beam.set_unit_s0((0.01, -0.004, -0.99994))
      ExperimentList([Experiment(beam=beam, detector=detector)]).as_file("panels.expt")
      """;

  /** What {@code dials.generate_mask} does with an image set, without the images. */
  private static final String GENERATE =
      """
      import pickle, sys
      import libtbx.phil
      from dials.util.masking import generate_mask, phil_scope
      from dxtbx.model.experiment_list import ExperimentListFactory
      e = ExperimentListFactory.from_json_file(sys.argv[1], check_format=False)[0]
      class Images:
          get_detector = lambda self: e.detector
          get_beam = lambda self: e.beam
      for i, text in enumerate(sys.argv[2:]):
          params = phil_scope.fetch(libtbx.phil.parse(text)).extract()
          with open("%d.mask" % i, "wb") as out:
              pickle.dump(generate_mask(Images(), params), out, protocol=i % 6)
      """;

  /** Says how many pixels of masks differ, as DIALS reads them. */
  private static final String COMPARE =
      """
      import pickle, sys
      from dials.array_family import flex
      n = int(sys.argv[1])
      differ = 0
      for i in range(n):
          a, b = (pickle.load(open("%s%d.mask" % (s, i), "rb")) for s in ("", "ours"))
          assert type(b) is tuple and len(a) == len(b)
          for p, q in zip(a, b):
              assert type(q) is flex.bool and p.all() == q.all()
              differ += (p.as_1d() != q.as_1d()).count(True)
      print("differ:", differ)
      """;

  private void compare(Path expt, int seed) throws Exception {
    ExperimentList list = ExperimentList.read(expt);
    List<Case> cases = new ArrayList<>();
    Random random = new Random(seed);
    for (int p = 0; p < list.detector(0).panels().size(); p++) {
      var panel = list.detector(0).panels().get(p);
      cases.addAll(cases(p, panel.width(), panel.height(), random));
    }
    List<Object> arguments = new ArrayList<>(List.of("-c", GENERATE, expt));
    cases.forEach(c -> arguments.add(c.phil()));
    DialsProgram.run(folder, "python3", arguments.toArray());
    for (int i = 0; i < cases.size(); i++) {
      GeneratedMask ours =
          MaskGenerator.generate(
              list.beam(0), list.detector(0), cases.get(i).options(), Parallel.available());
      List<PixelMask> theirs = MaskFile.read(folder.resolve(i + ".mask"), list.detector(0));
      assertThat(ours.masks().stream().map(PixelMask::count).toList())
          .as(cases.get(i).phil())
          .isEqualTo(theirs.stream().map(PixelMask::count).toList());
      MaskFile.write(folder.resolve("ours" + i + ".mask"), ours.masks());
    }
    assertThat(DialsProgram.run(folder, "python3", "-c", COMPARE, cases.size()))
        .endsWith("differ: 0\n");
  }

  @Test
  void masksOfOnePanelShouldBeThoseOfDials() throws Exception {
    compare(Reference.file("dials/xtal1/refined.expt"), 1);
    compare(Reference.file("real/dials/l_cysteine_narrow_wedge/23_integrated.expt"), 2);
  }

  @Test
  void masksOfTiltedPanelsShouldBeThoseOfDials() throws Exception {
    DialsProgram.run(folder, "python3", "-c", PANELS);
    compare(folder.resolve("panels.expt"), 3);
  }

  @Test
  void masksShouldBeAppliedAsDialsDoes() throws Exception {
    Path expt = folder.resolve("both.expt");
    ExperimentList.combine(
            List.of(
                ExperimentList.read(Reference.file("dials/xtal1/imported.expt")),
                ExperimentList.read(Reference.file("dials/xtal2/imported.expt"))))
        .write(expt);
    Path border = write("border.mask", expt, NONE.border(9));
    Path circle = write("circle.mask", expt, NONE.and(new Circle(0, 200, 200, 50)));
    DialsProgram.run(
        folder,
        "dials.apply_mask",
        expt,
        "input.mask=border.mask",
        "input.mask=circle.mask",
        "output.experiments=theirs.expt");
    ExperimentList ours = ExperimentList.read(expt).withMasks(List.of(border, circle));
    ours.write(folder.resolve("ours.expt"));
    ExperimentList theirs = ExperimentList.read(folder.resolve("theirs.expt"));
    for (int i = 0; i < 2; i++) {
      assertThat(ours.mask(i)).isEqualTo(theirs.mask(i)).isPresent();
    }
    String script =
        """
        import sys
        from dxtbx.model.experiment_list import ExperimentListFactory
        for e in ExperimentListFactory.from_json_file(sys.argv[1]):
            print([m.data().count(False) for m in e.imageset.external_lookup.mask.data])
        """;
    assertThat(DialsProgram.run(folder, "python3", "-c", script, folder.resolve("ours.expt")))
        .isEqualTo(DialsProgram.run(folder, "python3", "-c", script, folder.resolve("theirs.expt")))
        .startsWith("[" + (487 * 619 - 469 * 601) + "]\n");
  }

  private Path write(String name, Path expt, MaskOptions options) throws IOException {
    ExperimentList list = ExperimentList.read(expt);
    Path file = folder.resolve(name);
    MaskFile.write(
        file,
        MaskGenerator.generate(list.beam(0), list.detector(0), options, Parallel.of(1)).masks());
    return file;
  }

  @Test
  void dialsShouldFindNoSpotsUnderOurMasks() throws Exception {
    Path expt = Reference.file("dials/xtal1/imported.expt");
    Path half =
        write("half.mask", expt, NONE.and(new Rectangle(0, new PixelRectangle(0, 0, 243, 619))));
    for (String name : List.of("masked.expt", "free.expt")) {
      ExperimentList.read(expt)
          .withMasks(Collections.singletonList(name.equals("masked.expt") ? half : null))
          .write(folder.resolve(name));
      DialsProgram.run(
          folder,
          "dials.find_spots",
          name,
          "scan_range=1,8",
          "nproc=1",
          "output.reflections=" + name + ".refl");
    }
    String script =
        """
        from dials.array_family import flex
        for f in ("masked.expt.refl", "free.expt.refl"):
            x, y, z = flex.reflection_table.from_file(f)["xyzobs.px.value"].parts()
            print((x < 243).count(True), (x > 243).count(True) > 20)
        """;
    String[] lines = DialsProgram.run(folder, "python3", "-c", script).split("\n");
    assertThat(lines[0]).isEqualTo("0 True");
    assertThat(lines[1]).matches("[1-9][0-9]+ True");
  }
}
