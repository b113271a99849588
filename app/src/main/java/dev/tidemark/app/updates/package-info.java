/** Whether there is a newer version, asked for only where the person wants it, and only told. */
@NullMarked
package dev.tidemark.app.updates;

import org.jspecify.annotations.NullMarked;
