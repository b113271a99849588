/** Parses dates that users type in English or German, and converts between local time and instants. */
@NullMarked
package dev.tidemark.app.dates;

import org.jspecify.annotations.NullMarked;
