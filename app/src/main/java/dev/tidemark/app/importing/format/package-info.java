/**
 * The import formats. Each reads items from a file or folder of one program, and reports content that cannot be mapped.
 */
@NullMarked
package dev.tidemark.app.importing.format;

import org.jspecify.annotations.NullMarked;
