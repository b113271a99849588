/** Import formats: each reads a file or folder of one program into items, and reports what it could not map. */
@NullMarked
package dev.tidemark.app.importing.format;

import org.jspecify.annotations.NullMarked;
