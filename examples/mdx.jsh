// jshell --class-path mdx-cli/target/mdx.jar --startup DEFAULT --startup examples/mdx.jsh
import java.nio.file.Path;
import org.mdx.Mdx;
import org.mdx.crystal.*;
import org.mdx.figures.*;
import org.mdx.figures.gallery.*;
import org.mdx.io.dials.*;
import org.mdx.io.input.*;
import org.mdx.io.nexus.*;
import org.mdx.map.*;
import org.mdx.merge.*;
import org.mdx.scale.*;
import org.mdx.sim.*;
import org.mdx.stats.*;
import org.mdx.table.*;

/** Saves a figure; the ending of the name says how: .png, .svg, .pdf or .html. */
void save(Figure figure, String file) throws java.io.IOException {
  byte[] bytes =
      file.endsWith(".svg") ? figure.svg().getBytes(java.nio.charset.StandardCharsets.UTF_8)
          : file.endsWith(".pdf") ? figure.pdf()
          : file.endsWith(".html") ? figure.html().getBytes(java.nio.charset.StandardCharsets.UTF_8)
          : figure.png();
  java.nio.file.Files.write(Path.of(file), bytes);
}
