/** The page of the devices of the library. */
@NullMarked
package dev.tidemark.app.devices;

import org.jspecify.annotations.NullMarked;
