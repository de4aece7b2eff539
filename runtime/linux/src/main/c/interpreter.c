/*
 * Runs a system call script that io.jorch.runtime.script assembled: all decisions are made there, in Java.
 * The script is file descriptor 3, mapped at a fixed address, so that its operands can hold absolute pointers.
 * The first call that fails ends the process with a report {offset of the operation, errno}.
 */
#include "sys.h"

#define BASE 0x20000000UL
#define ROOM 0x02000000UL
#define MAGIC 0x5243534aU /* "JSCR" */
#define MAY_FAIL 0x8000

enum kind { SYSCALL = 1, JUMP, JUMP_EQUAL, JUMP_NEGATIVE, ITOA, FAIL };

struct script {
	uint32_t magic, version;
	int32_t report_fd;
	uint32_t entry;
};

/* Bit i of flags: operand i is the address of its value. target and entry are offsets from BASE. */
struct operation {
	uint16_t kind, flags;
	uint32_t target;
	uint64_t result;
	uint64_t operand[7];
};

__asm__(ENTRY);

static void fail(const struct script *script, const struct operation *op, long error)
{
	struct report report = {REPORT_MAGIC, 1, REPORT_FAILED, (uint64_t)((unsigned long)op - BASE), (uint64_t)-error, 0};
	SYS(write, script->report_fd, &report, sizeof report);
	SYS(exit_group, 1);
}

/* Ten characters, right-aligned: padded by '/' in a path and by ' ' in a number, where both mean nothing. */
static void itoa(long value, char *text, char pad)
{
	for (int i = 9; i >= 0; i--, value /= 10)
		text[i] = value > 0 ? (char)('0' + value % 10) : pad;
}

_Noreturn void begin(void)
{
	const struct script *script =
		(void *)sys6(__NR_mmap, BASE, ROOM, 3 /* READ|WRITE */, 0x100002 /* PRIVATE|FIXED_NOREPLACE */, 3, 0);
	if ((unsigned long)script != BASE || script->magic != MAGIC || script->version != 1)
		SYS(exit_group, 125);
	const struct operation *op = (void *)(BASE + script->entry);
	for (;;) {
		long v[7];
		int taken = 0;
		for (int i = 0; i < 7; i++)
			v[i] = op->flags >> i & 1 ? *(long *)op->operand[i] : (long)op->operand[i];
		if (op->kind == SYSCALL) {
			long result = sys6(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
			if (op->result)
				*(long *)op->result = result;
			if (result < 0 && result > -4096 && !(op->flags & MAY_FAIL))
				fail(script, op, result);
		} else if (op->kind == ITOA) {
			itoa(v[0], (char *)v[1], (char)v[2]);
		} else if (op->kind == FAIL) {
			fail(script, op, v[0]);
		} else {
			taken = op->kind == JUMP || (op->kind == JUMP_EQUAL && v[0] == v[1])
				|| (op->kind == JUMP_NEGATIVE && v[0] < 0);
		}
		op = taken ? (void *)(BASE + op->target) : op + 1;
	}
}
