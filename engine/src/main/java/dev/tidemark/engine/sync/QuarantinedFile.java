package dev.tidemark.engine.sync;

import dev.tidemark.engine.Problem;

/**
 * A file of the remote that could not be used. It is left where it is and tried again by later syncs. Immutable.
 *
 * @param name the object's name in the storage
 * @param reason what is wrong with it: a sentence without places
 */
public record QuarantinedFile(String name, Problem reason) {}
