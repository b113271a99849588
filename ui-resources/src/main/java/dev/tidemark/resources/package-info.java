/** Stylesheets, tokens, fonts, icons and text bundles, with constants for their names. No logic. */
@NullMarked
package dev.tidemark.resources;

import org.jspecify.annotations.NullMarked;
