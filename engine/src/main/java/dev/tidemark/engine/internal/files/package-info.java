/** File operations with guarantees that the JDK does not give, such as durable names and private files. */
@NullMarked
package dev.tidemark.engine.internal.files;

import org.jspecify.annotations.NullMarked;
