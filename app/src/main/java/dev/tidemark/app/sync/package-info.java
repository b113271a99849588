/** The sync status at the bottom of the sidebar, its panel, and the actions for problems. */
@NullMarked
package dev.tidemark.app.sync;

import org.jspecify.annotations.NullMarked;
