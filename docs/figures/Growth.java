import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;

/** Draws what growth.sh measured: java -cp mdx.jar Growth.java growth.csv growth.png. */
public final class Growth {
  private Growth() {}

  public static void main(String[] args) throws Exception {
    Map<String, List<double[]>> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] cells = line.split(",");
      if (!cells[0].equals("against")) {
        double[] numbers = new double[cells.length - 1];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = Double.parseDouble(cells[i + 1]);
        }
        rows.computeIfAbsent(cells[0], k -> new ArrayList<>()).add(numbers);
      }
    }
    List<LineChart> charts = new ArrayList<>();
    for (Map.Entry<String, List<double[]>> e : rows.entrySet()) {
      charts.add(
          LineChart.of(
              "Time",
              ChartAxis.of(e.getKey(), ""),
              fromZero("time", "s", e.getValue(), 2),
              series("clock", e.getValue(), 1),
              series("processors", e.getValue(), 2)));
      charts.add(
          LineChart.of(
              "Memory",
              ChartAxis.of(e.getKey(), ""),
              fromZero("largest resident set", "MiB", e.getValue(), 3),
              series("memory", e.getValue(), 3)));
    }
    Figure figure =
        Figure.of("Growth of mdx reduce", charts)
            .columns(2)
            .note("PILATUS 2M, 150 frames, subdivision 3, two threads, where not said otherwise");
    Files.write(Path.of(args[1]), figure.png());
  }

  private static ChartAxis fromZero(String name, String unit, List<double[]> rows, int column) {
    double most = rows.stream().mapToDouble(r -> r[column]).max().orElseThrow();
    return ChartAxis.of(name, unit).range(0, 1.05 * most);
  }

  private static Series series(String name, List<double[]> rows, int column) {
    double[] x = rows.stream().mapToDouble(r -> r[0]).toArray();
    double[] y = rows.stream().mapToDouble(r -> r[column]).toArray();
    return Series.of(name, x, y);
  }
}
