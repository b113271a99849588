/** Where a profile's files lie, and the settings in it. No JavaFX. */
@NullMarked
package dev.tidemark.app.settings;

import org.jspecify.annotations.NullMarked;
