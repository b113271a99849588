/** The sync status at the bottom of the sidebar, its panel, and the actions against sync problems. */
@NullMarked
package dev.tidemark.app.sync;

import org.jspecify.annotations.NullMarked;
