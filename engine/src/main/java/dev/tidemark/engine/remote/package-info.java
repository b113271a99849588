/** A library in a storage that devices share, and the service that keeps a database in step with it. */
@NullMarked
package dev.tidemark.engine.remote;

import org.jspecify.annotations.NullMarked;
