package org.mdx.cli.terminal;

/**
 * Both spellings of words on the command line: {@code --count_threshold} as mdx2 has it, and with a
 * dash.
 */
public final class Spelling {
  private Spelling() {}

  /**
   * The same command line with dashes for underscores in option names and in the command's name.
   */
  public static String[] withDashes(String[] args) {
    String[] out = args.clone();
    boolean options = true;
    boolean command = true;
    for (int i = 0; i < out.length; i++) {
      options &= !out[i].equals("--");
      if (options && out[i].startsWith("--")) {
        int end = out[i].indexOf('=');
        String name = end < 0 ? out[i] : out[i].substring(0, end);
        out[i] = name.replace('_', '-') + out[i].substring(name.length());
      } else if (command && !out[i].startsWith("-")) {
        out[i] = out[i].replace('_', '-');
        command = false;
      }
    }
    return out;
  }
}
