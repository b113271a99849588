/** Dates as users type them, in English or German, and wall time. */
@NullMarked
package dev.tidemark.app.dates;

import org.jspecify.annotations.NullMarked;
