/** Log truncation by age, and the sizes of the library. */
@NullMarked
package dev.tidemark.app.retention;

import org.jspecify.annotations.NullMarked;
