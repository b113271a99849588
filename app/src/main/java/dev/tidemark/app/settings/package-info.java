/** The folders and settings of a profile. This package does not use JavaFX. */
@NullMarked
package dev.tidemark.app.settings;

import org.jspecify.annotations.NullMarked;
