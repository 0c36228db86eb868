import java.nio.file.Path;
import java.util.List;
import org.mdx.Mdx;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.map.ReciprocalMap;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.FoundPeaks;
import org.mdx.pipeline.MergedSweeps;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

/** Stops after every stage, takes the product, changes one by hand and goes on with it. */
class StageByStage {
  public static void main(String[] args) throws Exception {
    FoundPeaks found =
        Mdx.sweeps(Images.open(Path.of("data/xtal1/indexed.expt")))
            .findPeaks();
    System.out.println(found.peaks().get(0).model());
    Corrected corrected = found.maskPeaks(4).integrate(i -> i.subdivide(2, 2, 2)).correct();
    System.out.println(corrected.tables().get(0).head(3));

    // by hand: leave out what lies below 3 Å resolution
    HKLTable table = corrected.tables().get(0);
    double[] s = table.column("s").toArray();
    double[] intensity = table.column("intensity").toArray();
    float[] kept = new float[s.length];
    for (int i = 0; i < s.length; i++) {
      kept[i] = s[i] < 1 / 3.0 ? (float) intensity[i] : Float.NaN;
    }
    HKLTable changed = table.with("intensity", FloatColumn.of(kept));

    MergedSweeps merged =
        Corrected.of(corrected.crystal(), List.of(changed)).scale(o -> o.rounds(1)).merge();
    ReciprocalMap map = merged.map();
    System.out.println(map.slice('l', 0));
    Mdx2.writeMap(Path.of("map.nxs"), map);
  }
}
