/** The history of the library: reads changes of all devices from the changelog, shows, undoes and restores them. */
@NullMarked
package dev.tidemark.app.history;

import org.jspecify.annotations.NullMarked;
