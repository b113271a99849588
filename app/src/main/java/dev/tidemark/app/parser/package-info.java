/** Parses the line that a user types into quick add, with a title, dates, tags and other fields. */
@NullMarked
package dev.tidemark.app.parser;

import org.jspecify.annotations.NullMarked;
