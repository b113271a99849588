/** Quick add: what a person types on one line, with dates, tags and the like in it. */
@NullMarked
package dev.tidemark.app.parser;

import org.jspecify.annotations.NullMarked;
