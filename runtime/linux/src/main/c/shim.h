#ifndef JORCH_SHIM_H
#define JORCH_SHIM_H

#include "sys.h"

/* The descriptors that the launch script leaves open for the shim. */
enum { GO_FD = 3, REPORT_FD, OUT_FD, ERR_FD, TASK_DIR_FD, SHIMS_DIR_FD };

#define EINTR 4
#define EAGAIN 11
#define O_WRONLY 1
#define O_RDONLY 0
#define O_CREAT 0100
#define O_TRUNC 01000
#define O_NONBLOCK 04000
#define O_CLOEXEC 02000000 /* the same on both architectures */

struct timespec64 {
	int64_t sec, nsec;
};

uint64_t now_ns(int clock);
size_t text_length(const char *text);

/* The log: `log` in the task's directory, rotated to `log.1`, `log.2`, ... Formats: see docs in LogFormat.java. */
#define LOG_MAGIC 0x474f4c4aU /* "JLOG" */
struct log_header {
	uint32_t magic;
	uint16_t version, size;
	uint64_t sequence;   /* counts the files of this task from 1, so that a reader knows which comes next */
	uint64_t created_ns; /* CLOCK_REALTIME */
	uint64_t reserved;
};
#define LOG_PARTIAL 1
struct log_record {
	uint64_t time_ns; /* CLOCK_REALTIME */
	uint32_t length;  /* of the bytes that follow, without the line feed */
	uint8_t stream;   /* 1 stdout, 2 stderr */
	uint8_t flags;    /* LOG_PARTIAL: no line feed was seen, the line goes on in this stream's next record */
	uint16_t reserved;
};

/* max_files 0 throws all output away. */
void log_open(uint64_t max_bytes, unsigned max_files);
/* Appends what one read of a stream gave. Never blocks on a full disk: it counts what it had to drop. */
void log_append(int stream, const char *bytes, size_t length);
uint64_t log_dropped(void);

#endif
