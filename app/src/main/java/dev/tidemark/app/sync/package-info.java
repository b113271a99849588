/** The state of sync at the foot of the sidebar: one small icon and one short sentence. */
@NullMarked
package dev.tidemark.app.sync;

import org.jspecify.annotations.NullMarked;
