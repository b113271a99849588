/** The syntax of file formats that Tidemark both reads and writes: CSV, front matter, iCalendar. */
@NullMarked
package dev.tidemark.app.interchange;

import org.jspecify.annotations.NullMarked;
