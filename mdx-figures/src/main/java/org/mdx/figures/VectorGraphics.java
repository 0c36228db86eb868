package org.mdx.figures;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Dimension;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.w3c.dom.Document;

/**
 * SVG by Batik and PDF by PDFBox. Programs that embed mdx may leave out either library: without it
 * only its own format is refused.
 */
final class VectorGraphics {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Characters that no XML document may hold, and halves of characters; names can have them. */
  private static final Pattern NOT_XML =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private VectorGraphics() {}

  static String svg(FigurePainter painter) {
    try {
      return Batik.svg(painter);
    } catch (NoClassDefFoundError e) {
      throw missing("SVG", "org.apache.xmlgraphics:batik-svggen:1.19", e);
    }
  }

  static byte[] pdf(FigurePainter painter) {
    try {
      return PdfBox.pdf(painter);
    } catch (NoClassDefFoundError e) {
      throw missing("PDF", "de.rototor.pdfbox:graphics2d:3.0.5", e);
    }
  }

  private static IllegalStateException missing(String format, String library, Throwable cause) {
    return new IllegalStateException(
        format + " needs the library " + library + " on the class path; PNG needs none", cause);
  }

  /** Loaded when it is used, so that the library may be missing. */
  private static final class Batik {
    static String svg(FigurePainter painter) {
      try {
        Document document =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .getDOMImplementation()
                .createDocument(SVG, "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("mdx");
        context.setImageHandler(new Embedded());
        SVGGraphics2D g = new SVGGraphics2D(context, false);
        g.setSVGCanvasSize(new Dimension(painter.width(), painter.height()));
        painter.paint(g);
        StringWriter out = new StringWriter();
        g.stream(out, true);
        return NOT_XML.matcher(out.toString()).replaceAll("\uFFFD");
      } catch (ParserConfigurationException | SVGGraphics2DIOException e) {
        throw new IllegalStateException("SVG: " + e.getMessage(), e);
      }
    }
  }

  /** Images within the text, written as PNG by the JDK. */
  private static final class Embedded extends ImageHandlerBase64Encoder {
    @Override
    public void encodeImage(RenderedImage image, OutputStream out) throws SVGGraphics2DIOException {
      try {
        ImageIO.write(image, "png", out);
      } catch (IOException e) {
        throw new SVGGraphics2DIOException(e.getMessage(), e);
      }
    }
  }

  /** Loaded when it is used, so that the library may be missing. */
  private static final class PdfBox {
    static byte[] pdf(FigurePainter painter) {
      try (PDDocument document = new PDDocument()) {
        document.setDocumentId(1L); // else the time is in it
        PDPage page = new PDPage(new PDRectangle(painter.width(), painter.height()));
        document.addPage(page);
        PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, painter.width(), painter.height());
        painter.paint(g);
        g.dispose();
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.drawForm(g.getXFormObject());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
