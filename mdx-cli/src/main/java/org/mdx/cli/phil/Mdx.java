package org.mdx.cli.phil;

import java.io.PrintWriter;
import java.util.List;

/** Commands of mdx, as a launcher runs them. */
public interface Mdx {

  /**
   * Runs a command.
   *
   * @param words of its command line
   * @return its exit code
   */
  int run(List<String> words);

  /**
   * Where it prints.
   *
   * @return standard output and the log
   */
  PrintWriter out();
}
