/** The quick-add field, which shows the recognised parts of a line, and the quick-add window. */
@NullMarked
package dev.tidemark.app.quickadd;

import org.jspecify.annotations.NullMarked;
