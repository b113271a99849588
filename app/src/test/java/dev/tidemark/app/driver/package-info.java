/** Works the window as a person would: by what is on the screen, with mouse and keys. For tests only. */
package dev.tidemark.app.driver;
