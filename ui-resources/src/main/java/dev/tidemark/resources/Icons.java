package dev.tidemark.resources;

/** Lists the icons of the app by their Ikonli names. All are from the Feather icon set. */
public final class Icons {
    public static final String INBOX = "fth-inbox";
    public static final String TODAY = "fth-sun";
    public static final String UPCOMING = "fth-chevrons-right";
    public static final String ALL = "fth-layers";
    public static final String NOTES = "fth-file-text";
    public static final String CONFLICT = "fth-git-merge";
    public static final String TRASH = "fth-trash-2";
    public static final String RESTORE = "fth-corner-up-left";
    public static final String ADD = "fth-plus";
    public static final String CLOSE = "fth-x";
    public static final String BACK = "fth-chevron-left";
    public static final String FORWARD = "fth-chevron-right";
    public static final String OPENS_BELOW = "fth-chevron-down";
    public static final String SETTINGS = "fth-settings";
    public static final String GENERAL = "fth-sliders";
    public static final String SYNC = "fth-refresh-cw";
    public static final String SYNCED = "fth-cloud";
    public static final String SYNC_OFF = "fth-cloud-off";
    public static final String PENDING = "fth-upload-cloud";
    public static final String PROBLEM = "fth-alert-circle";
    public static final String OFFLINE = "fth-wifi-off";
    public static final String PAUSED = "fth-pause-circle";
    public static final String DUE = "fth-calendar";
    public static final String TIME = "fth-clock";
    public static final String REPEAT = "fth-repeat";
    public static final String PRIORITY = "fth-flag";
    public static final String TAG = "fth-hash";
    public static final String LIST = "fth-list";
    public static final String COMPLETED = "fth-check-circle";
    public static final String MORE = "fth-more-horizontal";
    public static final String SHOW_DONE = "fth-check-square";
    public static final String PREVIEW = "fth-eye";
    public static final String EDIT = "fth-edit-2";
    public static final String OUTSIDE = "fth-external-link";
    public static final String COPY = "fth-clipboard";
    public static final String DUPLICATE = "fth-copy";
    public static final String LATER = "fth-arrow-right";
    public static final String EARLIER = "fth-arrow-left";
    public static final String DONE = "fth-check";
    public static final String UNDO = "fth-rotate-ccw";
    public static final String REDO = "fth-rotate-cw";
    public static final String COMMANDS = "fth-terminal";
    public static final String KEYS = "fth-command";
    public static final String ITEM = "fth-circle";
    public static final String REMINDER = "fth-bell";
    public static final String ATTACHMENT = "fth-paperclip";
    public static final String AWAY = "fth-download-cloud";
    public static final String SAVE = "fth-download";
    public static final String ABOUT = "fth-info";
    public static final String LARGER = "fth-zoom-in";
    public static final String SMALLER = "fth-zoom-out";
    public static final String USUAL = "fth-maximize";
    public static final String QUIT = "fth-power";
    public static final String PRINT = "fth-printer";
    public static final String FOLDER = "fth-folder";

    public static final String SEARCH = "fth-search";
    public static final String KEEP = "fth-bookmark";
    public static final String ARRANGE = "fth-filter";
    public static final String COLOR = "fth-droplet";
    public static final String UP = "fth-arrow-up";
    public static final String DOWN = "fth-arrow-down";
    public static final String NONE = "fth-slash";

    private Icons() {}
}
