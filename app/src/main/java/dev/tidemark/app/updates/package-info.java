/** Checks for a newer version if the user enabled it. Never downloads or installs one. */
@NullMarked
package dev.tidemark.app.updates;

import org.jspecify.annotations.NullMarked;
