package org.mdx.cli.terminal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Signals of the operating system. Java has no public class for them; {@code sun.misc.Signal} of
 * the module jdk.unsupported is there in every JDK and is reached by reflection, so that the
 * compiler does not warn. Where it is missing, nothing happens.
 */
final class Signals {
  /** Those that ask a program to end. */
  private static final String[] NAMES = {"INT", "TERM", "HUP"};

  /** A shell that has not sent a signal by then will not. */
  private static final long SECONDS = 5;

  private Signals() {}

  /** Has the receiver called, on a thread of its own, with the name of each signal that comes. */
  static void receive(Consumer<String> receiver) {
    for (String name : NAMES) {
      try {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object handler =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handlerType},
                (proxy, method, args) -> {
                  if (method.getName().equals("handle")) {
                    receiver.accept(name);
                  }
                  return null;
                });
        handle(name, handlerType, handler);
      } catch (ReflectiveOperationException e) {
        // no such class, or the virtual machine leaves the signal to others
      }
    }
  }

  /**
   * Ends this process as if it had not looked at the signal, so that the shell above learns of it.
   * The signal comes from a shell, since the class does not raise one that nobody handles. Returns
   * if that is impossible.
   */
  static void endBy(String name) {
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      handle(name, handlerType, handlerType.getField("SIG_DFL").get(null));
      String kill = "kill -" + name + " " + ProcessHandle.current().pid();
      new ProcessBuilder("sh", "-c", kill).start().waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (ReflectiveOperationException | IOException | InterruptedException e) {
      // the caller ends the process with the code of the signal
    }
  }

  /** Exit code of a process that the signal ends, as shells show it. */
  static int exitCode(String name) {
    return 128
        + switch (name) {
          case "HUP" -> 1;
          case "INT" -> 2;
          default -> 15;
        };
  }

  private static void handle(String name, Class<?> handlerType, Object handler)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    try {
      Object signal = type.getConstructor(String.class).newInstance(name);
      type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException("signal " + name + " cannot be handled", e);
    }
  }
}
