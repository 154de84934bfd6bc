/* program.c - see program.h. */
#include "explore/program.h"

#include <link.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "explore/accesses.h"
#include "explore/ending.h"
#include "explore/locks.h"
#include "explore/memory.h"
#include "explore/objects.h"
#include "explore/output.h"
#include "explore/strategy.h"
#include "one_thread/one_thread.h"
#include "report.h"

/* The linker's names for the ends of the sections into which the build puts the library. */
extern char __start_rt_text[], __stop_rt_text[];
extern char __start_rt_data[], __stop_rt_data[];
extern char __start_rt_bss[], __stop_rt_bss[];
extern char __executable_start[], etext[];

int __real_main(int argc, char **argv, char **environment);

/* A piece of the program's variables, and how it was at first. */
struct piece {
    char *begin;
    size_t bytes;
    char *saved;
};

#define PIECES_MAX 16
static struct piece pieces[PIECES_MAX];
static int pieces_count;

static int arguments_count;
static char **arguments;
static jmp_buf outside; /* where rt__program_run waits for the end */
static bool inside;
static struct rt__ending ending;

/* ---- Where things are ------------------------------------------------------------------------ */

uintptr_t rt__program_base(void)
{
    return (uintptr_t)__executable_start;
}

bool rt__program_is_code(rt__place place)
{
    return (place >= (uintptr_t)__executable_start && place < (uintptr_t)etext) ||
           rt__program_is_runtime(place);
}

bool rt__program_is_runtime(rt__place place)
{
    return place >= (uintptr_t)__start_rt_text && place < (uintptr_t)__stop_rt_text;
}

/* ---- Variables ------------------------------------------------------------------------------- */

static void piece_add(char *begin, char *end)
{
    if (begin >= end) {
        return;
    }
    RT__INVARIANT(pieces_count < PIECES_MAX);
    struct piece *piece = &pieces[pieces_count++];
    *piece = (struct piece){.begin = begin, .bytes = (size_t)(end - begin)};
}

/* All of begin..end but what lies in from..to. */
static void pieces_add_but(char *begin, char *end, char *holes[][2], int holes_count)
{
    if (holes_count == 0) {
        piece_add(begin, end);
        return;
    }
    char *from = holes[0][0], *to = holes[0][1];
    if (to <= begin || from >= end) {
        pieces_add_but(begin, end, holes + 1, holes_count - 1);
        return;
    }
    pieces_add_but(begin, from, holes + 1, holes_count - 1);
    pieces_add_but(to, end, holes + 1, holes_count - 1);
}

/* The first object is the program itself: its writable segments, but for what the dynamic linker
 * protects. */
static int find_variables(struct dl_phdr_info *info, size_t bytes, void *unused)
{
    (void)bytes, (void)unused;
    char *holes[3][2] = {{__start_rt_data, __stop_rt_data}, {__start_rt_bss, __stop_rt_bss}, {0}};
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type == PT_GNU_RELRO) {
            holes[2][0] = (char *)(info->dlpi_addr + header->p_vaddr);
            holes[2][1] = holes[2][0] + header->p_memsz;
        }
    }
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type == PT_LOAD && (header->p_flags & PF_W) != 0) {
            char *begin = (char *)(info->dlpi_addr + header->p_vaddr);
            pieces_add_but(begin, begin + header->p_memsz, holes, 3);
        }
    }
    return 1;
}

static void save_variables(void)
{
    dl_iterate_phdr(find_variables, NULL);
    for (int i = 0; i < pieces_count; i++) {
        pieces[i].saved = rt__kept_realloc(NULL, pieces[i].bytes);
        memcpy(pieces[i].saved, pieces[i].begin, pieces[i].bytes);
    }
}

static void restore_variables(void)
{
    for (int i = 0; i < pieces_count; i++) {
        memcpy(pieces[i].begin, pieces[i].saved, pieces[i].bytes);
    }
}

/* Programs may write into their arguments, too. */
static char **copy_arguments(void)
{
    char **copies = rt__scratch((size_t)(arguments_count + 1) * sizeof *copies);
    for (int i = 0; i < arguments_count; i++) {
        size_t bytes = strlen(arguments[i]) + 1;
        copies[i] = rt__scratch(bytes);
        memcpy(copies[i], arguments[i], bytes);
    }
    return copies;
}

/* ---- The end --------------------------------------------------------------------------------- */

static _Noreturn void leave(struct rt__ending how)
{
    ending = how;
    ending.actor = rt__current;
    inside = false;
    longjmp(outside, 1);
}

void rt__program_leave(enum rt__left how, int status)
{
    leave((struct rt__ending){.how = how, .status = status});
}

void rt__program_crash(const char *message, rt__place place)
{
    leave((struct rt__ending){.how = RT__LEFT_CRASHED, .message = message, .place = place});
}

static void abort_at(const char *message, rt__place place)
{
    leave((struct rt__ending){.how = RT__LEFT_ABORTED, .message = message, .place = place});
}

/* The program is linked with --wrap for these; whoever calls them has called them. */
#define PLACE ((rt__place)__builtin_return_address(0))

_Noreturn void __real_exit(int status);
_Noreturn void __real__exit(int status);
_Noreturn void __real_abort(void);
_Noreturn void __wrap_exit(int status);
_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap_abort(void);
_Noreturn void __wrap___assert_fail(const char *condition, const char *file, unsigned line,
                                    const char *function);

_Noreturn void __wrap_exit(int status)
{
    if (inside) {
        rt__program_leave(RT__LEFT_ENDED, status);
    }
    __real_exit(status);
}

_Noreturn void __wrap__exit(int status)
{
    if (inside) {
        rt__program_leave(RT__LEFT_ENDED, status);
    }
    __real__exit(status);
}

_Noreturn void __wrap_abort(void)
{
    if (inside && !rt__program_is_runtime(PLACE)) {
        abort_at("calls abort()", PLACE);
    }
    __real_abort();
}

_Noreturn void __wrap___assert_fail(const char *condition, const char *file, unsigned line,
                                    const char *function)
{
    (void)condition, (void)file, (void)line, (void)function;
    if (inside) {
        abort_at("fails an assert()", PLACE);
    }
    __real_abort();
}

/* ---- Signals --------------------------------------------------------------------------------- */

static rt__place place_of_signal(const ucontext_t *context)
{
#if defined(__x86_64__)
    rt__place place = (rt__place)context->uc_mcontext.gregs[REG_RIP];
#else
    rt__place place = (rt__place)context->uc_mcontext.pc;
#endif
    return place + 1; /* a place is one behind, as after a call */
}

static void caught(int number, siginfo_t *info, void *context)
{
    static const struct {
        int number;
        const char *message;
    } messages[] = {{SIGSEGV, "touches memory that isn't there (SIGSEGV)"},
                    {SIGBUS, "touches memory that isn't there (SIGBUS)"},
                    {SIGFPE, "divides by zero (SIGFPE)"},
                    {SIGILL, "comes to an illegal instruction (SIGILL)"}};
    (void)info;
    rt__place place = place_of_signal(context);
    const char *message = "is ended by a signal";
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        message = messages[i].number == number ? messages[i].message : message;
    }
    if (!inside || rt__program_is_runtime(place)) { /* it is our own mistake */
        signal(number, SIG_DFL);
        return;
    }
    if (!rt__program_is_code(place)) { /* in a library: where it was called is not known exactly */
        place = rt__current != RT__NOBODY ? rt__actors[rt__current].place : 0;
    }
    rt__program_crash(message, place);
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    size_t bytes = 64 << 10;
    stack_t stack = {.ss_sp = rt__kept_realloc(NULL, bytes), .ss_size = bytes};
    sigaltstack(&stack, NULL);
    /* Not blocked meanwhile: the handler is left by a jump. */
    struct sigaction action = {.sa_sigaction = caught,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaction(numbers[i], &action, NULL);
    }
}

/* ---- One run --------------------------------------------------------------------------------- */

void rt__program_start(int argc, char **argv)
{
    arguments_count = argc;
    arguments = argv;
    rt__memory_start();
    rt__output_start();
    catch_signals();
    save_variables();
}

static void begin(const struct rt__plan *plan)
{
    restore_variables();
    rt__memory_open();
    rt__objects_begin();
    rt__accesses_begin();
    rt__locks_begin();
    rt__output_begin();
    rt__schedule_begin(plan);
}

void rt__program_run(const struct rt__plan *plan)
{
    begin(plan);
    inside = true;
    if (_setjmp(outside) == 0) {
        int status = __real_main(arguments_count, copy_arguments(), environ);
        rt__program_leave(RT__LEFT_ENDED, status);
    }
    rt__output_end();
    if (ending.how != RT__LEFT_CAUGHT && _setjmp(outside) == 0) {
        rt__ending_judge(&ending);
    }
    rt__memory_close();
    rt__one_thread_abandon();
    rt__strategy_end();
}
