/** What separates the quick run of the tests from the proof run. */
@NullMarked
package dev.tidemark.proof;

import org.jspecify.annotations.NullMarked;
