package org.mdx.figures;

import java.awt.Font;
import java.awt.Graphics2D;

/** Text on a picture; none where the machine has no fonts, as on some servers. */
final class Labels {
  private final Graphics2D graphics;
  private boolean fonts = true;

  Labels(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /** Text with its middle at x. */
  void centred(String text, Font font, double x, double baseline) {
    draw(text, font, x, baseline, 0.5);
  }

  /** Text that begins at x. */
  void leftAligned(String text, Font font, double x, double baseline) {
    draw(text, font, x, baseline, 0);
  }

  /** Text that ends at x. */
  void rightAligned(String text, Font font, double x, double baseline) {
    draw(text, font, x, baseline, 1);
  }

  private void draw(String text, Font font, double x, double baseline, double before) {
    if (!fonts) {
      return;
    }
    try {
      graphics.setFont(font);
      double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
      graphics.drawString(text, (float) (x - before * width), (float) baseline);
    } catch (LinkageError | InternalError | RuntimeException e) {
      fonts = false; // what the JDK throws without fontconfig or without any font file
    }
  }
}
