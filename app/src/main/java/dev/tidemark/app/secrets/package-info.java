/** Stores secrets between starts if the system has a keychain. This package does not use JavaFX. */
@NullMarked
package dev.tidemark.app.secrets;

import org.jspecify.annotations.NullMarked;
