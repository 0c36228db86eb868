import java.nio.file.Path;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.BraggSweep;
import org.mdx.io.input.Images;

/** From images to a crystal with nothing known of it. */
class IndexImages {
  public static void main(String[] args) throws Exception {
    BraggSweep sweep =
        Bragg.sweep(Images.open(Path.of("data/xtal1/indexed.expt"))).findSpots().index();
    System.out.println(sweep); // spots, part that is indexed, cells
    System.out.println(sweep.toSweep().crystal()); // for Mdx.sweeps(sweep.toSweeps()).reduce()
  }
}
