/**
 * End-to-end encryption of a library in a storage: its keys, its passphrase and its recovery code. Encryption needs the
 * optional dependencies that {@code docs/dependencies.md} lists.
 */
@NullMarked
package dev.tidemark.engine.encryption;

import org.jspecify.annotations.NullMarked;
