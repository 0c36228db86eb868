package org.mdx.io.nexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Python;
import org.mdx.math.GridAxis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.scale.AbsorptionTerm;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;

class ScalesFileTest {
  private static final GridAxis PHI = GridAxis.of(-3, -1.5, 0);
  private static final GridAxis S = GridAxis.of(0.1, 0.2);
  private static final GridAxis IX = GridAxis.of(0, 10, 20, 30);
  private static final GridAxis IY = GridAxis.of(5, 6);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("scales.nxs");
  }

  private static ControlGrid grid(int panels, GridAxis... axes) {
    int n = panels;
    for (GridAxis axis : axes) {
      n *= axis.size();
    }
    return ControlGrid.ofPanels(List.of(axes), panels, new Random(n).doubles(n).toArray());
  }

  private static ScalingModel full(int panels) {
    return ScalingModel.of(
        new ScaleTerm(grid(1, PHI)),
        new OffsetTerm(grid(1, S, PHI)),
        new DetectorTerm(grid(panels, IX, IY)),
        new AbsorptionTerm(grid(panels, IX, IY, PHI)));
  }

  @Test
  void modelsOfAnyTermsShouldComeBackAsTheyWere() throws IOException {
    for (ScalingModel model :
        List.of(
            full(1),
            full(3),
            full(1).without(ScaleTerm.class),
            ScalingModel.of(new DetectorTerm(grid(2, IX, IY))),
            ScalingModel.of(new ScaleTerm(grid(1, GridAxis.of(7)))),
            ScalingModel.IDENTITY)) {
      Mdx2.writeScales(file(), model);
      assertThat(Mdx2.readScales(file())).isEqualTo(model);
    }
  }

  @Test
  void panelsShouldBeALeadingAxisThatH5pySees() throws IOException {
    ScalingModel model = full(2);
    Mdx2.writeScales(file(), model);
    double lastPoint = model.a(1, 30, 6, 0);
    assertThat(
            Python.run(
                """
                g = h5py.File(sys.argv[1])['entry/absorption_model']
                print(g.attrs['axes'].tolist(), g['panel'][:].tolist(), g['u'].shape,
                    g['u'][1, 3, 1, 2] == float(sys.argv[2]))
                """,
                file(),
                lastPoint))
        .isEqualTo("['panel', 'ix', 'iy', 'phi'] [0.0, 1.0] (2, 4, 2, 3) True");
  }

  @Test
  void otherFilesShouldBeRefusedByWhatTheyHold() throws IOException {
    PeakModel peak = new PeakModel(new Vec3(0, 0, 0), Mat3.IDENTITY);
    Mdx2.writeMask(file(), new BraggMask(peak, 3, 40, false, false));
    assertThatThrownBy(() -> Mdx2.readScales(file()))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected a scaling model")
        .hasMessageContaining("found objects [mask_model]")
        .hasMessageContaining("give the file that scale wrote");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g['u'][0, 0] = np.nan | value 0 of a control grid is NaN",
        "g['phi'][1] = 99 | points 1 and 2 of a grid axis",
        "g.attrs['axes'] = ['phi', 's'] | axes = [s, phi]",
        "del g['u']; g['u'] = np.zeros((2, 4)) | expected the shape of the axes, [2, 3]",
        "del g['u'] | u",
      })
  void damagedModelsShouldBeRefusedByTheirPlace(String damage, String message) throws IOException {
    Mdx2.writeScales(file(), full(1));
    Python.run("g = h5py.File(sys.argv[1], 'r+')['entry/offset_model']\n" + damage, file());
    assertThatThrownBy(() -> Mdx2.readScales(file()))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("offset_model")
        .hasMessageContaining(message);
  }
}
