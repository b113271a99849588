package dev.tidemark.engine.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The problems that the engine reports. Each has a code that never changes. Applications use the code to recognise and
 * translate a problem. The English message templates and the meanings of their arguments are in {@code
 * problems.properties} beside this class. Immutable and thread-safe.
 *
 * <p>A template has placeholders {@code {0}}, {@code {1}} for the arguments of {@link TidemarkException}. An argument
 * is a text, a number, which is written with plain digits, or another problem without placeholders, whose message gives
 * the reason. Error texts of SQLite and of the system are passed on unchanged. The engine does not use {@link
 * java.text.MessageFormat}, so an apostrophe needs no escape.
 */
public enum Problem {
    DATABASE_CLOSED("database.closed"),
    DATABASE_FOLDER_MISSING("database.folder-missing"),
    DATABASE_IS_FOLDER("database.is-folder"),
    DATABASE_READ_ONLY("database.read-only"),
    DATABASE_FOREIGN("database.foreign"),
    DATABASE_NEWER("database.newer"),
    DATABASE_EARLIER("database.earlier"),
    DATABASE_NOT_OPENED("database.not-opened"),
    DATABASE_NOT_COPIED("database.not-copied"),
    DATABASE_NOT_REPLACED("database.not-replaced"),
    DATABASE_NOT_REBUILT("database.not-rebuilt"),
    DATABASE_IN_USE("database.in-use"),
    DATABASE_CLOCK_BEHIND("database.clock-behind"),
    DATABASE_NOT_TIDIED("database.not-tidied"),
    DATABASE_NOT_CLOSED("database.not-closed"),
    DATABASE_DAMAGED("database.damaged"),
    DATABASE_NOT_READ("database.not-read"),

    SCHEMA_STEP_FAILED("schema.step-failed"),
    SCHEMA_STEP_ENDED_TRANSACTION("schema.step-ended-transaction"),
    SCHEMA_STEP_TRANSACTION_STATEMENT("schema.step-transaction-statement"),
    SCHEMA_STEP_OVER("schema.step-over"),
    SCHEMA_TABLE_TAKEN_AWAY("schema.table-taken-away"),
    SCHEMA_COLUMN_TAKEN_AWAY("schema.column-taken-away"),
    SCHEMA_ID_TYPE_CHANGED("schema.id-type-changed"),
    SCHEMA_ROW_TAKEN_AWAY("schema.row-taken-away"),
    SCHEMA_CELL_OVERWRITTEN("schema.cell-overwritten"),
    SCHEMA_SYNCED_NO_MORE("schema.synced-no-more"),
    SCHEMA_TRIGGER_WRITES_SYNCED("schema.trigger-writes-synced"),
    SCHEMA_TABLE_MISSING("schema.table-missing"),
    SCHEMA_KEY_NOT_ID("schema.key-not-id"),
    SCHEMA_KEY_MISSING("schema.key-missing"),
    SCHEMA_ID_NULLABLE("schema.id-nullable"),
    SCHEMA_ID_TYPE("schema.id-type"),
    SCHEMA_FOREIGN_KEY_COMPOSITE("schema.foreign-key-composite"),
    SCHEMA_FOREIGN_KEY_LOCAL("schema.foreign-key-local"),
    SCHEMA_FOREIGN_KEY_NOT_ID("schema.foreign-key-not-id"),
    SCHEMA_INDEX_PARTIAL("schema.index-partial"),
    SCHEMA_INDEX_EXPRESSION("schema.index-expression"),
    SCHEMA_INDEX_COLLATION("schema.index-collation"),
    SCHEMA_KEY_COLUMN("schema.key-column"),

    TRANSACTION_NESTED("transaction.nested"),
    TRANSACTION_ENDED("transaction.ended"),
    TRANSACTION_CLOSE_INSIDE("transaction.close-inside"),
    TRANSACTION_NOT_SAVED("transaction.not-saved"),
    TRANSACTION_SCHEMA_NEWER("transaction.schema-newer"),
    TRANSACTION_TABLE_NOT_SYNCED("transaction.table-not-synced"),
    TRANSACTION_ROW_UNKNOWN("transaction.row-unknown"),
    TRANSACTION_ROW_NOT_SHOWN("transaction.row-not-shown"),
    TRANSACTION_COLUMN_UNKNOWN("transaction.column-unknown"),
    TRANSACTION_ID_MALFORMED("transaction.id-malformed"),
    TRANSACTION_CLOCK_EXHAUSTED("transaction.clock-exhausted"),
    TRANSACTION_CHANGE_TOO_LARGE("transaction.change-too-large"),
    TRANSACTION_NUMBERS_EXHAUSTED("transaction.numbers-exhausted"),

    DURABILITY_UNKNOWN("durability.unknown"),
    WRITES_STOPPED("durability.stopped"),

    QUERY_REFUSED("query.refused"),
    QUERY_NO_ROWS("query.no-rows"),
    QUERY_NOT_MAPPED("query.not-mapped"),
    QUERY_PARAMETERS("query.parameters"),
    QUERY_PARAMETER_MISSING("query.parameter-missing"),
    QUERY_PARAMETER_UNKNOWN("query.parameter-unknown"),
    QUERY_NO_ROW("query.no-row"),
    QUERY_SEVERAL_ROWS("query.several-rows"),
    QUERY_NO_CONNECTION("query.no-connection"),
    QUERY_COLUMN_UNKNOWN("query.column-unknown"),
    QUERY_COLUMN_KIND("query.column-kind"),
    QUERY_TABLE_UNKNOWN("query.table-unknown"),
    QUERY_NOT_DELIVERED("query.not-delivered"),

    STATEMENT_READS_ONLY("statement.reads-only"),
    STATEMENT_NOT_ONE("statement.not-one"),
    STATEMENT_ENGINE_TABLE("statement.engine-table"),

    VALUE_CLASS("value.class"),
    VALUE_NAN("value.nan"),
    VALUE_HALF_CHARACTER("value.half-character"),
    VALUE_INSTANT_RANGE("value.instant-range"),

    RECORD_COMPONENT_TYPE("record.component-type"),
    RECORD_COMPONENT_UNREADABLE("record.component-unreadable"),
    RECORD_COMPONENT_NULL("record.component-null"),
    RECORD_COMPONENT_MISFIT("record.component-misfit"),
    RECORD_COLUMN_TWICE("record.column-twice"),
    RECORD_REFUSED_ROW("record.refused-row"),
    RECORD_NOT_ACCESSIBLE("record.not-accessible"),
    RECORD_NO_CONSTRUCTOR("record.no-constructor"),
    RECORD_NO_ID("record.no-id"),
    RECORD_ID_NOT_UUID("record.id-not-uuid"),

    CHANGELOG_GAP("changelog.gap"),
    CHANGELOG_BUILDS_ON_MISSING("changelog.builds-on-missing"),
    CHANGELOG_NOT_MADE_HERE("changelog.not-made-here"),
    CHANGELOG_NOT_MERGED("changelog.not-merged"),
    CHANGELOG_TOO_OLD("changelog.too-old"),
    CHANGELOG_TAKES_NO_SNAPSHOT("changelog.takes-no-snapshot"),

    SNAPSHOT_UNUSABLE("snapshot.unusable"),
    SNAPSHOT_NOT_WRITTEN("snapshot.not-written"),

    HISTORY_TOO_OLD("history.too-old"),

    CHANGELOG_NOT_ACKNOWLEDGED("changelog.not-acknowledged"),
    CHANGELOG_NOT_ARRIVED("changelog.not-arrived"),
    CHANGELOG_RETIRES_ITSELF("changelog.retires-itself"),

    FILE_DAMAGED("file.damaged"),
    FILE_NEWER_FORMAT("file.newer-format"),

    STORAGE_OBJECT_MISSING("storage.object-missing"),
    STORAGE_FOLDER_MISSING("storage.folder-missing"),
    STORAGE_FOLDER_GONE("storage.folder-gone"),
    STORAGE_FOLDER_REPLACED("storage.folder-replaced"),
    STORAGE_NOT_A_FOLDER("storage.not-a-folder"),
    STORAGE_FOLDER_UNREADABLE("storage.folder-unreadable"),
    STORAGE_FOLDER_UNWRITABLE("storage.folder-unwritable"),
    STORAGE_FOLDER_NOT_READ("storage.folder-not-read"),
    STORAGE_FOLDER_NOT_LISTED("storage.folder-not-listed"),
    STORAGE_FILE_NOT_READ("storage.file-not-read"),
    STORAGE_FILE_NOT_WRITTEN("storage.file-not-written"),
    STORAGE_FILE_NOT_REMOVED("storage.file-not-removed"),
    STORAGE_LISTING_BEHIND("storage.listing-behind"),
    STORAGE_URL_MALFORMED("storage.url-malformed"),
    STORAGE_URL_CREDENTIALS("storage.url-credentials"),
    STORAGE_URL_PARAMETER("storage.url-parameter"),
    STORAGE_URL_ENCODING("storage.url-encoding"),
    STORAGE_URL_HOST("storage.url-host"),
    STORAGE_URL_PATH("storage.url-path"),
    STORAGE_BUCKET_NAME("storage.bucket-name"),
    STORAGE_PREFIX_NAME("storage.prefix-name"),
    STORAGE_REGION_NAME("storage.region-name"),
    STORAGE_ENDPOINT_MALFORMED("storage.endpoint-malformed"),
    STORAGE_SDK_MISSING("storage.sdk-missing"),
    STORAGE_KEYS_MISSING("storage.keys-missing"),
    STORAGE_NOTHING_LISTENS("storage.nothing-listens"),
    STORAGE_HOST_UNKNOWN("storage.host-unknown"),
    STORAGE_HOST_OF_BUCKET_UNKNOWN("storage.host-of-bucket-unknown"),
    STORAGE_NO_ANSWER("storage.no-answer"),
    STORAGE_NO_ROUTE("storage.no-route"),
    STORAGE_CONNECTION_LOST("storage.connection-lost"),
    STORAGE_CERTIFICATE("storage.certificate"),
    STORAGE_NO_TLS("storage.no-tls"),
    STORAGE_TLS_WANTED("storage.tls-wanted"),
    STORAGE_PLAIN_HTTP("storage.plain-http"),
    STORAGE_OTHER_SERVICE("storage.other-service"),
    STORAGE_SECRET_KEY_WRONG("storage.secret-key-wrong"),
    STORAGE_ACCESS_KEY_UNKNOWN("storage.access-key-unknown"),
    STORAGE_MAY_NOT_LIST("storage.may-not-list"),
    STORAGE_MAY_NOT_READ("storage.may-not-read"),
    STORAGE_MAY_NOT_WRITE("storage.may-not-write"),
    STORAGE_MAY_NOT_DELETE("storage.may-not-delete"),
    STORAGE_BUCKET_MISSING("storage.bucket-missing"),
    STORAGE_REGION_OTHER("storage.region-other"),
    STORAGE_REGION_UNNAMED("storage.region-unnamed"),
    STORAGE_CLOCK("storage.clock"),
    STORAGE_CLOCK_AHEAD("storage.clock-ahead"),
    STORAGE_CLOCK_BEHIND("storage.clock-behind"),
    STORAGE_SERVER_BUSY("storage.server-busy"),
    STORAGE_SERVER_FULL("storage.server-full"),
    STORAGE_SERVER_FAILED("storage.server-failed"),
    STORAGE_SERVER_REFUSED("storage.server-refused"),
    STORAGE_COMPATIBILITY("storage.compatibility"),
    STORAGE_LISTING_REPEATS("storage.listing-repeats"),
    STORAGE_LISTING_ENDLESS("storage.listing-endless"),
    STORAGE_PUT_UNCONFIRMED("storage.put-unconfirmed"),
    STORAGE_PROBE_BEHIND("storage.probe-behind"),
    STORAGE_PROBE_STALE("storage.probe-stale"),
    STORAGE_PROBE_OTHER_BYTES("storage.probe-other-bytes"),
    STORAGE_PROBE_NOT_DELETED("storage.probe-not-deleted"),
    STORAGE_REQUEST_FAILED("storage.request-failed"),

    BLOB_TOO_LARGE("blob.too-large"),
    BLOB_EMPTY("blob.empty"),
    BLOB_IS_FOLDER("blob.is-folder"),
    BLOB_NOT_A_FILE("blob.not-a-file"),
    BLOB_FILE_MISSING("blob.file-missing"),
    BLOB_NOT_READ("blob.not-read"),
    BLOB_NOT_WRITTEN("blob.not-written"),
    BLOB_NOT_SAVED("blob.not-saved"),
    BLOB_NOT_HERE("blob.not-here"),
    BLOB_DAMAGED_HERE("blob.damaged-here"),
    BLOB_NOT_THERE("blob.not-there"),
    BLOB_DAMAGED_THERE("blob.damaged-there"),

    SCHEMA_BLOB_COLUMN("schema.blob-column"),

    SYNC_OFF("sync.off"),
    SYNC_CLOSING("sync.closing"),
    SYNC_BUSY("sync.busy"),
    SYNC_INTERRUPTED("sync.interrupted"),
    SYNC_LOCK_FAILED("sync.lock-failed"),
    SYNC_UNLOCK_FAILED("sync.unlock-failed"),
    SYNC_STATE_NOT_SAVED("sync.state-not-saved"),
    SYNC_STORAGE_NEWER("sync.storage-newer"),
    SYNC_BLOCKED("sync.blocked"),
    SYNC_REFUSED("sync.refused"),
    SYNC_GAP("sync.gap"),
    SYNC_FAILED("sync.failed"),
    SYNC_ENCRYPTED("sync.encrypted"),
    SYNC_WOULD_BE_PLAIN("sync.would-be-plain"),
    SYNC_PASSPHRASE_NEEDED("sync.passphrase-needed"),
    SYNC_WRONG_PASSPHRASE("sync.wrong-passphrase"),
    SYNC_WRONG_RECOVERY_CODE("sync.wrong-recovery-code"),
    SYNC_PASSPHRASE_CHANGED("sync.passphrase-changed"),
    SYNC_NEW_KEY("sync.new-key"),
    SYNC_KEYS_MISSING("sync.keys-missing"),
    SYNC_KEYS_PUT_BACK("sync.keys-put-back"),
    SYNC_KEYS_UNTRIED("sync.keys-untried"),
    SYNC_KEY_DAMAGED("sync.key-damaged"),
    SYNC_KEY_MEMORY("sync.key-memory"),
    SYNC_KEY_NOT_SEALED("sync.key-not-sealed"),
    SYNC_NOT_ENCRYPTED("sync.not-encrypted"),
    SYNC_DOWNGRADED("sync.downgraded"),
    SYNC_CODE_FOUNDS_NOTHING("sync.code-founds-nothing"),
    SYNC_CODE_AS_PASSPHRASE("sync.code-as-passphrase"),
    SYNC_PASSPHRASE_SHORT("sync.passphrase-short"),
    SYNC_ENCRYPTION_MISSING("sync.encryption-missing"),
    SYNC_LIBRARY_UNNAMED("sync.library-unnamed"),
    SYNC_PUBLISHED_ANEW("sync.published-anew"),
    SYNC_PUT_BACK("sync.put-back"),
    SYNC_COPY_SAME_PLACE("sync.copy-same-place"),
    SYNC_COPY_NOTHING("sync.copy-nothing"),
    SYNC_COPY_INCOMPLETE("sync.copy-incomplete"),
    SYNC_COPY_MIXES("sync.copy-mixes"),
    SYNC_DEVICE_UNKNOWN("sync.device-unknown"),
    SYNC_RETIRES_UNREAD("sync.retires-unread"),
    SYNC_EMPTIED("sync.emptied"),
    SYNC_TWO_LIBRARIES("sync.two-libraries"),
    SYNC_OTHER_LIBRARY("sync.other-library"),
    SYNC_LIBRARY_NEWER("sync.library-newer"),

    FILE_NOT_OURS("file.not-ours"),
    FILE_INCOMPLETE("file.incomplete"),
    FILE_CHECKSUM("file.checksum"),
    FILE_OTHER_KIND("file.other-kind"),
    FILE_RENAMED("file.renamed"),
    FILE_MALFORMED("file.malformed"),
    FILE_TOO_LARGE("file.too-large"),
    FILE_NO_MEMORY("file.no-memory"),
    FILE_UNREADABLE("file.unreadable"),
    FILE_VANISHED("file.vanished"),
    FILE_NEWER("file.newer"),
    FILE_EARLIER("file.earlier"),
    FILE_NOT_ENCRYPTED("file.not-encrypted"),
    FILE_NOT_DECRYPTED("file.not-decrypted"),
    FILE_KEY_UNKNOWN("file.key-unknown"),
    FILE_NOT_AUTHENTIC("file.not-authentic"),
    FILE_DROPS_ROWS("file.drops-rows"),
    FILE_FROM_FUTURE("file.from-future"),
    FILE_TOO_MANY_DEVICES("file.too-many-devices"),
    FILE_AFTER_RETIREMENT("file.after-retirement"),
    FILE_BEHIND_GAP("file.behind-gap"),
    FILE_TOO_MANY_BRANCHES("file.too-many-branches"),
    FILE_OTHER_LIBRARY("file.other-library"),
    FILE_LATER_EPOCH("file.later-epoch"),

    DISK_FULL("disk.full"),
    DISK_FULL_SHARED_FILE("disk.full-shared-file"),
    DISK_QUOTA("disk.quota"),
    DISK_READ_ONLY("disk.read-only"),
    DISK_ERROR("disk.error"),

    DRIVE_LOST("drive.lost"),
    DRIVE_UNABLE("drive.unable"),

    MEMORY_EXHAUSTED("memory.exhausted"),

    FILE_ONLINE_ONLY("file.online-only"),
    FILE_HELD("file.held"),
    FILE_CORRUPT("file.corrupt"),
    FILE_NOT_SQLITE("file.not-sqlite"),
    FILE_NOT_OPENED("file.not-opened"),
    FILE_NOT_ALLOWED("file.not-allowed"),

    FOLDER_GONE("folder.gone"),

    INTERRUPTED("interrupted");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)\\}");

    private final String code;
    private final String messageTemplate;

    Problem(String code) {
        this.code = code;
        this.messageTemplate = Templates.of(code);
    }

    /** The identifier, made of lower-case words with points and hyphens. It never changes and is never reused. */
    public String code() {
        return code;
    }

    /** The message in English, with its placeholders. */
    public String messageTemplate() {
        return messageTemplate;
    }

    /**
     * Fills the placeholders of a message template or of a translation. A problem among the arguments becomes its
     * English message. To translate such a problem, replace it by its translated message first.
     *
     * @param template a text with placeholders such as {@code {0}}
     * @param arguments the values of the placeholders. A placeholder without a value stays unchanged
     */
    public static String format(String template, List<?> arguments) {
        return PLACEHOLDER.matcher(template).replaceAll(place -> {
            int number = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(number < arguments.size() ? text(arguments.get(number)) : place.group());
        });
    }

    private static String text(Object argument) {
        return argument instanceof Problem reason ? reason.messageTemplate : String.valueOf(argument);
    }

    /** A nested class, because the constants of an enum are constructed before its static fields are initialised. */
    private static final class Templates {
        private static final Properties ENGLISH = new Properties();

        static {
            try (InputStream file = Problem.class.getResourceAsStream("problems.properties")) {
                ENGLISH.load(new InputStreamReader(
                        Objects.requireNonNull(file, "problems.properties is not beside Problem"),
                        StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String of(String code) {
            return Objects.requireNonNull(ENGLISH.getProperty(code), code);
        }
    }
}
