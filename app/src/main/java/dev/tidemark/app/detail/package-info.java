/** The detail pane: the fields of one item, saved as the user types, its attachments and its conflicts. */
@NullMarked
package dev.tidemark.app.detail;

import org.jspecify.annotations.NullMarked;
