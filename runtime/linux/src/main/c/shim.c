/*
 * The parent of a container's first process. It outlives the daemon: it keeps the output pipes, writes the log and the
 * exit record, kills the container when its lease runs out, and answers the daemon on RUN/shims/ID.sock.
 *
 * argv: jorch-shim ID PID LEASE_DEADLINE_NS LOG_MAX_BYTES LOG_MAX_FILES OOM_COUNTER_FILE
 * descriptors: see shim.h. Frames and records: see io.jorch.runtime.container.ShimProtocol and ExitRecord.
 */
#include "shim.h"

#define CLIENTS 6
#define POLLIN 1
#define POLLHUP 16
#define CLOCK_REALTIME 0
#define CLOCK_BOOTTIME 7
#define SIGKILL 9
#define ENOSYS 38

#define FRAME_MAGIC 0x4d48534aU /* "JSHM" */
#define REPLY 0x8000
enum type { PING = 1, STATUS, SIGNAL, LEASE, WAIT, EXITED };
struct frame {
	uint32_t magic;
	uint16_t version, type;
	uint64_t a, b, c;
};

#define EXIT_MAGIC 0x5458454aU /* "JEXT" */
#define EXIT_OOM 1
#define EXIT_LEASE 2
struct exit_record {
	uint32_t magic;
	uint16_t version, size;
	uint32_t pid;
	int32_t code;   /* of exit(2); 0 when a signal ended it */
	int32_t signal; /* 0 when it exited */
	uint32_t flags;
	uint64_t start_ticks;
	uint64_t started_ns, finished_ns; /* CLOCK_REALTIME */
	uint64_t dropped; /* log records that a full disk swallowed */
};

struct poll {
	int32_t fd;
	int16_t events, revents;
};
enum { POLL_PID, POLL_TIMER, POLL_LISTEN, POLL_OUT, POLL_ERR, POLL_CLIENT, POLL_COUNT = POLL_CLIENT + CLIENTS };

unsigned long __stack_chk_guard;
void __stack_chk_fail(void);

static struct poll polls[POLL_COUNT];
static uint8_t waiting[CLIENTS];
static struct exit_record record = {.magic = EXIT_MAGIC, .version = 1, .size = sizeof record};
static uint64_t lease;
static const char *oom_file;
static uint64_t oom_before;
static char buffer[4096];

__asm__(ENTRY);

_Noreturn static void die(int status)
{
	for (;;)
		SYS(exit_group, status);
}

void __stack_chk_fail(void)
{
	die(134);
}

void *memset(void *to, int value, size_t length)
{
	for (char *at = to; length > 0; length--)
		*at++ = (char)value;
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t length)
{
	const char *source = from;
	for (char *at = to; length > 0; length--)
		*at++ = *source++;
	return to;
}

size_t text_length(const char *text)
{
	size_t length = 0;
	while (text[length])
		length++;
	return length;
}

uint64_t now_ns(int clock)
{
	struct timespec64 time = {0, 0};
	SYS(clock_gettime, clock, &time);
	return (uint64_t)time.sec * 1000000000U + (uint64_t)time.nsec;
}

/* The first number in the text; the interpreter pads pids on the left. */
static uint64_t number_in(const char *text)
{
	uint64_t value = 0;
	while (*text && (*text < '0' || *text > '9'))
		text++;
	for (; *text >= '0' && *text <= '9'; text++)
		value = value * 10 + (uint64_t)(*text - '0');
	return value;
}

/* Reads a small file into the buffer. */
static long slurp(const char *path)
{
	int fd = (int)SYS(openat, -100, path, O_RDONLY | O_CLOEXEC);
	long length = fd < 0 ? fd : SYS(read, fd, buffer, sizeof buffer - 1);
	if (fd >= 0)
		SYS(close, fd);
	buffer[length > 0 ? length : 0] = 0;
	return length;
}

/* The count after "oom_kill " in memory.events (v2) or memory.oom_control (v1). */
static uint64_t oom_kills(void)
{
	static const char key[] = "oom_kill ";
	if (*oom_file == 0 || slurp(oom_file) <= 0)
		return 0;
	for (const char *at = buffer; *at; at++) {
		size_t same = 0;
		while (key[same] && at[same] == key[same])
			same++;
		if (key[same] == 0 && (at == buffer || at[-1] == '\n'))
			return number_in(at + same);
	}
	return 0;
}

/* Field 22 of /proc/PID/stat; the second, the command in brackets, may hold anything. */
static uint64_t start_ticks(const char *padded_pid)
{
	char path[32] = "/proc/";
	size_t at = 6;
	for (const char *text = padded_pid; *text && at < 20; text++)
		if (*text >= '0' && *text <= '9')
			path[at++] = *text;
	memcpy(path + at, "/stat", 6);
	long length = slurp(path);
	while (length > 0 && buffer[length - 1] != ')')
		length--;
	const char *text = buffer + (length > 0 ? length : 0);
	for (int spaces = 0; *text && spaces < 20; text++)
		spaces += *text == ' ';
	return number_in(text);
}

static void report(int kind, uint64_t place, uint64_t value)
{
	struct report message = {REPORT_MAGIC, 1, (uint16_t)kind, place, value, 0};
	SYS(write, REPORT_FD, &message, sizeof message);
}

/* Place 0 is the shim itself: no operation of the script has that offset. */
static long must(long result)
{
	if (result < 0) {
		report(REPORT_FAILED, 0, (uint64_t)-result);
		die(1);
	}
	return result;
}

static int listen_at(const char *id)
{
	struct {
		uint16_t family;
		char path[108];
	} address = {1, {0}};
	size_t length = text_length(id);
	if (length > 100)
		must(-36 /* ENAMETOOLONG */);
	memcpy(address.path, id, length);
	memcpy(address.path + length, ".sock", 6);
	must(SYS(fchdir, SHIMS_DIR_FD));
	int fd = (int)must(SYS(socket, 1, 1 | O_NONBLOCK | O_CLOEXEC, 0));
	must(SYS(bind, fd, &address, sizeof(uint16_t) + length + 6));
	must(SYS(listen, fd, 16));
	must(SYS(chdir, "/"));
	return fd;
}

static void set_lease(uint64_t deadline)
{
	struct {
		struct timespec64 interval, value;
	} timer = {{0, 0}, {(int64_t)(deadline / 1000000000U), (int64_t)(deadline % 1000000000U)}};
	lease = deadline;
	SYS(timerfd_settime, polls[POLL_TIMER].fd, 1 /* TFD_TIMER_ABSTIME */, &timer, 0);
}

static int send_frame(int fd, int type, uint64_t a, uint64_t b, uint64_t c)
{
	struct frame frame = {FRAME_MAGIC, 1, (uint16_t)(type | REPLY), a, b, c};
	return SYS(sendto, fd, &frame, sizeof frame, 0x4040 /* NOSIGNAL|DONTWAIT */, 0, 0) == sizeof frame;
}

static int send_exit(int fd)
{
	return send_frame(fd, EXITED, (uint64_t)(uint32_t)record.signal << 32 | (uint32_t)record.code, record.finished_ns,
			  record.flags);
}

static int answer(int client, const struct frame *frame)
{
	int fd = polls[POLL_CLIENT + client].fd;
	switch (frame->type) {
	case PING:
		return send_frame(fd, PING, 0, 0, 0);
	case STATUS:
		return send_frame(fd, STATUS, record.pid, record.start_ticks, lease);
	case SIGNAL:
		return send_frame(fd, SIGNAL, (uint64_t)-SYS(kill, record.pid, frame->a), 0, 0);
	case LEASE:
		set_lease(frame->a);
		return send_frame(fd, LEASE, 0, 0, 0);
	case WAIT:
		waiting[client] = 1;
		return send_frame(fd, WAIT, record.pid, record.start_ticks, 0);
	default:
		/* A newer daemon's request: say so, and it does without. */
		return send_frame(fd, frame->type, ENOSYS, 0, 0);
	}
}

static void drop_client(int client)
{
	SYS(close, polls[POLL_CLIENT + client].fd);
	polls[POLL_CLIENT + client].fd = -1;
	waiting[client] = 0;
}

static void serve(int client)
{
	struct frame frame;
	long length = SYS(recvfrom, polls[POLL_CLIENT + client].fd, &frame, sizeof frame, 0x40, 0, 0);
	if (length == -EAGAIN || length == -EINTR)
		return;
	if (length != sizeof frame || frame.magic != FRAME_MAGIC || !answer(client, &frame))
		drop_client(client);
}

static void accept_client(void)
{
	int fd = (int)SYS(accept4, polls[POLL_LISTEN].fd, 0, 0, O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	for (int i = 0; i < CLIENTS; i++) {
		if (polls[POLL_CLIENT + i].fd < 0) {
			polls[POLL_CLIENT + i] = (struct poll){fd, POLLIN, 0};
			return;
		}
	}
	SYS(close, fd);
}

/* Passes on one read of a stream; at its end the stream is closed. */
static int pump(int slot)
{
	long length = SYS(read, polls[slot].fd, buffer, sizeof buffer);
	if (length > 0)
		log_append(slot - POLL_OUT + 1, buffer, (size_t)length);
	if (length == 0) {
		SYS(close, polls[slot].fd);
		polls[slot].fd = -1;
	}
	return length > 0;
}

/*
 * All processes of the pid namespace are dead by now, so the pipes hold what is left of the output. Bounded, because
 * a write end may have been passed to a process outside.
 */
static void drain(void)
{
	for (int slot = POLL_OUT; slot <= POLL_ERR; slot++) {
		if (polls[slot].fd < 0)
			continue;
		SYS(fcntl, polls[slot].fd, 4 /* F_SETFL */, O_NONBLOCK);
		for (int i = 0; i < 4096 && polls[slot].fd >= 0 && pump(slot); i++)
			;
	}
}

static void write_record(void)
{
	int fd = (int)SYS(openat, TASK_DIR_FD, "exit.tmp", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	if (SYS(write, fd, &record, sizeof record) == sizeof record && SYS(fsync, fd) == 0)
		SYS(renameat2, TASK_DIR_FD, "exit.tmp", TASK_DIR_FD, "exit", 0);
	SYS(close, fd);
	SYS(fsync, TASK_DIR_FD);
}

_Noreturn static void finish(const char *id)
{
	int status = 0;
	while (SYS(wait4, record.pid, &status, 0, 0) == -EINTR)
		;
	record.finished_ns = now_ns(CLOCK_REALTIME);
	record.signal = status & 0x7f;
	record.code = record.signal ? 0 : status >> 8 & 0xff;
	drain();
	record.dropped = log_dropped();
	if (oom_kills() > oom_before)
		record.flags |= EXIT_OOM;
	/* Those who wait need not wait for the disk: if the machine goes down now, they and the container go with it. */
	for (int i = 0; i < CLIENTS; i++)
		if (polls[POLL_CLIENT + i].fd >= 0 && waiting[i])
			send_exit(polls[POLL_CLIENT + i].fd);
	write_record();
	/* The record is on disk: from here on the daemon reads it instead of asking. */
	memcpy(buffer, id, text_length(id));
	memcpy(buffer + text_length(id), ".sock", 6);
	SYS(unlinkat, SHIMS_DIR_FD, buffer, 0);
	die(0);
}

static void run(const char *id)
{
	for (;;) {
		if (SYS(ppoll, polls, POLL_COUNT, 0, 0, 8) < 0)
			continue;
		for (int slot = POLL_OUT; slot <= POLL_ERR; slot++)
			if (polls[slot].fd >= 0 && polls[slot].revents)
				pump(slot);
		if (polls[POLL_TIMER].revents && lease > 0 && now_ns(CLOCK_BOOTTIME) >= lease) {
			record.flags |= EXIT_LEASE;
			SYS(kill, record.pid, SIGKILL);
			set_lease(0);
		}
		if (polls[POLL_PID].revents)
			finish(id);
		for (int i = 0; i < CLIENTS; i++)
			if (polls[POLL_CLIENT + i].fd >= 0 && polls[POLL_CLIENT + i].revents)
				serve(i);
		if (polls[POLL_LISTEN].revents)
			accept_client();
	}
}

static void seed_guard(const long *stack, long argc)
{
	const long *aux = stack + 1 + argc + 1;
	while (*aux)
		aux++;
	for (aux++; aux[0]; aux += 2)
		if (aux[0] == 25 /* AT_RANDOM */)
			__stack_chk_guard = *(unsigned long *)aux[1] & ~0xffUL;
}

__attribute__((optimize("no-stack-protector"))) _Noreturn void begin(long *stack)
{
	char **argv = (char **)(stack + 1);
	if (stack[0] != 7)
		die(2);
	seed_guard(stack, stack[0]);
	SYS(prctl, 15 /* PR_SET_NAME */, "jorch-shim", 0, 0, 0);
	record.pid = (uint32_t)number_in(argv[2]);
	record.started_ns = now_ns(CLOCK_REALTIME);
	record.start_ticks = start_ticks(argv[2]);
	oom_file = argv[6];
	oom_before = oom_kills();
	for (int i = POLL_CLIENT; i < POLL_COUNT; i++)
		polls[i].fd = -1;
	polls[POLL_PID] = (struct poll){(int)must(SYS(pidfd_open, record.pid, 0)), POLLIN, 0};
	polls[POLL_TIMER] = (struct poll){(int)must(SYS(timerfd_create, CLOCK_BOOTTIME, O_NONBLOCK | O_CLOEXEC)), POLLIN, 0};
	polls[POLL_OUT] = (struct poll){OUT_FD, POLLIN, 0};
	polls[POLL_ERR] = (struct poll){ERR_FD, POLLIN, 0};
	log_open(number_in(argv[4]), (unsigned)number_in(argv[5]));
	polls[POLL_LISTEN] = (struct poll){listen_at(argv[1]), POLLIN, 0};
	if (number_in(argv[3]) > 0)
		set_lease(number_in(argv[3]));
	report(REPORT_STARTED, record.pid, record.start_ticks);
	SYS(close, REPORT_FD);
	/* Only now may the container's process go on to its execve: all that watches it is in place. */
	SYS(write, GO_FD, "g", 1);
	SYS(close, GO_FD);
	run(argv[1]);
	die(0);
}
