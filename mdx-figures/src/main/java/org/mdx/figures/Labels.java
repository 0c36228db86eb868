package org.mdx.figures;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.function.DoubleUnaryOperator;

/** Text on a picture; none where the machine has no fonts, as on some servers. */
final class Labels {
  private final Graphics2D graphics;
  private boolean fonts = true;

  Labels(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /** Text with its middle at x. */
  void centred(String text, Font font, double x, double baseline) {
    draw(text, font, w -> x - w / 2, baseline);
  }

  /** Text that begins at x. */
  void leftAligned(String text, Font font, double x, double baseline) {
    draw(text, font, w -> x, baseline);
  }

  /** Text that begins at one x, or ends at another where it is longer than between them. */
  void over(String text, Font font, double from, double to, double baseline) {
    draw(text, font, w -> Math.min(from, to - w), baseline);
  }

  /** Text that ends at x. */
  void rightAligned(String text, Font font, double x, double baseline) {
    draw(text, font, w -> x - w, baseline);
  }

  /** Begins where the text's width says. */
  private void draw(String text, Font font, DoubleUnaryOperator begin, double baseline) {
    if (!fonts) {
      return;
    }
    try {
      graphics.setFont(font);
      double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
      graphics.drawString(text, (float) begin.applyAsDouble(width), (float) baseline);
    } catch (LinkageError | InternalError | RuntimeException e) {
      fonts = false; // what the JDK throws without fontconfig or without any font file
    }
  }
}
