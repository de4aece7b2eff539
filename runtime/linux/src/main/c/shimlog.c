/* Writes a container's output to its log, one record per line, and rotates it. */
#include "shim.h"

#define RECORDS 32

struct piece {
	const void *base;
	size_t length;
};

static int log_fd = -1;
static uint64_t log_size, log_limit, log_sequence, dropped_records;
static unsigned log_files;

uint64_t log_dropped(void)
{
	return dropped_records;
}

/* "log" for 0, "log.N" above. */
static void name_of(unsigned number, char name[16])
{
	char digits[10];
	int count = 0, at = 3;
	name[0] = 'l', name[1] = 'o', name[2] = 'g';
	if (number > 0) {
		name[at++] = '.';
		for (; number > 0; number /= 10)
			digits[count++] = (char)('0' + number % 10);
		while (count > 0)
			name[at++] = digits[--count];
	}
	name[at] = 0;
}

static void start_file(void)
{
	struct log_header header = {LOG_MAGIC, 1, sizeof header, ++log_sequence, now_ns(0), 0};
	log_fd = (int)SYS(openat, TASK_DIR_FD, "log", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	log_size = sizeof header;
	if (log_fd >= 0 && SYS(write, log_fd, &header, sizeof header) != sizeof header) {
		SYS(close, log_fd);
		log_fd = -1;
	}
}

static void rotate(void)
{
	char from[16], to[16];
	for (unsigned i = log_files - 1; i > 0; i--) {
		name_of(i - 1, from);
		name_of(i, to);
		SYS(renameat2, TASK_DIR_FD, from, TASK_DIR_FD, to, 0);
	}
	SYS(close, log_fd);
	start_file();
}

void log_open(uint64_t max_bytes, unsigned max_files)
{
	log_limit = max_bytes;
	log_files = max_files;
	if (max_files > 0)
		start_file();
}

/* All of it or nothing: a record cut by a full disk would hide all that come after it. */
static int write_whole(struct piece *pieces, int count, size_t total)
{
	long written = SYS(writev, log_fd, pieces, count);
	if (written == (long)total)
		return 1;
	SYS(ftruncate, log_fd, log_size);
	SYS(lseek, log_fd, log_size, 0);
	return 0;
}

static void flush(struct piece *pieces, int count, size_t total)
{
	if (count == 0)
		return;
	if (log_limit > 0 && log_size > sizeof(struct log_header) && log_size + total > log_limit)
		rotate();
	if (log_fd < 0)
		start_file();
	if (log_fd >= 0 && write_whole(pieces, count, total))
		log_size += total;
	else
		dropped_records += (unsigned)count / 2;
}

void log_append(int stream, const char *bytes, size_t length)
{
	static struct log_record records[RECORDS];
	static struct piece pieces[2 * RECORDS];
	uint64_t time = now_ns(0);
	int used = 0;
	size_t total = 0;
	if (log_files == 0)
		return;
	while (length > 0) {
		size_t line = 0;
		while (line < length && bytes[line] != '\n')
			line++;
		int partial = line == length;
		records[used] = (struct log_record){time, (uint32_t)line, (uint8_t)stream, partial ? LOG_PARTIAL : 0, 0};
		pieces[2 * used] = (struct piece){&records[used], sizeof records[used]};
		pieces[2 * used + 1] = (struct piece){bytes, line};
		total += sizeof records[used] + line;
		used++;
		bytes += line + !partial;
		length -= line + !partial;
		if (used == RECORDS) {
			flush(pieces, 2 * used, total);
			used = 0;
			total = 0;
		}
	}
	flush(pieces, 2 * used, total);
}
