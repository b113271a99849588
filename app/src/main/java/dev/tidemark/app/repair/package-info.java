/** Checks the library on this device, and repairs it. */
@NullMarked
package dev.tidemark.app.repair;

import org.jspecify.annotations.NullMarked;
