/** The detail pane: one item's title, text, date and list, saved as typed; what lost a conflict, and how to get it back. */
@NullMarked
package dev.tidemark.app.detail;

import org.jspecify.annotations.NullMarked;
