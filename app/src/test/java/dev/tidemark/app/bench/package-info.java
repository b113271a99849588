/** What the program is measured by, as whole processes and in its window; docs/benchmarks.md says what and why. */
@NullMarked
package dev.tidemark.app.bench;

import org.jspecify.annotations.NullMarked;
