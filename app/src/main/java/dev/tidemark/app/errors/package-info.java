/** Shows errors, with a description and advice, in a notice or in a window. */
@NullMarked
package dev.tidemark.app.errors;

import org.jspecify.annotations.NullMarked;
