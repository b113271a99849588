/** Checks for a newer version if the user enabled the check. Never downloads or installs a version. */
@NullMarked
package dev.tidemark.app.updates;

import org.jspecify.annotations.NullMarked;
