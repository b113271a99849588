package dev.tidemark.app.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item that an import format has read. Immutable.
 *
 * @param fields the fields that the source has, with the names and forms of {@link ItemJson#fields}. The {@code id} is
 *     optional
 * @param files the files to attach
 */
public record ImportedItem(Map<String, @Nullable Object> fields, List<ImportedFile> files) {}
