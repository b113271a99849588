/*
 * Stands between a process and the disk (LD_PRELOAD, Linux): counts, delays and fails the fsyncs of files in one folder,
 * and writes down everything that is written there, so that a power cut can be replayed at every point. It sees SQLite's
 * native library and Java's FileChannel alike. FsyncShim.java compiles it, sets the environment and reads what it writes.
 *
 *   TIDEMARK_SHIM_FOLDER        the folder to watch: real, absolute, without a slash at its end
 *   TIDEMARK_SHIM_LOG           where to append records; shared by several processes; nothing if unset
 *   TIDEMARK_SHIM_COUNTS        where to keep four 64-bit counters: fsyncs of files, failed ones, fsyncs of folders, writes
 *   TIDEMARK_SHIM_DELAY_MICROS  how long each fsync of a file takes longer
 *   TIDEMARK_SHIM_FAIL_AT       which fsync of a file fails with EIO, the first being 1; what it should have saved is dropped
 *
 * A record is a header and the bytes written. A write is recorded after it was done and an fsync before and after, so what
 * stands before an fsync's first record is what that fsync covers. Shared memory (-shm) is left out: a power cut empties it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, TRUNCATE, SYNC_BEGIN, SYNC_END, SYNC_FAILED, UNLINK, FOLDER_BEGIN, FOLDER_END };
enum { UNKNOWN = 0, ELSEWHERE, IN_FOLDER, THE_FOLDER };
enum { DESCRIPTORS = 65536, LONGEST_NAME = 96 };

struct header {
    uint32_t kind, thread;
    uint64_t nanos, inode;
    int64_t position;
    uint32_t name_length, data_length;
};

static char folder[4096];
static size_t folder_length;
static int record_file = -1;
static long delay_micros, fail_at;
static _Atomic uint64_t own_counts[4];
static _Atomic uint64_t *counts = own_counts;
static _Atomic long syncs;

static _Atomic unsigned char kinds[DESCRIPTORS];
static uint64_t inodes[DESCRIPTORS];
static char names[DESCRIPTORS][LONGEST_NAME];

__attribute__((constructor)) static void begin(void) {
    const char *value = getenv("TIDEMARK_SHIM_FOLDER");
    if (!value || strlen(value) >= sizeof folder) return;
    strcpy(folder, value);
    folder_length = strlen(folder);
    if ((value = getenv("TIDEMARK_SHIM_DELAY_MICROS"))) delay_micros = atol(value);
    if ((value = getenv("TIDEMARK_SHIM_FAIL_AT"))) fail_at = atol(value);
    if ((value = getenv("TIDEMARK_SHIM_LOG")))
        record_file = (int) syscall(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if ((value = getenv("TIDEMARK_SHIM_COUNTS"))) {
        int file = (int) syscall(SYS_openat, AT_FDCWD, value, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file >= 0 && syscall(SYS_ftruncate, file, sizeof own_counts) == 0) {
            void *shared = mmap(NULL, sizeof own_counts, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
            if (shared != MAP_FAILED) counts = shared;
        }
    }
}

static void record(uint32_t kind, uint64_t inode, const char *name, int64_t position, const void *data, size_t length) {
    if (record_file < 0) return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct header header = {kind, (uint32_t) syscall(SYS_gettid), (uint64_t) now.tv_sec * 1000000000u + (uint64_t) now.tv_nsec, inode,
                            position, (uint32_t) strlen(name), (uint32_t) length};
    /* One call, so that the records of several threads and processes do not mix. */
    struct iovec parts[3] = {{&header, sizeof header}, {(void *) name, header.name_length}, {(void *) data, length}};
    if (syscall(SYS_writev, record_file, parts, 3) != (long) (sizeof header + header.name_length + length)) {
        static const char trouble[] = "fsync_shim: the record could not be written\n";
        syscall(SYS_write, 2, trouble, sizeof trouble - 1);
        _exit(86);
    }
}

static int kind_of(int descriptor) {
    if (!folder_length || descriptor < 0 || descriptor >= DESCRIPTORS) return ELSEWHERE;
    int kind = atomic_load(&kinds[descriptor]);
    if (kind != UNKNOWN) return kind;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    kind = ELSEWHERE;
    if (strcmp(path, folder) == 0) {
        kind = THE_FOLDER;
    } else if (strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/'
            && strlen(path) - folder_length < LONGEST_NAME && !strstr(path, "-shm")) {
        struct stat status;
        kind = IN_FOLDER;
        strcpy(names[descriptor], path + folder_length + 1);
        inodes[descriptor] = fstat(descriptor, &status) == 0 ? status.st_ino : 0;
    }
    atomic_store(&kinds[descriptor], (unsigned char) kind);
    return kind;
}

static void forget(int descriptor) {
    if (descriptor >= 0 && descriptor < DESCRIPTORS) atomic_store(&kinds[descriptor], UNKNOWN);
}

static void wrote(int descriptor, const void *data, ssize_t length, int64_t position) {
    if (length <= 0 || kind_of(descriptor) != IN_FOLDER) return;
    atomic_fetch_add(&counts[3], 1);
    record(WRITE, inodes[descriptor], names[descriptor], position, data, (size_t) length);
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t position) {
    ssize_t done = syscall(SYS_pwrite64, descriptor, data, length, position);
    int trouble = errno;
    wrote(descriptor, data, done, position);
    errno = trouble;
    return done;
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t position) {
    return pwrite64(descriptor, data, length, position);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    ssize_t done = syscall(SYS_write, descriptor, data, length);
    int trouble = errno;
    if (done > 0 && kind_of(descriptor) == IN_FOLDER)
        wrote(descriptor, data, done, syscall(SYS_lseek, descriptor, 0, SEEK_CUR) - done);
    errno = trouble;
    return done;
}

int ftruncate64(int descriptor, off64_t length) {
    int result = (int) syscall(SYS_ftruncate, descriptor, length);
    int trouble = errno;
    if (result == 0 && kind_of(descriptor) == IN_FOLDER)
        record(TRUNCATE, inodes[descriptor], names[descriptor], length, NULL, 0);
    errno = trouble;
    return result;
}

int ftruncate(int descriptor, off_t length) {
    return ftruncate64(descriptor, length);
}

static int sync_file(int descriptor, long call) {
    int kind = kind_of(descriptor);
    if (kind == ELSEWHERE) return (int) syscall(call, descriptor);
    uint64_t inode = kind == IN_FOLDER ? inodes[descriptor] : 0;
    const char *name = kind == IN_FOLDER ? names[descriptor] : "";
    record(kind == IN_FOLDER ? SYNC_BEGIN : FOLDER_BEGIN, inode, name, 0, NULL, 0);
    atomic_fetch_add(&counts[kind == IN_FOLDER ? 0 : 2], 1);
    if (kind == IN_FOLDER && delay_micros) {
        struct timespec delay = {delay_micros / 1000000, delay_micros % 1000000 * 1000};
        nanosleep(&delay, NULL);
    }
    if (kind == IN_FOLDER && atomic_fetch_add(&syncs, 1) + 1 == fail_at) {
        atomic_fetch_add(&counts[1], 1);
        record(SYNC_FAILED, inode, name, 0, NULL, 0);
        errno = EIO;
        return -1;
    }
    int result = (int) syscall(call, descriptor);
    int trouble = errno;
    if (result == 0) record(kind == IN_FOLDER ? SYNC_END : FOLDER_END, inode, name, 0, NULL, 0);
    errno = trouble;
    return result;
}

int fsync(int descriptor) {
    return sync_file(descriptor, SYS_fsync);
}

int fdatasync(int descriptor) {
    return sync_file(descriptor, SYS_fdatasync);
}

int unlink(const char *path) {
    struct stat status;
    int ours = folder_length && strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/'
            && !strstr(path, "-shm") && lstat(path, &status) == 0;
    int result = (int) syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    int trouble = errno;
    if (result == 0 && ours) record(UNLINK, status.st_ino, path + folder_length + 1, 0, NULL, 0);
    errno = trouble;
    return result;
}

int close(int descriptor) {
    forget(descriptor);
    return (int) syscall(SYS_close, descriptor);
}

int dup2(int from, int to) {
    if (from == to) return to;
    forget(to);
    return (int) syscall(SYS_dup3, from, to, 0);
}
