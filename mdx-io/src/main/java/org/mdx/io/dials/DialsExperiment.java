package org.mdx.io.dials;

import java.nio.file.Path;
import org.mdx.geometry.Geometry;

/**
 * One row of an experiment list.
 *
 * @param identifier unique name; may be empty
 * @param geometry its models; without crystal before indexing
 * @param template path of the images with {@code #} for the digits of the number, or null if the
 *     experiment has no images
 * @param mask path of the pixel mask, or null
 */
public record DialsExperiment(String identifier, Geometry geometry, Path template, Path mask) {}
