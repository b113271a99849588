/** File operations with guarantees that the JDK does not give: durable names, private files, recognised errors. */
@NullMarked
package dev.tidemark.engine.internal.files;

import org.jspecify.annotations.NullMarked;
