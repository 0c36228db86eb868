/**
 * TOML files that people write: instrument profiles and configurations.
 *
 * <p>Main type: {@link org.mdx.io.toml.TomlFile}, the one place where such a file is read, so that
 * all of them refuse the same things in the same words. Uses {@code org.mdx.io}; is used by {@code
 * org.mdx.io.instrument} and by programs with a configuration.
 */
package org.mdx.io.toml;
