/** What a person sees who opens an empty library for the first time: four ways to begin. */
@NullMarked
package dev.tidemark.app.welcome;

import org.jspecify.annotations.NullMarked;
