package org.mdx.pipeline;

import java.util.function.UnaryOperator;
import org.mdx.correct.BackgroundBinner;
import org.mdx.correct.BackgroundOptions;
import org.mdx.geometry.Conventions;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;

/** A background that is binned when it is first needed. */
final class Background {
  private final ImageSeries blank;
  private final UnaryOperator<BackgroundOptions> options;
  private BinnedImageSeries rates;
  private Conventions conventions;

  Background(ImageSeries blank, UnaryOperator<BackgroundOptions> options) {
    this.blank = blank;
    this.options = options;
  }

  Background(BinnedImageSeries rates) {
    this(null, null);
    this.rates = rates;
  }

  /** Its count rates; read from the images once for each of the two ways. */
  synchronized BinnedImageSeries rates(Context context) {
    if (blank != null && (rates == null || conventions != context.conventions())) {
      BackgroundOptions o = options(context);
      rates = BackgroundBinner.bin(blank, o, context.parallel(), context.progress());
      conventions = context.conventions();
    }
    return rates;
  }

  /** Refuses options that cannot be. */
  BackgroundOptions options(Context context) {
    return options.apply(BackgroundOptions.defaults().conventions(context.conventions()));
  }

  @Override
  public String toString() {
    return blank == null ? "background " + rates : "background " + blank;
  }
}
