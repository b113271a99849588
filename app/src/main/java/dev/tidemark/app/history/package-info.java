/** The history of the library. Reads and shows the changes of all devices, undoes changes and restores old versions. */
@NullMarked
package dev.tidemark.app.history;

import org.jspecify.annotations.NullMarked;
