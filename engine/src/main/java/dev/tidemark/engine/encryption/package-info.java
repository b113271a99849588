/**
 * End-to-end encryption of a library in a storage: its keys, its passphrase and its recovery code. Needs the optional
 * dependencies of the engine that {@code docs/dependencies.md} names.
 */
@NullMarked
package dev.tidemark.engine.encryption;

import org.jspecify.annotations.NullMarked;
