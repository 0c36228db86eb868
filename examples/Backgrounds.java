import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.Mdx;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.MergedSweeps;
import org.mdx.pipeline.Sweeps;

/** Each crystal with a background of its own: corrected apart, then scaled and merged together. */
class Backgrounds {
  public static void main(String[] args) throws Exception {
    ImageSeries blank = Images.open(Path.of("data/background/imported.expt"));
    List<Corrected> parts = new ArrayList<>();
    for (String name : List.of("xtal1", "xtal2")) {
      Sweeps sweep =
          Mdx.sweeps(Images.open(Path.of("data/" + name + "/indexed.expt")))
              .background(blank);
      BinnedImageSeries rates = sweep.background().orElseThrow();
      Mdx2.writeBinned(Path.of(name + "_background.nxs"), rates);
      parts.add(
          sweep
              .findPeaks()
              .integrate(i -> i.subdivide(2, 2, 2))
              .correct());
    }
    MergedSweeps merged = Corrected.join(parts).resolveAmbiguity().scale().merge();
    System.out.println(merged.statistics().overall());
    Mdx2.writeTable(Path.of("merged.nxs"), merged.table());
  }
}
