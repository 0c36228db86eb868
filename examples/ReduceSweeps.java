import java.nio.file.Path;
import org.mdx.Mdx;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.pipeline.Reduction;

/** From the images of two crystals and a background to merged intensities. */
class ReduceSweeps {
  public static void main(String[] args) throws Exception {
    Reduction result =
        Mdx.sweeps(Images.openAll(Path.of("data/xtal1/indexed.expt"), Path.of("data/xtal2/indexed.expt")))
            .background(Images.open(Path.of("data/background/imported.expt")))
            .reduce();
    System.out.println(result);
    Mdx2.writeTable(Path.of("merged.nxs"), result.table());
  }
}
