package dev.tidemark.resources;

/**
 * The keys of the bundle {@code messages}. The name of a constant is its key in capitals; a test compares the two with the
 * bundles and with the places of use.
 */
public final class Keys {
    public static final String APP_NAME = "app.name";

    public static final String SIDEBAR_TITLE = "sidebar.title";
    public static final String SIDEBAR_INBOX = "sidebar.inbox";
    public static final String SIDEBAR_TODAY = "sidebar.today";
    public static final String SIDEBAR_ALL = "sidebar.all";
    public static final String SIDEBAR_NOTES = "sidebar.notes";
    public static final String SIDEBAR_CONFLICTS = "sidebar.conflicts";
    public static final String SIDEBAR_TRASH = "sidebar.trash";
    public static final String SIDEBAR_LISTS = "sidebar.lists";
    public static final String SIDEBAR_NEW_LIST = "sidebar.new-list";
    public static final String SIDEBAR_NEW_LIST_PROMPT = "sidebar.new-list.prompt";
    public static final String SIDEBAR_SETTINGS = "sidebar.settings";
    public static final String SIDEBAR_ENTRY_ACCESSIBLE = "sidebar.entry.accessible";

    public static final String LIST_ITEMS = "list.items";
    public static final String LIST_UNTITLED = "list.untitled";
    public static final String LIST_SHOW_DONE = "list.show-done";
    public static final String LIST_ROW_TICK = "list.row.tick";
    public static final String LIST_ROW_TRASH = "list.row.trash";
    public static final String LIST_ROW_RESTORE = "list.row.restore";
    public static final String LIST_ROW_CONFLICT = "list.row.conflict";
    public static final String LIST_ROW_NOTE = "list.row.note";
    public static final String LIST_ROW_MORE = "list.row.more";
    public static final String LIST_ROW_ACCESSIBLE = "list.row.accessible";
    public static final String LIST_ROW_STATE_OPEN = "list.row.state.open";
    public static final String LIST_ROW_STATE_DONE = "list.row.state.done";
    public static final String LIST_ROW_STATE_OVERDUE = "list.row.state.overdue";
    public static final String LIST_ROW_STATE_DUE = "list.row.state.due";

    public static final String ADD_PROMPT = "add.prompt";
    public static final String ADD_PROMPT_NOTE = "add.prompt.note";
    public static final String ADD_PROMPT_TODAY = "add.prompt.today";
    public static final String ADD_PROMPT_LIST = "add.prompt.list";

    public static final String EMPTY_INBOX = "empty.inbox";
    public static final String EMPTY_TODAY = "empty.today";
    public static final String EMPTY_ALL = "empty.all";
    public static final String EMPTY_NOTES = "empty.notes";
    public static final String EMPTY_CONFLICTS = "empty.conflicts";
    public static final String EMPTY_TRASH = "empty.trash";
    public static final String EMPTY_LIST = "empty.list";
    public static final String EMPTY_ADD = "empty.add";
    public static final String EMPTY_SHOW_ALL = "empty.show-all";

    public static final String DUE_NONE = "due.none";
    public static final String DUE_TODAY = "due.today";
    public static final String DUE_TOMORROW = "due.tomorrow";
    public static final String DUE_YESTERDAY = "due.yesterday";
    public static final String DUE_NEXT_WEEK = "due.next-week";
    public static final String DUE_CLEAR = "due.clear";
    public static final String DUE_SET = "due.set";
    public static final String DUE_WITH_TIME = "due.with-time";
    public static final String DUE_TIME = "due.time";
    public static final String DUE_TIME_PROMPT = "due.time.prompt";
    public static final String DUE_ACCESSIBLE = "due.accessible";

    public static final String DETAIL_NOTHING = "detail.nothing";
    public static final String DETAIL_TITLE = "detail.title";
    public static final String DETAIL_TITLE_PROMPT = "detail.title.prompt";
    public static final String DETAIL_BODY = "detail.body";
    public static final String DETAIL_BODY_PROMPT = "detail.body.prompt";
    public static final String DETAIL_DONE = "detail.done";
    public static final String DETAIL_BACK = "detail.back";
    public static final String DETAIL_LIST_ACCESSIBLE = "detail.list.accessible";
    public static final String DETAIL_KIND_TODO = "detail.kind.todo";
    public static final String DETAIL_KIND_NOTE = "detail.kind.note";
    public static final String DETAIL_KIND_ACCESSIBLE = "detail.kind.accessible";
    public static final String DETAIL_PREVIEW = "detail.preview";
    public static final String DETAIL_TRASH = "detail.trash";
    public static final String DETAIL_RESTORE = "detail.restore";
    public static final String DETAIL_PURGE = "detail.purge";
    public static final String DETAIL_PURGE_SURE = "detail.purge.sure";
    public static final String DETAIL_TRASHED = "detail.trashed";
    public static final String DETAIL_CHANGED = "detail.changed";
    public static final String DETAIL_CHANGED_HERE = "detail.changed.here";
    public static final String DETAIL_CREATED = "detail.created";
    public static final String DETAIL_CREATED_HERE = "detail.created.here";
    public static final String DETAIL_UNSAVED = "detail.unsaved";
    public static final String DETAIL_GONE = "detail.gone";

    public static final String CONFLICT_LOST = "conflict.lost";
    public static final String CONFLICT_DELETED = "conflict.deleted";
    public static final String CONFLICT_EMPTY = "conflict.empty";
    public static final String CONFLICT_FIELD_TITLE = "conflict.field.title";
    public static final String CONFLICT_FIELD_BODY = "conflict.field.body";
    public static final String CONFLICT_FIELD_DONE = "conflict.field.done";
    public static final String CONFLICT_FIELD_DUE = "conflict.field.due";
    public static final String CONFLICT_FIELD_LIST = "conflict.field.list";
    public static final String CONFLICT_FIELD_KIND = "conflict.field.kind";
    public static final String CONFLICT_FIELD_TRASHED = "conflict.field.trashed";
    public static final String CONFLICT_FIELD_ROW = "conflict.field.row";
    public static final String CONFLICT_FIELD_OTHER = "conflict.field.other";
    public static final String CONFLICT_USE = "conflict.use";
    public static final String CONFLICT_KEEP = "conflict.keep";
    public static final String CONFLICT_VALUE_YES = "conflict.value.yes";
    public static final String CONFLICT_VALUE_NO = "conflict.value.no";

    public static final String TIME_NOW = "time.now";
    public static final String TIME_MINUTES = "time.minutes";
    public static final String TIME_TODAY = "time.today";
    public static final String TIME_YESTERDAY = "time.yesterday";
    public static final String TIME_DATE = "time.date";

    public static final String TOAST_TRASHED = "toast.trashed";
    public static final String TOAST_RESTORED = "toast.restored";
    public static final String TOAST_PURGED = "toast.purged";
    public static final String TOAST_UNDO = "toast.undo";
    public static final String TOAST_CLOSE = "toast.close";

    public static final String SYNC_OFF = "sync.off";
    public static final String SYNC_NEVER = "sync.never";
    public static final String SYNC_NOW = "sync.now";
    public static final String SYNC_AT = "sync.at";
    public static final String SYNC_PENDING = "sync.pending";
    public static final String SYNC_RUNNING = "sync.running";
    public static final String SYNC_RUNNING_PUSHING = "sync.running.pushing";
    public static final String SYNC_RUNNING_PULLING = "sync.running.pulling";
    public static final String SYNC_PROBLEM = "sync.problem";
    public static final String SYNC_PANEL_TITLE = "sync.panel.title";
    public static final String SYNC_PANEL_LAST = "sync.panel.last";
    public static final String SYNC_PANEL_TARGET = "sync.panel.target";
    public static final String SYNC_PANEL_OFF = "sync.panel.off";
    public static final String SYNC_PANEL_SYNC = "sync.panel.sync";
    public static final String SYNC_PANEL_SETTINGS = "sync.panel.settings";
    public static final String SYNC_PANEL_SET_UP = "sync.panel.set-up";
    public static final String SYNC_ACCESSIBLE = "sync.accessible";

    public static final String SETTINGS_TITLE = "settings.title";
    public static final String SETTINGS_GENERAL = "settings.general";
    public static final String SETTINGS_SYNC = "settings.sync";
    public static final String SETTINGS_THEME = "settings.theme";
    public static final String SETTINGS_THEME_HINT = "settings.theme.hint";
    public static final String SETTINGS_THEME_SYSTEM = "settings.theme.system";
    public static final String SETTINGS_THEME_LIGHT = "settings.theme.light";
    public static final String SETTINGS_THEME_DARK = "settings.theme.dark";
    public static final String SETTINGS_SYNC_TARGET = "settings.sync.target";
    public static final String SETTINGS_SYNC_TARGET_HINT = "settings.sync.target.hint";
    public static final String SETTINGS_SYNC_TARGET_OFF = "settings.sync.target.off";
    public static final String SETTINGS_SYNC_TARGET_FOLDER = "settings.sync.target.folder";
    public static final String SETTINGS_SYNC_FOLDER = "settings.sync.folder";
    public static final String SETTINGS_SYNC_FOLDER_NONE = "settings.sync.folder.none";
    public static final String SETTINGS_SYNC_FOLDER_CHOOSE = "settings.sync.folder.choose";
    public static final String SETTINGS_SYNC_FOLDER_TITLE = "settings.sync.folder.title";
    public static final String SETTINGS_SYNC_NAME = "settings.sync.name";
    public static final String SETTINGS_SYNC_NAME_HINT = "settings.sync.name.hint";
    public static final String SETTINGS_SYNC_INTERVAL = "settings.sync.interval";
    public static final String SETTINGS_SYNC_INTERVAL_HINT = "settings.sync.interval.hint";
    public static final String SETTINGS_SYNC_INTERVAL_SECONDS = "settings.sync.interval.seconds";
    public static final String SETTINGS_SYNC_INTERVAL_MINUTES = "settings.sync.interval.minutes";
    public static final String SETTINGS_SYNC_CHECK = "settings.sync.check";
    public static final String SETTINGS_SYNC_CHECK_HINT = "settings.sync.check.hint";
    public static final String SETTINGS_SYNC_TEST = "settings.sync.test";
    public static final String SETTINGS_SYNC_TEST_RUNNING = "settings.sync.test.running";
    public static final String SETTINGS_SYNC_TEST_GOOD = "settings.sync.test.good";
    public static final String SETTINGS_SYNC_TEST_DIFFERS = "settings.sync.test.differs";
    public static final String SETTINGS_SYNC_NOW = "settings.sync.now";

    public static final String FAILURE_TITLE = "failure.title";
    public static final String FAILURE_CLOSE = "failure.close";

    private Keys() {}
}
