/** Changes, timestamps, version vectors, and the {@link dev.tidemark.engine.changelog.Changelog} that holds them. */
@NullMarked
package dev.tidemark.engine.changelog;

import org.jspecify.annotations.NullMarked;
