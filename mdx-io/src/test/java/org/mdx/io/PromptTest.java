package org.mdx.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.input.Images;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.nexus.ImagePointer;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.io.nexus.PeaksFile;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapValues;
import org.mdx.io.volume.Sidecar;
import org.mdx.io.volume.TableFile;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** What values say of themselves where they are typed at a prompt. */
class PromptTest {
  @TempDir private static Path dir;

  private static List<Object> values() throws IOException {
    SimulatedFiles files =
        SimulationWriter.write(
            Simulation.of(
                SimulationOptions.demo()
                    .withDetector(SimulatedDetector.flat(60, 50, 0.5, 80))
                    .withFrames(2, 1, 0.02)
                    .withBackground(1, 2, 0.02)),
            dir,
            Parallel.of(1),
            Progress.NONE);
    Path list = files.indexed().get(0);
    Path image;
    try (var found = Files.list(list.resolveSibling("."))) {
      image =
          found
              .filter(f -> f.toString().endsWith(".cbf"))
              .findFirst()
              .orElseGet(() -> ImageFiles.expand(files.templates().get(0), 1, 1).get(0));
    }
    IntColumn index = IntColumn.of(0, 1);
    HKLTable table = HKLTable.of(Subdivision.NONE, index, index, index);
    float[] map = {Float.NaN, 1};
    ReciprocalMap reciprocal =
        ReciprocalMap.of("intensity", Subdivision.NONE, new VoxelBox(0, 0, 0, 1, 1, 2), map);
    PeakModel peak = new PeakModel(Vec3.ZERO, Mat3.IDENTITY);
    PeakPositions none = PeakPositions.of(new int[0], new int[0], new int[0], new int[0]);
    List<Object> values = new ArrayList<>();
    Geometry g = Dials.readGeometry(list);
    values.add(files);
    values.add(ImageFiles.header(image));
    values.addAll(ImageFiles.header(image).panels());
    values.add(ImageFiles.header(image).beam());
    values.add(ImageFiles.header(image).scan());
    values.add(ImageHeader.builder("SMV", "uint16", 1, 2, 3).build());
    values.addAll(ImageHeader.builder("SMV", "uint16", 1, 2, 3).build().panels());
    values.add(ImageHeader.builder("SMV", "uint16", 1, 2, 3).build().beam());
    values.add(ImageHeader.builder("SMV", "uint16", 1, 2, 3).build().scan());
    values.add(ImageFiles.open(image));
    values.add(Images.open(list));
    values.addAll(Dials.experiments(list));
    values.addAll(Dials.experiments(files.imported().get(0)));
    values.add(ExperimentList.read(list));
    values.add(MdxGeometryFile.of(g, null, null));
    values.add(new PeaksFile(peak, none, none, OptionalInt.empty()));
    values.add(new ImagePointer("a", "/a", 0, 2, "0".repeat(64), Optional.empty()));
    values.add(new TableFile(table, CrystalSymmetry.NONE));
    values.add(new MapFile(reciprocal, CrystalSymmetry.of(g.crystal().orElseThrow())));
    values.add(Sidecar.of(new MapFile(reciprocal, CrystalSymmetry.NONE), Float.NaN));
    values.add(MapValues.of(reciprocal, Float.NaN));
    values.add(InstrumentProfile.empty());
    values.add(ImportOptions.defaults());
    values.add(ImportOptions.defaults().withReference(g).withStills(true).withThreshold(1));
    values.add(SweepFiles.corrections(list, Conventions.STANDARD));
    values.add(
        SweepFiles.masked(SweepFiles.sweep(list, list, Conventions.STANDARD), Optional.empty()));
    return values;
  }

  @Test
  void whatIsPrintedShouldBeForPeople() throws IOException {
    for (Object value : values()) {
      assertThat(value.toString())
          .as(value.getClass().getSimpleName())
          .doesNotContainPattern("null|@[0-9a-f]{5,}|NaN|Optional")
          .isNotBlank();
    }
  }
}
