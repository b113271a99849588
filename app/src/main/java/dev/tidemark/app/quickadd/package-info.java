/** Where a line becomes an item: the field that shows what it understood, and the small window that has nothing else. */
@NullMarked
package dev.tidemark.app.quickadd;

import org.jspecify.annotations.NullMarked;
