/** What every device changed, when: read from the changelog, shown, undone and restored. */
@NullMarked
package dev.tidemark.app.history;

import org.jspecify.annotations.NullMarked;
