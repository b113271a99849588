/** What is in an exported file, what importing it would do, and doing so. */
@NullMarked
package dev.tidemark.app.importing;

import org.jspecify.annotations.NullMarked;
