/** Encrypted storages: age files with an authenticated header, key files, and encrypted names. */
@NullMarked
package dev.tidemark.engine.internal.encryption;

import org.jspecify.annotations.NullMarked;
