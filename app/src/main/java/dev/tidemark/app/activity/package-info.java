/** The page of what sync did, and its texts. */
@NullMarked
package dev.tidemark.app.activity;

import org.jspecify.annotations.NullMarked;
