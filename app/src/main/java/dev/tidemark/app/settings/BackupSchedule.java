package dev.tidemark.app.settings;

/** Whether the app creates backups automatically. */
public enum BackupSchedule {
    OFF,
    /** The app creates a backup once a day, even while it runs in the background. */
    DAILY
}
