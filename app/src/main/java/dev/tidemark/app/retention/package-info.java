/** Log truncation by the app, and the sizes of the library. */
@NullMarked
package dev.tidemark.app.retention;

import org.jspecify.annotations.NullMarked;
