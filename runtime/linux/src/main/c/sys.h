/* System calls without a libc: both programs are freestanding, so that a shim costs a few pages only. */
#ifndef JORCH_SYS_H
#define JORCH_SYS_H

#include <asm/unistd.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
static inline long sys6(long n, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long ret;
	__asm__ volatile("syscall" : "=a"(ret) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}
/* The stack pointer at entry is argc; main gets it as its argument. */
#define ENTRY "	.globl _start\n_start:\n	xor %ebp,%ebp\n	mov %rsp,%rdi\n	and $-16,%rsp\n	call begin\n	hlt\n"
#elif defined(__aarch64__)
static inline long sys6(long n, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = n;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;
	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}
#define ENTRY "	.globl _start\n_start:\n	mov x29,#0\n	mov x0,sp\n	bl begin\n	brk #0\n"
#else
#error "x86_64 and aarch64 only"
#endif

#define SYS(n, ...) SYS_PICK(n, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define SYS_PICK(n, a, b, c, d, e, f, ...) \
	sys6(__NR_##n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/* What goes through the report pipe to the daemon: see io.jorch.runtime.launch.Report. */
#define REPORT_MAGIC 0x5450524aU /* "JRPT" */
#define REPORT_FAILED 1
#define REPORT_STARTED 2
struct report {
	uint32_t magic;
	uint16_t version;
	uint16_t kind;
	uint64_t place; /* failed: offset of the operation in the script; started: pid */
	uint64_t value; /* failed: errno; started: the process's start time in clock ticks since boot */
	uint64_t reserved;
};

#endif
