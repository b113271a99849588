/** What was changed, by whom and knowing what: changes, stamps, version vectors, and the {@link dev.tidemark.engine.changelog.Changelog} they are kept in. */
@NullMarked
package dev.tidemark.engine.changelog;

import org.jspecify.annotations.NullMarked;
