/** The export formats. Each writes all items to a file or folder. */
@NullMarked
package dev.tidemark.app.exporting;

import org.jspecify.annotations.NullMarked;
