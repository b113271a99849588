/** Syncs two changelogs: {@link dev.tidemark.engine.sync.SyncEngine}, its options, its reports and its status. */
@NullMarked
package dev.tidemark.engine.sync;

import org.jspecify.annotations.NullMarked;
