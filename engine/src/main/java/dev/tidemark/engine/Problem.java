package dev.tidemark.engine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that the engine reports, each with a code that stays the same from version to version, so that a program can
 * tell one from another and say it in its user's language. Immutable and thread-safe.
 *
 * <p>A sentence has places {@code {0}}, {@code {1}} for the arguments of {@link TidemarkException}: texts, numbers (always
 * with plain digits), or another problem without places, whose own sentence says why. What SQLite or the system said
 * itself is a text in its words. An apostrophe is an apostrophe: this is not {@link java.text.MessageFormat}.
 */
public enum Problem {
    /** It was used after it had been closed. */
    DATABASE_CLOSED("database.closed", "The database is closed."),

    /** 0: the folder that the file should lie in. */
    DATABASE_FOLDER_MISSING("database.folder-missing", "The folder {0} does not exist."),

    /** 0: the path. */
    DATABASE_IS_FOLDER("database.is-folder", "{0} is a folder, not a database."),

    /** 0: the file. */
    DATABASE_READ_ONLY(
            "database.read-only", "The database {0} cannot be written: the file or its folder is read-only."),

    /** 0: the file. Nothing was changed in it. */
    DATABASE_FOREIGN("database.foreign", "{0} is a database of another program."),

    /** 0: the file. */
    DATABASE_NEWER(
            "database.newer",
            "The database {0} was written by a newer version of this program. Install that version to open it; nothing"
                    + " was changed."),

    /** 0: the file, 1: why. */
    DATABASE_NOT_OPENED("database.not-opened", "The database {0} cannot be opened. {1}"),

    /** 0: why. */
    DATABASE_NOT_COPIED("database.not-copied", "The database could not be copied. {0}"),

    /** 0: the date of this computer. */
    DATABASE_CLOCK_BEHIND(
            "database.clock-behind",
            "The clock was not set back: most rows of this library are more than a year later than the clock of this"
                    + " computer, which shows {0}. Set the clock of this computer, and run tidemark repair again."),

    /** 0: why. Nothing is lost; the next time may succeed. */
    DATABASE_NOT_TIDIED("database.not-tidied", "The database could not be tidied up. {0}"),

    /** 0: why. Nothing that was acknowledged is lost. */
    DATABASE_NOT_CLOSED("database.not-closed", "The database could not be closed cleanly. {0}"),

    /** 0: what was expected and what was found. */
    DATABASE_DAMAGED("database.damaged", "What the engine keeps in the database is damaged: {0}."),

    /** 0: why. */
    DATABASE_NOT_READ("database.not-read", "The database could not be read. {0}"),

    /** 0: its number, from 1, 1: its name, 2: why. */
    SCHEMA_STEP_FAILED("schema.step-failed", "Step {0} of the schema ({1}) failed. {2}"),

    /** 0: its number, from 1, 1: its name. */
    SCHEMA_STEP_ENDED_TRANSACTION(
            "schema.step-ended-transaction", "Step {0} of the schema ({1}) must not end its transaction."),

    /** 0: the beginning of the SQL. */
    SCHEMA_STEP_TRANSACTION_STATEMENT(
            "schema.step-transaction-statement",
            "A step of the schema is one transaction, and can neither begin nor end one. Refused: {0}."),

    /** It was kept and used later, or SQLite rolled the step back after an error. */
    SCHEMA_STEP_OVER("schema.step-over", "The step of the schema is over, or was rolled back."),

    /** 0: the step's number, from 1, 1: its name, 2: the table. */
    SCHEMA_TABLE_TAKEN_AWAY(
            "schema.table-taken-away",
            "Step {0} of the schema ({1}) takes away or renames the synced table {2}, which other devices still use."
                    + " Leave it, and add another table beside it."),

    /** 0: the step's number, from 1, 1: its name, 2: the table, 3: the column. */
    SCHEMA_COLUMN_TAKEN_AWAY(
            "schema.column-taken-away",
            "Step {0} of the schema ({1}) takes away or renames the column {3} of the synced table {2}, which other"
                    + " devices still use. Leave it, and add another column beside it."),

    /** 0: the step's number, from 1, 1: its name, 2: the table. */
    SCHEMA_ID_TYPE_CHANGED(
            "schema.id-type-changed",
            "Step {0} of the schema ({1}) changes the type of the ids of the synced table {2}. Leave them as they"
                    + " are."),

    /** 0: the step's number, from 1, 1: its name, 2: the table, 3: the row's id. */
    SCHEMA_ROW_TAKEN_AWAY(
            "schema.row-taken-away",
            "Step {0} of the schema ({1}) deletes the row {3} of the synced table {2}, or changes its id, which would"
                    + " not hold against other devices. Do it in a transaction, after the database is open."),

    /** 0: the step's number, from 1, 1: its name, 2: the table, 3: the column, 4: the row's id. */
    SCHEMA_CELL_OVERWRITTEN(
            "schema.cell-overwritten",
            "Step {0} of the schema ({1}) overwrites the column {3} of the synced table {2} in the row {4}, where a"
                    + " person has written. That would not hold against other devices. Fill a new column, or do it in a"
                    + " transaction, after the database is open."),

    /** 0: the table. */
    SCHEMA_SYNCED_NO_MORE(
            "schema.synced-no-more",
            "The table {0} holds synced rows, but the schema does not declare it as synced any more. Declare it"
                    + " again."),

    /** 0: the trigger's table, 1: the table it writes. */
    SCHEMA_TRIGGER_WRITES_SYNCED(
            "schema.trigger-writes-synced",
            "A trigger on the table {0} writes to the synced table {1}. Triggers may write to local tables only."),

    /** 0: the table. */
    SCHEMA_TABLE_MISSING(
            "schema.table-missing", "The table {0} cannot be synced: it does not exist under exactly this name."),

    /** 0: the table. */
    SCHEMA_KEY_NOT_ID(
            "schema.key-not-id", "The table {0} cannot be synced: its primary key must be the column id alone."),

    /** 0: the table. */
    SCHEMA_KEY_MISSING("schema.key-missing", "The table {0} cannot be synced: it has no primary key."),

    /** 0: the table. */
    SCHEMA_ID_NULLABLE("schema.id-nullable", "The table {0} cannot be synced: its id must be declared NOT NULL."),

    /** 0: the table. */
    SCHEMA_ID_TYPE("schema.id-type", "The table {0} cannot be synced: its id must be declared BLOB or TEXT."),

    /** 0: the table. */
    SCHEMA_FOREIGN_KEY_COMPOSITE(
            "schema.foreign-key-composite", "The table {0} cannot be synced: a foreign key may have one column only."),

    /** 0: the table, 1: the table referred to. */
    SCHEMA_FOREIGN_KEY_LOCAL(
            "schema.foreign-key-local",
            "The table {0} cannot be synced: its foreign key to {1} leads to a table not synced."),

    /** 0: the table, 1: the table referred to. */
    SCHEMA_FOREIGN_KEY_NOT_ID(
            "schema.foreign-key-not-id", "The table {0} cannot be synced: its foreign key to {1} must lead to id."),

    /** 0: the table. */
    SCHEMA_INDEX_PARTIAL(
            "schema.index-partial",
            "The table {0} cannot be synced: a unique index on part of its rows cannot be synced."),

    /** 0: the table. */
    SCHEMA_INDEX_EXPRESSION(
            "schema.index-expression",
            "The table {0} cannot be synced: a unique index on an expression cannot be synced."),

    /** 0: the table, 1: the collation. */
    SCHEMA_INDEX_COLLATION(
            "schema.index-collation",
            "The table {0} cannot be synced: the collation {1} of a unique index cannot be synced."),

    /** 0: the table, 1: a column that is the id or is generated. */
    SCHEMA_KEY_COLUMN("schema.key-column", "The table {0} cannot be synced: a key on its column {1} cannot be synced."),

    /** A transaction cannot be begun inside another. */
    TRANSACTION_NESTED(
            "transaction.nested",
            "A transaction is open in this thread already; work that belongs to it goes through its object."),

    /** Its object was used after the call that handed it out. */
    TRANSACTION_ENDED("transaction.ended", "The transaction has ended."),

    /** Close it after the transaction. */
    TRANSACTION_CLOSE_INSIDE("transaction.close-inside", "The database cannot be closed inside a transaction."),

    /** 0: why. */
    TRANSACTION_NOT_SAVED("transaction.not-saved", "Nothing was saved. {0}"),

    /** Another process migrated the database. */
    TRANSACTION_SCHEMA_NEWER(
            "transaction.schema-newer",
            "A newer version of this program has changed the database meanwhile. Close this one and start the new"
                    + " version."),

    /** 0: the table. */
    TRANSACTION_TABLE_NOT_SYNCED("transaction.table-not-synced", "The table {0} is not synced."),

    /** 0: the id, 1: the table. */
    TRANSACTION_ROW_UNKNOWN("transaction.row-unknown", "There is no row {0} in {1}."),

    /** 0: the id, 1: the table. */
    TRANSACTION_ROW_NOT_SHOWN("transaction.row-not-shown", "The row {0} of {1} is not shown."),

    /** 0: the table, 1: the column. */
    TRANSACTION_COLUMN_UNKNOWN("transaction.column-unknown", "The table {0} has no column {1}."),

    /** 0: the table, 1: the form. */
    TRANSACTION_ID_MALFORMED(
            "transaction.id-malformed", "The id of a row in {0} is not a UUID of the form that its column holds: {1}."),

    /** No later stamp can be made. */
    TRANSACTION_CLOCK_EXHAUSTED(
            "transaction.clock-exhausted",
            "Nothing was saved: the clock of this library stands at the end of what stamps can carry, because the"
                    + " clock of some device was set thousands of years ahead. Run tidemark repair."),

    /** 0: the table, 1: MiB. */
    TRANSACTION_CHANGE_TOO_LARGE(
            "transaction.change-too-large",
            "Nothing was saved: the values of a row in {0} take more than {1} MB, which no device would read. Save"
                    + " less at once."),

    /** There have been 2⁴⁰ changes. */
    TRANSACTION_NUMBERS_EXHAUSTED(
            "transaction.numbers-exhausted", "This device has made more changes than the changelog can number."),

    /** An fsync failed after the commit. */
    DURABILITY_UNKNOWN(
            "durability.unknown",
            "The disk did not confirm what was saved, so it is not known whether it would survive a power cut. Check"
                    + " the disk, then start again."),

    /** An fsync failed before; nothing was done. */
    WRITES_STOPPED(
            "durability.stopped",
            "Nothing was saved, because the disk did not confirm what was saved before. Check the disk, then start"
                    + " again."),

    /** 0: what SQLite said, 1: the beginning of the SQL. */
    QUERY_REFUSED("query.refused", "SQLite refused the statement. {0} The statement was: {1}."),

    /** 0: the beginning of the SQL. */
    QUERY_NO_ROWS(
            "query.no-rows",
            "Only SELECT, VALUES, WITH and, in a write transaction, statements with RETURNING have rows to be read."
                    + " The statement was: {0}."),

    /** 0: what the mapping threw, 1: the beginning of the SQL. */
    QUERY_NOT_MAPPED("query.not-mapped", "A row could not be mapped ({0}). The query was: {1}."),

    /** 0: places, 1: parameters given, 2: the beginning of the SQL. */
    QUERY_PARAMETERS(
            "query.parameters",
            "The statement has places for {0} parameters, but it was given {1}. The statement was: {2}."),

    /** 0: how many there are. */
    QUERY_NO_CONNECTION(
            "query.no-connection",
            "None of the {0} connections for reading became free: reads take very long, or one read waits for"
                    + " another."),

    /** 0: the name or the position (from 0) asked for, 1: the columns there are. */
    QUERY_COLUMN_UNKNOWN("query.column-unknown", "The result has no column '{0}'; it has the columns {1}."),

    /** 0: the column, 1: the kind asked for, 2: the kind there is. */
    QUERY_COLUMN_KIND("query.column-kind", "The column '{0}' should hold {1}, but it holds {2}."),

    /** 0: the table. */
    QUERY_TABLE_UNKNOWN("query.table-unknown", "There is no table {0} with a column id."),

    /** Given to the error listener of a subscription. */
    QUERY_NOT_DELIVERED(
            "query.not-delivered",
            "The executor of a subscription takes no more work, so that a result was not delivered."),

    /** 0: the beginning of the SQL. */
    STATEMENT_READS_ONLY(
            "statement.reads-only",
            "Only INSERT, UPDATE, DELETE and REPLACE can be executed here; a query is listed, and tables are changed by"
                    + " steps of the schema. This is none of them: {0}."),

    /** 0: the beginning of the SQL. */
    STATEMENT_NOT_ONE("statement.not-one", "Only one statement can be executed at a time, not: {0}."),

    /** 0: the beginning of the SQL. */
    STATEMENT_ENGINE_TABLE("statement.engine-table", "Tables named tm_ are the engine's own. Refused: {0}."),

    /** 0: the class. */
    VALUE_CLASS(
            "value.class",
            "A value of the class {0} cannot be stored. Use null, a number, Boolean, String, byte[], UUID, Instant,"
                    + " LocalDate, LocalDateTime or an enum."),

    /** Of a double or float. */
    VALUE_NAN("value.nan", "NaN cannot be stored: SQLite would turn it into NULL."),

    /** 0: the position, from 0. */
    VALUE_HALF_CHARACTER(
            "value.half-character",
            "A text with half a character (an unpaired surrogate at position {0}) cannot be stored."),

    /** 0: the instant. */
    VALUE_INSTANT_RANGE("value.instant-range", "The instant {0} is too far away to be stored."),

    /** 0: the component, 1: the class, 2: the type. */
    RECORD_COMPONENT_TYPE(
            "record.component-type",
            "The component '{0}' of the record {1} has the type {2}, which no column holds. Use a number, boolean,"
                + " String, byte[], UUID, Instant, LocalDate, LocalDateTime or an enum, or map the rows of the query"
                + " by a function."),

    /** 0: the component, 1: the class, 2: what was thrown. */
    RECORD_COMPONENT_UNREADABLE(
            "record.component-unreadable", "The component '{0}' of the record {1} could not be read ({2})."),

    /** 0: the column, 1: the component, 2: the class. */
    RECORD_COMPONENT_NULL(
            "record.component-null",
            "The column '{0}' is NULL, but the component '{1}' of the record {2} cannot be null. Use the class in"
                    + " place of the primitive type, or leave such rows out."),

    /** 0: the column, 1: the kind of value there, 2: the component, 3: the class, 4: the kind wanted. */
    RECORD_COMPONENT_MISFIT(
            "record.component-misfit",
            "The column '{0}' holds {1}, which does not fit the component '{2}' of the record {3}, {4}."),

    /** 0: the class, 1: the column. */
    RECORD_COLUMN_TWICE(
            "record.column-twice", "The record {0} has two components for the column '{1}'; rename one of them."),

    /** 0: the class, 1: what its constructor threw. */
    RECORD_REFUSED_ROW("record.refused-row", "The record {0} refused a row ({1})."),

    /** 0: the class. */
    RECORD_NOT_ACCESSIBLE(
            "record.not-accessible",
            "The record {0} is not accessible to the engine; its module must open the package to it."),

    /** 0: the class. */
    RECORD_NO_CONSTRUCTOR("record.no-constructor", "The canonical constructor of the record {0} could not be used."),

    /** 0: the class. */
    RECORD_NO_ID("record.no-id", "The record {0} has no component id."),

    /** 0: the class. */
    RECORD_ID_NOT_UUID("record.id-not-uuid", "The id of {0} is not a UUID."),

    /** 0: the change (replica:number), 1: the last number held. */
    CHANGELOG_GAP("changelog.gap", "The change {0} cannot be added: the last one held of its device is number {1}."),

    /** 0: the change, 1: the change it builds on, both replica:number. */
    CHANGELOG_BUILDS_ON_MISSING(
            "changelog.builds-on-missing",
            "The change {0} cannot be added: its writer had seen {1}, which is not held."),

    /** 0: the change (replica:number). */
    CHANGELOG_NOT_MADE_HERE(
            "changelog.not-made-here",
            "The change {0} is said to be this device's own, but was never made here: this database is a copy of"
                    + " another device's, or an old backup."),

    /** 0: why. Nothing of the batch was taken in. */
    CHANGELOG_NOT_MERGED("changelog.not-merged", "Changes from other devices could not be merged. {0}"),

    /** 0: the first number asked for. */
    CHANGELOG_TOO_OLD(
            "changelog.too-old",
            "The changes of a device from number {0} on are not listed any more. Start from a snapshot."),

    /** What the changes were to be brought to lists each by itself. */
    CHANGELOG_TAKES_NO_SNAPSHOT(
            "changelog.takes-no-snapshot",
            "This storage keeps each change by itself and takes no snapshot, but the older changes are not listed any"
                    + " more. Use a storage with segments."),

    /** 0: its name, 1: why. */
    SNAPSHOT_UNUSABLE("snapshot.unusable", "The snapshot {0} cannot be used. {1}"),

    /** 0: the folder or the snapshot, 1: what the system said. */
    SNAPSHOT_NOT_WRITTEN(
            "snapshot.not-written",
            "The temporary file of a snapshot failed, in {0}. Make room on the disk, if it is full, and sync again."
                    + " {1}"),

    /** 0: the row's id, 1: its table. */
    HISTORY_TOO_OLD(
            "history.too-old",
            "What the row {0} of the table {1} held at that time is not known any more: its older changes were cleaned"
                    + " up."),

    /** 0: the device's name, or its id. */
    CHANGELOG_NOT_ACKNOWLEDGED(
            "changelog.not-acknowledged",
            "Nothing was removed: the device {0} has not acknowledged everything up to there. It does so within two"
                    + " days of a sync; one that is not used any more can be retired."),

    /** 0: the device's name, or its id, 1: the last change that it is known to have made, 2: the last that is here. */
    CHANGELOG_NOT_ARRIVED(
            "changelog.not-arrived",
            "Nothing was removed: the device {0} has made changes up to number {1}, but only those up to number {2}"
                    + " have arrived here."),

    /** It is the device's own database. */
    CHANGELOG_RETIRES_ITSELF("changelog.retires-itself", "A device cannot retire itself."),

    /** 0: the object's name, 1: what is wrong with it. */
    FILE_DAMAGED("file.damaged", "The file {0} cannot be used. {1}"),

    /** 0: the object's name, 1: the version it claims. */
    FILE_NEWER_FORMAT(
            "file.newer-format",
            "The file {0} has format version {1}, which a newer version of this program wrote. Install the newer"
                    + " version to read it."),

    /** 0: the object's name, or its path. */
    STORAGE_OBJECT_MISSING("storage.object-missing", "There is no file {0}."),

    /** 0: the folder. */
    STORAGE_FOLDER_MISSING(
            "storage.folder-missing", "The folder {0} is not there. Connect its drive, or choose another folder."),

    /** 0: the folder. */
    STORAGE_FOLDER_GONE(
            "storage.folder-gone",
            "The folder {0} is not there any more. Connect its drive, or choose another folder."),

    /** 0: the folder. */
    STORAGE_FOLDER_REPLACED(
            "storage.folder-replaced",
            "The folder {0} is no longer the one it was: its drive may have been disconnected or replaced."),

    /** 0: the path. */
    STORAGE_NOT_A_FOLDER("storage.not-a-folder", "{0} is not a folder. Choose a folder."),

    /** 0: the folder. */
    STORAGE_FOLDER_UNREADABLE(
            "storage.folder-unreadable", "The folder {0} may not be read by you. Check its permissions."),

    /** 0: the folder. */
    STORAGE_FOLDER_UNWRITABLE(
            "storage.folder-unwritable",
            "The folder {0} may not be written by you. Check its permissions, and that its drive is not read-only."),

    /** 0: the folder, 1: why. */
    STORAGE_FOLDER_NOT_READ("storage.folder-not-read", "The folder {0} cannot be read. {1}"),

    /** 0: the folder, 1: why. */
    STORAGE_FOLDER_NOT_LISTED("storage.folder-not-listed", "The folder {0} cannot be listed. {1}"),

    /** 0: the file, 1: why. */
    STORAGE_FILE_NOT_READ("storage.file-not-read", "The file {0} cannot be read. {1}"),

    /** 0: the file, 1: why. */
    STORAGE_FILE_NOT_WRITTEN("storage.file-not-written", "The file {0} cannot be written. {1}"),

    /** 0: the file, 1: why. */
    STORAGE_FILE_NOT_REMOVED("storage.file-not-removed", "The file {0} cannot be removed. {1}"),

    /** 0: the storage, such as a folder. */
    STORAGE_LISTING_BEHIND("storage.listing-behind", "The listing of {0} is behind. Try again later."),

    /** 0: the address, which holds no key. */
    STORAGE_URL_MALFORMED(
            "storage.url-malformed",
            "{0} is not the address of a storage. Write file:/// and a path for a folder, or"
                    + " s3://bucket/prefix?endpoint=https://server&region=name for a bucket."),

    /** The address is not repeated. */
    STORAGE_URL_CREDENTIALS(
            "storage.url-credentials",
            "The address contains a key or a password, which everybody could read who sees it. Leave it out,"
                    + " and enter keys in their own fields."),

    /** 0: the parameter's name. */
    STORAGE_URL_PARAMETER(
            "storage.url-parameter",
            "After the question mark, the address of a bucket can name endpoint and region, not {0}."
                    + " Everything else is a setting of its own."),

    /** 0: a part of the address. */
    STORAGE_URL_ENCODING(
            "storage.url-encoding",
            "In {0} a percent sign does not begin a character such as %20. Write %25 for the percent sign"
                    + " itself."),

    /** 0: the address. */
    STORAGE_URL_HOST(
            "storage.url-host",
            "The address {0} names another computer, which only Windows can open by its name. Connect its"
                    + " folder to this computer first, and give the path that it then has."),

    /** 0: the path. */
    STORAGE_URL_PATH("storage.url-path", "{0} cannot be the path of a folder on this computer."),

    /** 0: the name. */
    STORAGE_BUCKET_NAME(
            "storage.bucket-name",
            "A bucket cannot be called '{0}'. A name has at least three letters, digits, points or hyphens."),

    /** 0: the prefix. */
    STORAGE_PREFIX_NAME(
            "storage.prefix-name",
            "The prefix '{0}' cannot be used. It is one or more names with single slashes between them, and"
                    + " not longer than 700 bytes."),

    /** 0: the region. */
    STORAGE_REGION_NAME("storage.region-name", "A region cannot be called '{0}'. One looks like eu-central-1."),

    /** 0: the endpoint. */
    STORAGE_ENDPOINT_MALFORMED(
            "storage.endpoint-malformed",
            "The endpoint '{0}' is not the address of a server. Write it like https://s3.example.org, with a port if it"
                    + " needs one."),

    /** The AWS SDK is not on the class path. */
    STORAGE_SDK_MISSING(
            "storage.sdk-missing",
            "This program was installed without what S3 needs. Install it completely, or choose a folder."),

    /** 0: the bucket. */
    STORAGE_KEYS_MISSING(
            "storage.keys-missing", "There is no access key or no secret key for the bucket {0}. Enter both."),

    /** 0: host:port. */
    STORAGE_NOTHING_LISTENS(
            "storage.nothing-listens",
            "Nothing is listening at {0}. Check the server and the port, and that it is running."),

    /** 0: the host. */
    STORAGE_HOST_UNKNOWN(
            "storage.host-unknown", "The server name {0} was not found. Check it, and that this computer is online."),

    /** 0: the host, with the bucket in front. */
    STORAGE_HOST_OF_BUCKET_UNKNOWN(
            "storage.host-of-bucket-unknown",
            "The server name {0}, which begins with the bucket, was not found. Turn on path style if the"
                    + " server wants the bucket in the path."),

    /** 0: host:port. */
    STORAGE_NO_ANSWER(
            "storage.no-answer", "The server {0} did not answer in time. Check the endpoint and the network."),

    /** 0: host:port. */
    STORAGE_NO_ROUTE(
            "storage.no-route", "The server {0} cannot be reached from here. Check that this computer is online."),

    /** 0: host:port. */
    STORAGE_CONNECTION_LOST("storage.connection-lost", "The connection to {0} broke off. Try again."),

    /** 0: host:port. */
    STORAGE_CERTIFICATE(
            "storage.certificate",
            "The certificate of {0} is not trusted here: it may be for another name, out of date, or made by"
                    + " the server itself. Check the endpoint, or have this computer trust it."),

    /** 0: host:port. */
    STORAGE_NO_TLS(
            "storage.no-tls",
            "The server {0} does not use TLS. Use http:// in place of https://, or the port that has TLS."),

    /** 0: host:port. */
    STORAGE_TLS_WANTED(
            "storage.tls-wanted", "The server {0} does not speak plain http. Try https:// in place of http://."),

    /** 0: the place. A warning: nothing fails. */
    STORAGE_PLAIN_HTTP(
            "storage.plain-http",
            "What is sent to {0} is not encrypted on the way: whoever is on the network can read along. Use https://"
                    + " in its address, or encryption."),

    /** 0: host:port. */
    STORAGE_OTHER_SERVICE(
            "storage.other-service",
            "The server {0} answered, but not as S3 does. If this network wants you to sign in first, do so;"
                    + " else check the endpoint."),

    /** The key is not repeated. */
    STORAGE_SECRET_KEY_WRONG(
            "storage.secret-key-wrong",
            "The secret key is wrong. Enter it again; if it was lost, make a new pair of keys."),

    /** The key is not repeated. */
    STORAGE_ACCESS_KEY_UNKNOWN(
            "storage.access-key-unknown",
            "The server does not know the access key. Check that it is written completely, and that it was"
                    + " not deleted."),

    /** 0: the bucket. */
    STORAGE_MAY_NOT_LIST(
            "storage.may-not-list", "This access key may not list the bucket {0}. Allow it s3:ListBucket there."),

    /** 0: the bucket. */
    STORAGE_MAY_NOT_READ(
            "storage.may-not-read", "This access key may not read from the bucket {0}. Allow it s3:GetObject there."),

    /** 0: the bucket. */
    STORAGE_MAY_NOT_WRITE(
            "storage.may-not-write", "This access key may not write to the bucket {0}. Allow it s3:PutObject there."),

    /** 0: the bucket. */
    STORAGE_MAY_NOT_DELETE(
            "storage.may-not-delete",
            "This access key may not delete from the bucket {0}. Allow it s3:DeleteObject there."),

    /** 0: the bucket. */
    STORAGE_BUCKET_MISSING("storage.bucket-missing", "There is no bucket {0}. Check its name, or create it."),

    /** 0: the bucket, 1: its region. */
    STORAGE_REGION_OTHER("storage.region-other", "The bucket {0} is in the region {1}. Use that one."),

    /** 0: the bucket. */
    STORAGE_REGION_UNNAMED(
            "storage.region-unnamed",
            "The bucket {0} is in another region, or at another endpoint, which the server did not name."),

    /** 0: host:port. */
    STORAGE_CLOCK(
            "storage.clock", "The clock of this computer is wrong by more than the server {0} allows. Set it right."),

    /** 0: the storage, 1: minutes. Not a failure: something that a person should mend. */
    STORAGE_CLOCK_AHEAD(
            "storage.clock-ahead",
            "The clock of this computer is {1} minutes ahead of that of {0}. Set it right: until then, changes made"
                    + " here win over later ones of other devices."),

    /** 0: the storage, 1: minutes. Not a failure: something that a person should mend. */
    STORAGE_CLOCK_BEHIND(
            "storage.clock-behind",
            "The clock of this computer is {1} minutes behind that of {0}. Set it right: until then, changes made here"
                    + " lose against earlier ones of other devices."),

    /** 0: host:port. */
    STORAGE_SERVER_BUSY("storage.server-busy", "The server {0} is busy and asks to wait."),

    /** 0: the bucket. */
    STORAGE_SERVER_FULL(
            "storage.server-full", "The storage of the bucket {0} is full, or its quota is used up. Make room there."),

    /** 0: host:port, 1: the status. */
    STORAGE_SERVER_FAILED("storage.server-failed", "The server {0} failed with the status {1}. Try again later."),

    /** 0: host:port, 1: the error's code, 2: what the server says. */
    STORAGE_SERVER_REFUSED("storage.server-refused", "The server {0} refused a request ({1}). {2}"),

    /** 0: host:port, 1: the error's code. */
    STORAGE_COMPATIBILITY(
            "storage.compatibility",
            "The server {0} does not understand a newer part of the requests ({1}). Turn on compatibility."),

    /** 0: the storage. */
    STORAGE_LISTING_REPEATS(
            "storage.listing-repeats",
            "The listing of {0} repeats itself, so that it cannot be read to its end. Try again later."),

    /** 0: the storage. */
    STORAGE_LISTING_ENDLESS(
            "storage.listing-endless",
            "The listing of {0} does not end: it is longer than that of any library. Remove what does not belong"
                    + " there, or ask the provider."),

    /** 0: host:port. */
    STORAGE_PUT_UNCONFIRMED(
            "storage.put-unconfirmed", "The server {0} did not confirm what was uploaded. Try again later."),

    /** Not a failure: a limitation found by a test. */
    STORAGE_PROBE_BEHIND(
            "storage.probe-behind",
            "The listing does not show at once what was stored. Other devices see changes a little later."),

    /** Not a failure: a limitation found by a test. */
    STORAGE_PROBE_STALE(
            "storage.probe-stale",
            "A file that was replaced is given back as it was before for a while. Other devices see changes"
                    + " a little later."),

    /** 0: the storage. */
    STORAGE_PROBE_OTHER_BYTES(
            "storage.probe-other-bytes", "{0} gave back other bytes than were stored. It cannot be used."),

    /** 0: the storage. Not a failure: a limitation found by a test. */
    STORAGE_PROBE_NOT_DELETED(
            "storage.probe-not-deleted",
            "{0} still has a file that was just deleted. If it always does, it grows without end."),

    /** 0: why. Also for storages that are not of this library. */
    STORAGE_REQUEST_FAILED("storage.request-failed", "A request to the storage failed. {0}"),

    /** 0: how many MiB a blob may have. */
    BLOB_TOO_LARGE("blob.too-large", "The file is larger than {0} MB, which is the most that can be attached."),

    /** It has no bytes. */
    BLOB_EMPTY("blob.empty", "The file is empty. There is nothing to attach."),

    /** 0: the path. */
    BLOB_IS_FOLDER("blob.is-folder", "{0} is a folder, not a file. Attach the files in it, or an archive of it."),

    /** 0: the path. */
    BLOB_NOT_A_FILE("blob.not-a-file", "{0} is a pipe or a device, not a file. Attach a file."),

    /** 0: the path. */
    BLOB_FILE_MISSING("blob.file-missing", "There is no file {0}."),

    /** 0: the file, 1: why. */
    BLOB_NOT_READ("blob.not-read", "The file {0} cannot be read. {1}"),

    /** 0: where blobs are kept, 1: why. */
    BLOB_NOT_WRITTEN("blob.not-written", "The file cannot be kept in {0}. {1}"),

    /** 0: the file, 1: why. */
    BLOB_NOT_SAVED("blob.not-saved", "The file {0} cannot be written. {1}"),

    /** It has to be fetched first. */
    BLOB_NOT_HERE(
            "blob.not-here",
            "The attached file is not on this device. Connect to the place that you sync with, and open it again."),

    /** What lies on this device is not what it should be. */
    BLOB_DAMAGED_HERE(
            "blob.damaged-here",
            "The attached file is damaged on this device. Connect to the place that you sync with, and open it again."),

    /** 0: the storage, such as a folder. */
    BLOB_NOT_THERE(
            "blob.not-there",
            "The attached file is not in {0}. A device that has it puts it there with its next sync; open it again"
                    + " then."),

    /** 0: the storage, such as a folder. */
    BLOB_DAMAGED_THERE(
            "blob.damaged-there",
            "The attached file is damaged in {0}. A device that has it puts it there again with its next sync; open it"
                    + " again then."),

    /** 0: the table, 1: the column. */
    SCHEMA_BLOB_COLUMN(
            "schema.blob-column", "The table {0} cannot refer to files: it is not synced, or has no column {1}."),

    /** There is no target. */
    SYNC_OFF("sync.off", "Sync is off."),

    /** The service was closed before the sync that was asked for. */
    SYNC_CLOSING("sync.closing", "The program is closing."),

    /** 0: seconds. */
    SYNC_BUSY(
            "sync.busy", "Another sync of this profile is still running after {0} seconds. Try again when it is done."),

    /** The thread was interrupted; the next sync goes on from there. */
    SYNC_INTERRUPTED("sync.interrupted", "The sync was interrupted."),

    /** 0: the file, 1: why. */
    SYNC_LOCK_FAILED("sync.lock-failed", "The file {0} cannot be locked. {1}"),

    /** 0: why. */
    SYNC_UNLOCK_FAILED("sync.unlock-failed", "The lock of the sync could not be given back. {0}"),

    /** 0: why. */
    SYNC_STATE_NOT_SAVED("sync.state-not-saved", "The state of the sync could not be saved. {0}"),

    /** Nothing is published meanwhile. */
    SYNC_STORAGE_NEWER(
            "sync.storage-newer",
            "A newer version of this program writes to this storage. Install it to go on; until then nothing is"
                    + " published from here."),

    /** 0: how many, 1: the object's name, 2: what is wrong with it. */
    SYNC_BLOCKED(
            "sync.blocked",
            "Changes of other devices, {0} of them, cannot be read yet. The file {1} cannot be used. {2}"),

    /** 0: the file, 1: why. Everything else was synced. */
    SYNC_REFUSED("sync.refused", "The file {0} in the storage was not applied. {1}"),

    /** 0: how many. What they wait for is in no file, not even in a bad one. */
    SYNC_GAP(
            "sync.gap",
            "Changes of other devices, {0} of them, wait for others that are in no file there. If a folder tool is"
                    + " still at work, it may bring them."),

    /** 0: what was thrown. */
    SYNC_FAILED("sync.failed", "The sync failed in an unexpected way. {0}"),

    /** 0: the storage, such as a folder. */
    SYNC_ENCRYPTED(
            "sync.encrypted",
            "The library in {0} is encrypted. Turn encryption on, and enter its passphrase or recovery code, to connect"
                    + " to it. Nothing was uploaded."),

    /** 0: the storage, such as a folder. The device encrypts elsewhere, and nobody has said whether to do so there. */
    SYNC_WOULD_BE_PLAIN(
            "sync.would-be-plain",
            "This device encrypts its library in another place, and nobody has said that it is not to be encrypted in"
                    + " {0}. Enter the passphrase, or turn encryption off for good. Nothing was uploaded."),

    /** 0: the storage, such as a folder. The device is set to encrypt, but has neither keys nor passphrase. */
    SYNC_PASSPHRASE_NEEDED(
            "sync.passphrase-needed", "The passphrase for {0} is needed. Until it is entered, nothing is uploaded."),

    /** 0: the storage, such as a folder. */
    SYNC_WRONG_PASSPHRASE("sync.wrong-passphrase", "The passphrase does not open the library in {0}."),

    /** 0: the storage, such as a folder. */
    SYNC_WRONG_RECOVERY_CODE(
            "sync.wrong-recovery-code",
            "The recovery code does not open the library in {0}. If a newer one was made, only that one does."),

    /** 0: the storage, such as a folder. */
    SYNC_PASSPHRASE_CHANGED(
            "sync.passphrase-changed",
            "The passphrase for {0} was changed on another device. Enter the new one; nothing is lost."),

    /** 0: the storage, such as a folder. Some files need a key that this device does not have yet. */
    SYNC_NEW_KEY(
            "sync.new-key",
            "Another device writes to {0} with a key that this one does not have yet. Enter the passphrase to go on;"
                    + " nothing is lost."),

    /** 0: the storage, such as a folder. */
    SYNC_KEYS_MISSING(
            "sync.keys-missing",
            "{0} holds no key of an encrypted library. If a folder tool is still at work there, try again when it is"
                    + " done."),

    /** 0: the storage, such as a folder. The key that this device last encrypted with is neither kept here nor sealed there. */
    SYNC_KEYS_PUT_BACK(
            "sync.keys-put-back",
            "The key that this device last encrypted with is gone from {0}, and other keys are there: somebody may"
                + " have put old keys back. Nothing was uploaded. Change the passphrase on a device that still syncs,"
                + " and enter the new one here."),

    /** 0: the storage, such as a folder. Anybody who may write to it can put key files there. */
    SYNC_KEYS_UNTRIED(
            "sync.keys-untried",
            "{0} holds unusually many key files, and those tried first cannot be opened. Try again: the others are"
                    + " tried then. Somebody may have put them there to slow you down."),

    /** 0: the storage, such as a folder. */
    SYNC_KEY_DAMAGED(
            "sync.key-damaged",
            "A sealed key in {0} is damaged, so nobody can tell whether what was entered is right. Sync on a device"
                    + " that is connected already: it puts the file there again. Or enter the recovery code"
                    + " instead of the passphrase, or the passphrase instead of the code."),

    /** 0: how many MiB. */
    SYNC_KEY_MEMORY(
            "sync.key-memory",
            "Trying or setting what opens the library takes {0} MB of memory, and this program has less on this"
                    + " computer. Enter the recovery code instead of the passphrase, which takes little, or set another"
                    + " passphrase on a computer with more memory."),

    /** 0: the storage, such as a folder. */
    SYNC_KEY_NOT_SEALED(
            "sync.key-not-sealed",
            "The key was stored in {0}, but could not be read back. What was there before is still valid; try again."),

    /** 0: the storage, such as a folder. The device is set to encrypt. */
    SYNC_NOT_ENCRYPTED(
            "sync.not-encrypted",
            "The library in {0} is not encrypted, but this device is set to encrypt. If your other devices encrypt it,"
                + " somebody has tampered with the storage; if they do not, encrypt it there first, or choose another"
                + " storage. Nothing was uploaded."),

    /** 0: the storage, such as a folder. The device has synced with it encrypted before. */
    SYNC_DOWNGRADED(
            "sync.downgraded",
            "{0} now says that its library is not encrypted, but this device knows that it is. Somebody may have"
                    + " tampered with it. Nothing was uploaded."),

    /** 0: the storage, such as a folder. */
    SYNC_CODE_FOUNDS_NOTHING(
            "sync.code-founds-nothing",
            "A recovery code opens an encrypted library, but {0} holds none. If a folder tool is still at work there,"
                    + " try again when it is done; to set up a new library, choose a passphrase."),

    /** Somebody wants to have a recovery code as the passphrase from now on: what is typed in its form opens as a code does. */
    SYNC_CODE_AS_PASSPHRASE(
            "sync.code-as-passphrase",
            "A recovery code opens a library that is there, and cannot be its passphrase; choose a passphrase of your"
                    + " own."),

    /** 0: how many. The program decides on that number. */
    SYNC_PASSPHRASE_SHORT("sync.passphrase-short", "A passphrase has at least {0} characters."),

    /** The libraries that the engine leaves to those who want encryption are not on the class path. */
    SYNC_ENCRYPTION_MISSING(
            "sync.encryption-missing",
            "This program was installed without what encryption needs. Install it completely; until then, nothing is"
                    + " uploaded."),

    /** 0: the storage, such as a folder. */
    SYNC_LIBRARY_UNNAMED(
            "sync.library-unnamed",
            "{0} holds changes of a library, but not the file that names it. If a folder tool is still at work"
                    + " there, try again when it is done."),

    /** 0: the storage, such as a folder. */
    SYNC_PUBLISHED_ANEW(
            "sync.published-anew",
            "Somebody has published the library in {0} anew. This device has to be connected to it again."),

    /** 0: the storage, such as a folder. */
    SYNC_PUT_BACK(
            "sync.put-back",
            "{0} was put back to what it was before this device's library was published again there. Publish"
                    + " everything once more, or connect to what is there. Nothing was changed here."),

    /** 0: the storage, such as a folder. */
    SYNC_COPY_SAME_PLACE("sync.copy-same-place", "{0} cannot be copied to itself."),

    /** 0: the storage, such as a folder. */
    SYNC_COPY_NOTHING("sync.copy-nothing", "{0} holds no library that could be copied."),

    /** 0: how many, 1: the storage, such as a folder. */
    SYNC_COPY_INCOMPLETE(
            "sync.copy-incomplete",
            "The copy in {1} is not whole. Files that could not be read, or are not listed there yet: {0}. Start it"
                    + " again; what is there stays."),

    /** 0: the storage, such as a folder. */
    SYNC_COPY_MIXES(
            "sync.copy-mixes",
            "{0} holds something of another library, and two must not be mixed. Choose an empty place. Nothing was"
                    + " copied."),

    /** 0: the storage, such as a folder, 1: the device's id. */
    SYNC_DEVICE_UNKNOWN("sync.device-unknown", "{0} knows no device {1}."),

    /** 0: the file, 1: why. */
    SYNC_RETIRES_UNREAD(
            "sync.retires-unread",
            "Nothing was changed: the device has published changes that cannot be read here at this moment, and"
                + " retiring it would give them up for everybody. The file {0}: {1} Try again when it can be read; if"
                + " it is lost for good, remove it from the storage first."),

    /** 0: the storage, such as a folder. */
    SYNC_EMPTIED(
            "sync.emptied",
            "{0} is empty, although this device has published there before. It may have been wiped or replaced, or"
                    + " its drive is not connected. Nothing was changed here."),

    /** 0: the storage, such as a folder. */
    SYNC_TWO_LIBRARIES(
            "sync.two-libraries",
            "{0} holds two libraries, each with several devices. Decide which of them is to stay, and connect the"
                    + " devices of the other to a place of their own. Nothing was changed."),

    /** 0: the storage, such as a folder. */
    SYNC_OTHER_LIBRARY(
            "sync.other-library",
            "{0} holds another library than this device's. Choose another place, or connect a fresh profile to it."
                    + " Nothing was changed."),

    /** 0: the storage, such as a folder. */
    SYNC_LIBRARY_NEWER(
            "sync.library-newer",
            "The library in {0} was written by a newer version of this program. Install that version to connect to"
                    + " it."),

    /** An argument of others: what is wrong with a file. */
    FILE_NOT_OURS("file.not-ours", "It is not a file of this program."),

    /** An argument of others: what is wrong with a file. */
    FILE_INCOMPLETE(
            "file.incomplete", "It is not as long as it should be: it was cut off, or is not written completely yet."),

    /** An argument of others: what is wrong with a file. */
    FILE_CHECKSUM("file.checksum", "Its checksum does not fit its content."),

    /** An argument of others: what is wrong with a file. */
    FILE_OTHER_KIND("file.other-kind", "It is a file of another kind."),

    /** An argument of others: what is wrong with a file. */
    FILE_RENAMED("file.renamed", "It has been renamed."),

    /** An argument of others: what is wrong with a file. */
    FILE_MALFORMED("file.malformed", "Its content is malformed."),

    /** An argument of others: what is wrong with a file. */
    FILE_TOO_LARGE("file.too-large", "It is too large."),

    /** An argument of others: what is wrong with a file. */
    FILE_NO_MEMORY(
            "file.no-memory",
            "Tidemark has too little memory to read it on this device. Other devices can read it. Allow Java more"
                    + " memory (-Xmx)."),

    /** An argument of others: what is wrong with a file. */
    FILE_UNREADABLE("file.unreadable", "The storage fails to give it, though it gives others."),

    /** An argument of others: what is wrong with a file. */
    FILE_VANISHED("file.vanished", "It was listed, but is not there."),

    /** An argument of others: what is wrong with a file. */
    FILE_NEWER("file.newer", "A newer version of this program wrote it."),

    /** An argument of others: what is wrong with a file. */
    FILE_NOT_ENCRYPTED("file.not-encrypted", "It is not encrypted, but lies among encrypted files."),

    /** An argument of others: what is wrong with a file. */
    FILE_NOT_DECRYPTED(
            "file.not-decrypted", "It cannot be decrypted: it was changed or cut off, or is of somebody else."),

    /** An argument of others: what is wrong with a file. */
    FILE_KEY_UNKNOWN(
            "file.key-unknown", "It is encrypted with a key that this device does not have. Enter the passphrase."),

    /** An argument of others: what is wrong with a file. */
    FILE_NOT_AUTHENTIC("file.not-authentic", "It was renamed or exchanged, or not written by a device of the library."),

    /** An argument of others: what is wrong with a file. */
    FILE_DROPS_ROWS(
            "file.drops-rows",
            "It leaves out data of this device that no device has deleted. Nothing was removed. Find out who else can"
                    + " write to the storage."),

    /** An argument of others: what is wrong with a file. */
    FILE_FROM_FUTURE(
            "file.from-future",
            "It claims a time more than a year ahead of this device's clock. Check the clock of this computer first,"
                    + " then those of the other devices, and run tidemark repair on the device whose clock was wrong."),

    /** An argument of others: what is wrong with a file. */
    FILE_TOO_MANY_DEVICES(
            "file.too-many-devices",
            "The library has more than 500 devices, and changes of further ones are not applied. Retire devices that"
                    + " are gone."),

    /** An argument of others: what is wrong with a file. */
    FILE_OTHER_LIBRARY("file.other-library", "It belongs to another library."),

    /** An argument of others: why something failed. */
    DISK_FULL("disk.full", "The disk is full."),

    /** An argument of others: why something failed. */
    DISK_FULL_SHARED_FILE(
            "disk.full-shared-file",
            "There is no room on the disk for the file beside the database that its readers share."),

    /** An argument of others: why something failed. */
    DISK_QUOTA("disk.quota", "Your quota there is used up. Free some space, then try again."),

    /** An argument of others: why something failed. */
    DISK_READ_ONLY("disk.read-only", "The drive, the folder or the file is read-only."),

    /** An argument of others: why something failed. */
    DISK_ERROR("disk.error", "The disk reported an error."),

    /** An argument of others: why something failed. */
    DRIVE_LOST("drive.lost", "The connection to its drive was lost. See that the drive is connected."),

    /** An argument of others: why something failed. */
    DRIVE_UNABLE("drive.unable", "Its drive cannot do that. Choose a folder on another drive."),

    /** An argument of others: why something failed. */
    MEMORY_EXHAUSTED("memory.exhausted", "There was not enough memory for it."),

    /** An argument of others: why something failed. */
    FILE_ONLINE_ONLY(
            "file.online-only",
            "Only its name is on this device. See that the program that carries the folder runs, and have it keep the"
                    + " folder on this device."),

    /** An argument of others: why something failed. */
    FILE_HELD("file.held", "Another program holds the file for too long."),

    /** An argument of others: why something failed. */
    FILE_CORRUPT("file.corrupt", "The file is damaged."),

    /** An argument of others: why something failed. */
    FILE_NOT_SQLITE("file.not-sqlite", "The file is not a SQLite database."),

    /** An argument of others: why something failed. */
    FILE_NOT_OPENED("file.not-opened", "The file cannot be opened."),

    /** An argument of others: why something failed. */
    FILE_NOT_ALLOWED("file.not-allowed", "You may not do that there. Check the permissions."),

    /** An argument of others: why something failed. */
    FOLDER_GONE("folder.gone", "The folder is not there any more."),

    /** An argument of others: why something failed. */
    INTERRUPTED("interrupted", "It was interrupted.");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)\\}");

    private final String code;
    private final String messageTemplate;

    Problem(String code, String sentence) {
        this.code = code;
        this.messageTemplate = sentence;
    }

    /** What names it: lower-case words with points and hyphens. Never changed, never used again for something else. */
    public String code() {
        return code;
    }

    /** The sentence in English, with its places. */
    public String messageTemplate() {
        return messageTemplate;
    }

    /**
     * Fills the places of a sentence, this one's or its translation. A problem among the arguments stands for its English
     * sentence: translate it first.
     *
     * @param sentence with places such as {@code {0}}
     * @param arguments what goes there; a place without an argument stays as it is
     */
    public static String format(String sentence, List<?> arguments) {
        return PLACEHOLDER.matcher(sentence).replaceAll(place -> {
            int number = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(number < arguments.size() ? text(arguments.get(number)) : place.group());
        });
    }

    private static String text(Object argument) {
        return argument instanceof Problem reason ? reason.messageTemplate : String.valueOf(argument);
    }
}
