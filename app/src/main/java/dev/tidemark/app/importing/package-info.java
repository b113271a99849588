/** Imports exported files after a preview and a confirmation. */
@NullMarked
package dev.tidemark.app.importing;

import org.jspecify.annotations.NullMarked;
