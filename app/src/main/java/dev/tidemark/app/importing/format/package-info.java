/** Import formats: each reads a file or folder of one program into items, and reports unmapped content. */
@NullMarked
package dev.tidemark.app.importing.format;

import org.jspecify.annotations.NullMarked;
