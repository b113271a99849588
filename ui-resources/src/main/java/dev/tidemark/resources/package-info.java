/** Stylesheets, tokens, fonts, icons and text bundles, and the constants that name them. No logic. */
@NullMarked
package dev.tidemark.resources;

import org.jspecify.annotations.NullMarked;
