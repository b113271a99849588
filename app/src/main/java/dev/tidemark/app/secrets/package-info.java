/** Stores secrets between starts, in the system's keychain if it has one. No JavaFX. */
@NullMarked
package dev.tidemark.app.secrets;

import org.jspecify.annotations.NullMarked;
