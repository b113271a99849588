/** Files in the age format, the keys that open them, and what keeps others from exchanging them. */
@NullMarked
package dev.tidemark.engine.internal.encryption;

import org.jspecify.annotations.NullMarked;
