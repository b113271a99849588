/** Helpers for JDBC: values, statements and error messages. */
@NullMarked
package dev.tidemark.engine.internal.sql;

import org.jspecify.annotations.NullMarked;
