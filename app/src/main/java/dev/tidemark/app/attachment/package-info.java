/** Copies of attached files outside the database: which kinds are opened, how they are marked, and when they are deleted. */
@NullMarked
package dev.tidemark.app.attachment;

import org.jspecify.annotations.NullMarked;
