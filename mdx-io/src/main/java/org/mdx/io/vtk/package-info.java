/**
 * VTK's image data: XML with the values appended as they are ({@code .vti}), and the legacy text
 * form that Lunus reads ({@code .vtk}).
 *
 * <p>Main types: {@link org.mdx.io.vtk.Vti}, {@link org.mdx.io.vtk.LegacyVtk}. Uses {@code
 * org.mdx.io} and maps of mdx-core.
 */
package org.mdx.io.vtk;
