/**
 * The status of an agent, as a value and as a page for the browser of the same machine.
 *
 * <p>{@link org.mdx.microed.agent.page.AgentStatus} is the value, {@link
 * org.mdx.microed.agent.page.StatusPage} serves it. Reads the journal and changes nothing.
 */
package org.mdx.microed.agent.page;
