/** What tests expect in the log. */
@NullMarked
package dev.tidemark.log;

import org.jspecify.annotations.NullMarked;
