package org.mdx.jupyter;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Shows values in the kernel JJava, which finds this class as a service. */
public final class JJavaDisplay implements Extension {

  /** Made by the kernel. */
  public JJavaDisplay() {}

  @Override
  public void install(BaseKernel kernel) {
    for (Class<?> type : Shown.CLASSES) {
      kernel
          .getRenderer()
          .createRegistration(type)
          .supporting(Shown.PNG, Shown.HTML)
          .register(
              (value, context) -> {
                Shown shown = Shown.of(value);
                context.getOutputContainer().putData(shown.type(), shown.content());
                context.getOutputContainer().putText(shown.text());
              });
    }
  }
}
