package dev.tidemark.engine.sync;

/**
 * A file of the remote that could not be used. It is left where it is and tried again by later syncs.
 *
 * @param name the object's name in the storage
 * @param reason what is wrong with it, as the end of a sentence
 */
public record QuarantinedFile(String name, String reason) {}
