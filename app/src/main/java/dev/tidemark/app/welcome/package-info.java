/** The welcome card of an empty library, with four ways to start. */
@NullMarked
package dev.tidemark.app.welcome;

import org.jspecify.annotations.NullMarked;
