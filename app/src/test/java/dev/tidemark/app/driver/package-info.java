/** Operates the window like a user: by what is on the screen, with mouse and keys. For tests only. */
package dev.tidemark.app.driver;
