/**
 * Handles attachments as files outside the database. Decides which types a click opens, marks saved files as coming
 * from another computer, and deletes temporary copies.
 */
@NullMarked
package dev.tidemark.app.attachment;

import org.jspecify.annotations.NullMarked;
