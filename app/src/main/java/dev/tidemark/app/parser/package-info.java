/** Parser for quick add: a line with a title, dates, tags and other fields. */
@NullMarked
package dev.tidemark.app.parser;

import org.jspecify.annotations.NullMarked;
