/** Finds due reminders, notifies the user, and dismisses or postpones reminders. */
@NullMarked
package dev.tidemark.app.reminder;

import org.jspecify.annotations.NullMarked;
