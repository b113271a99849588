/** Thin help around JDBC: values, statements, sentences for errors. */
@NullMarked
package dev.tidemark.engine.internal.sql;

import org.jspecify.annotations.NullMarked;
