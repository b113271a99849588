package dev.tidemark.resources;

/** The style classes that our stylesheets know. */
public final class Styles {
    public static final String BUSY = "busy";
    public static final String CAPTION = "caption";
    public static final String CAUTION = "caution";
    public static final String CHIP = "chip";
    public static final String CHOICE_BAR = "choice-bar";
    public static final String CHOICE_BUTTON = "choice-button";
    public static final String CODE = "code";
    public static final String CONFLICT = "conflict";
    public static final String DANGER = "danger";
    public static final String DATE = "date";
    public static final String DONE = "done";
    public static final String FIELD = "field";
    public static final String FOLDED = "folded";
    public static final String GOOD = "good";
    public static final String HAIRLINE = "hairline";
    public static final String HIGH = "high";
    public static final String ICON_BUTTON = "icon-button";
    public static final String LINK = "link";
    public static final String LIST_DOT = "list-dot";
    public static final String MUTED = "muted";
    public static final String OPAQUE = "opaque";
    public static final String OUTLINED = "outlined";
    public static final String OVERDUE = "overdue";
    public static final String PLAIN = "plain";
    public static final String PRIMARY = "primary";
    public static final String PROBLEM = "problem";
    public static final String QUIET_BUTTON = "quiet-button";
    public static final String SMALL = "small";
    public static final String STRENGTH = "strength";
    public static final String SYNC_ACTIONS = "sync-actions";
    public static final String UNLOCK = "unlock";
    public static final String TICK = "tick";
    public static final String TODAY = "today";
    public static final String UNDERSTOOD = "understood";
    public static final String UNTITLED = "untitled";

    public static final String WRONG = "wrong";
    public static final String SIDEBAR = "sidebar";
    public static final String SIDEBAR_BRAND = "sidebar-brand";
    public static final String SIDEBAR_CONTENT = "sidebar-content";
    public static final String SIDEBAR_ENTRY = "sidebar-entry";
    public static final String SIDEBAR_FOOT = "sidebar-foot";
    public static final String SIDEBAR_HEADING = "sidebar-heading";
    public static final String ENTRY_COUNT = "entry-count";
    public static final String ENTRY_NAME = "entry-name";
    public static final String ATTENTION = "attention";
    public static final String NEW_LIST = "new-list";
    public static final String SYNC_PANEL = "sync-panel";
    public static final String SYNC_PROGRESS = "sync-progress";
    public static final String SYNC_STATE = "sync-state";
    public static final String PANEL_BUTTONS = "panel-buttons";
    public static final String PANEL_TITLE = "panel-title";

    public static final String BODY_MARK = "body-mark";
    public static final String EMPTY_STATE = "empty-state";
    public static final String GLOW = "glow";
    public static final String ITEM_CELL = "item-cell";
    public static final String ITEM_LIST = "item-list";
    public static final String ITEM_ROW = "item-row";
    public static final String ITEM_TITLE = "item-title";
    public static final String LIST_COUNT = "list-count";
    public static final String LIST_HEADER = "list-header";
    public static final String LIST_PANE = "list-pane";
    public static final String LIST_TITLE = "list-title";
    public static final String NOTE_MARK = "note-mark";
    public static final String QUICK_ADD = "quick-add";
    public static final String QUICK_ADD_CHIPS = "quick-add-chips";
    public static final String SPLIT_GRIP = "split-grip";
    public static final String TOAST = "toast";

    public static final String CONFLICT_NOTICE = "conflict-notice";
    public static final String CONFLICT_VALUE = "conflict-value";
    public static final String DETAIL_BAR = "detail-bar";
    public static final String DETAIL_BODY = "detail-body";
    public static final String DETAIL_CONTENT = "detail-content";
    public static final String DETAIL_FOOT = "detail-foot";
    public static final String DETAIL_META = "detail-meta";
    public static final String DETAIL_PANE = "detail-pane";
    public static final String DETAIL_TITLE = "detail-title";
    public static final String DUE_POPUP = "due-popup";
    public static final String DUE_SHORTCUTS = "due-shortcuts";
    public static final String DUE_TIME = "due-time";
    public static final String NOTHING_SELECTED = "nothing-selected";
    public static final String NOTICES = "notices";
    public static final String PREVIEW = "preview";
    public static final String SLIDING = "sliding";
    public static final String TRASH_NOTICE = "trash-notice";

    public static final String FAILURE = "failure";
    public static final String FAILURE_TITLE = "failure-title";
    public static final String RECOVERY_CODE = "recovery-code-panel";
    public static final String SETTINGS = "settings";
    public static final String SETTINGS_ENTRY = "settings-entry";
    public static final String SETTINGS_BUTTONS = "settings-buttons";
    public static final String SETTINGS_GROUP = "settings-group";
    public static final String SETTINGS_HINT = "settings-hint";
    public static final String SETTINGS_NAME = "settings-name";
    public static final String SETTINGS_PAGE = "settings-page";
    public static final String SETTINGS_PAGES = "settings-pages";
    public static final String SETTINGS_PATH = "settings-path";
    public static final String SETTINGS_ROW = "settings-row";
    public static final String SETTINGS_TITLE = "settings-title";

    public static final String TEST_STEP = "test-step";
    public static final String TEST_STEPS = "test-steps";

    private Styles() {}
}
