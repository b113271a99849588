/** Shows errors: text, advice, error page and notice. */
@NullMarked
package dev.tidemark.app.errors;

import org.jspecify.annotations.NullMarked;
