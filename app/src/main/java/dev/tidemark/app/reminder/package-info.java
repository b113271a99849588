/** Reminders: which have come, how the person hears of them, and what can be done about them. */
@NullMarked
package dev.tidemark.app.reminder;

import org.jspecify.annotations.NullMarked;
