/** What the file system has to promise. */
@NullMarked
package dev.tidemark.engine.internal.files;

import org.jspecify.annotations.NullMarked;
