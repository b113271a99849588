package dev.tidemark.app.settings;

/** Whether the app makes backups by itself. */
public enum BackupSchedule {
    OFF,
    /** Once a day, also while the app runs in the background. */
    DAILY
}
