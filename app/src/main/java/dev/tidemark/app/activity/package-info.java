/** The page of sync activity, and its texts. */
@NullMarked
package dev.tidemark.app.activity;

import org.jspecify.annotations.NullMarked;
