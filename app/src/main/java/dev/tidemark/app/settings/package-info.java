/** The folders and settings of a profile. No JavaFX. */
@NullMarked
package dev.tidemark.app.settings;

import org.jspecify.annotations.NullMarked;
