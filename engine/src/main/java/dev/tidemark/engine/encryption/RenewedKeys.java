package dev.tidemark.engine.encryption;

/**
 * What a new key for later files brings. Immutable.
 *
 * @param keys the keys before and the new one: keep them in the place of those before
 * @param code the new recovery code, which opens all of them; those before open nothing any more
 */
public record RenewedKeys(LibraryKeys keys, RecoveryCode code) {}
