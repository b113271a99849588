/** Stylesheets, tokens, fonts, icons and text bundles, with constants for their names. */
@NullMarked
package dev.tidemark.resources;

import org.jspecify.annotations.NullMarked;
