/** Import of exported files: preview, confirmation and import. */
@NullMarked
package dev.tidemark.app.importing;

import org.jspecify.annotations.NullMarked;
