/** Reminders: finds due ones, notifies the user, and dismisses or postpones them. */
@NullMarked
package dev.tidemark.app.reminder;

import org.jspecify.annotations.NullMarked;
