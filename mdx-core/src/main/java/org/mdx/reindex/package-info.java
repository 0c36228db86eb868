/**
 * Indexing ambiguity: where the lattice is more symmetric than the intensities, crystals that were
 * indexed apart can disagree, and a merge of them is a mixture of different things.
 *
 * <p>Main type: {@link org.mdx.reindex.IndexingAmbiguity}. Its candidates are the operators of the
 * lattice that are none of the Laue group, one for each coset. Each sweep is reduced once to one
 * normalised value a voxel ({@link org.mdx.reindex.SweepSignal}), from which the isotropic part,
 * the fall-off and the scale are gone; sweeps are compared pairwise under every candidate, and the
 * operators are chosen for all sweeps together, so that those which share little with the first
 * sweep find their place by way of others. This is the idea of Brehm and Diederichs, Acta Cryst.
 * D70, 101 (2014), and Gildea and Winter, D74, 405 (2018), here with the diffuse signal. {@link
 * org.mdx.reindex.TableReindexer} applies an operator to a table. Uses {@code org.mdx.crystal},
 * {@code org.mdx.table} and {@code org.mdx.parallel}.
 */
package org.mdx.reindex;
