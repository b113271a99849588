/** The detail pane: shows one item with its attachments and conflicts, and saves changes while the user types. */
@NullMarked
package dev.tidemark.app.detail;

import org.jspecify.annotations.NullMarked;
