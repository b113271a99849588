/** What goes wrong, as a person is told: codes, what to do, the page in the place of a window, the notice within one. */
@NullMarked
package dev.tidemark.app.errors;

import org.jspecify.annotations.NullMarked;
