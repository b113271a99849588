/**
 * Handles attachments outside the database: which types can be opened, how files are marked, when copies are deleted.
 */
@NullMarked
package dev.tidemark.app.attachment;

import org.jspecify.annotations.NullMarked;
