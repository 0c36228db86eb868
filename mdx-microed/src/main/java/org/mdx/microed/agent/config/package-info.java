/**
 * The configuration of an agent, read from one TOML file.
 *
 * <p>{@link org.mdx.microed.agent.config.AgentConfig} is the value, {@link
 * org.mdx.microed.agent.config.ConfigReader} reads it. Uses the steps, which a configuration names.
 */
package org.mdx.microed.agent.config;
