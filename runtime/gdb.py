"""gdb.py - teaches gdb about tasks. `make debug` loads it; elsewhere: (gdb) source runtime/gdb.py

    rt tasks              every task: its number, name, what it does or waits for, and where
    rt bt ID [full ...]   the stack of task ID, as `backtrace` shows that of a thread

Both only read memory, so they work on a program that stands still, on a hung one that gdb was attached
to, and on a core file.

How a parked task gets a backtrace. It has no thread, but all that a debugger needs lies on its stack,
where the context switch (arch/switch_*.S) saved it: the registers that calls preserve, and a return
address. gdb finds the caller of a frame by asking its unwinders. The one below answers for the innermost
frame of the current thread, and only while `rt bt` runs: "you were called from where that task left".
From there gdb goes on by itself. The innermost frame, which is a lie, is left out of what is printed.
Setting the thread's registers instead, as Go's script does, is not possible with a core file.
"""

import re

import gdb
from gdb.unwinder import Unwinder, register_unwinder

# As in stack.h; as macros they are not in the debug information.
STACK_BYTES = 64 << 10
MAIN_STACK_BYTES = 8 << 20

# What the context switch saves, from the saved stack pointer upwards: the offset of each register, and
# how much of the stack is free again after it. As said at the top of arch/switch_*.S.
X86_64 = {
    "sp": "rsp", "pc": "rip", "size": 64,
    "saved": {"r15": 8, "r14": 16, "r13": 24, "r12": 32, "rbx": 40, "rbp": 48, "rip": 56},
}
AARCH64 = {
    "sp": "sp", "pc": "pc", "size": 176,
    "saved": {**{"x%d" % (19 + i): 8 * i for i in range(12)}, "pc": 88},
}


# ---- What the runtime knows ------------------------------------------------------------------------


class Task:
    """A descriptor (struct rt__task in task.h), read once."""

    def __init__(self, value):
        self.id = int(value["id"])
        self.state = int(value["state"])
        self.wait = int(value["wait"])
        self.wait_site = value["wait_site"]
        self.spawned_at = value["spawned_at"]
        self.name = value["name"]
        self.sp = int(value["sp"])
        self.stack = int(value["stack"])
        self.fn = value["fn"]

    def holds(self, address):
        """Whether an address lies on the task's stack."""
        size = MAIN_STACK_BYTES if self.id == 1 else STACK_BYTES
        return self.stack - size <= address < self.stack

    def title(self):
        return self.name.string() if self.name else "(%s)" % site_object(self.spawned_at)


def state_number(name):
    return int(gdb.parse_and_eval("RT__TASK_" + name))


def all_tasks():
    try:
        slab = gdb.parse_and_eval("'runtime/task.c'::slabs")
    except gdb.error as error:
        raise gdb.GdbError("This program has no runtime, or no debug information of it: %s" % error)
    free = state_number("FREE")
    tasks = []
    while slab:
        array = slab["tasks"]
        first, last = array.type.range()
        tasks += [Task(array[i]) for i in range(first, last + 1) if int(array[i]["state"]) != free]
        slab = slab["next"]
    return sorted(tasks, key=lambda task: task.id)


def site_place(site):
    """The first half of an rt_site: "file:line"."""
    return site.string() if site else "?"


def site_object(site):
    """Its second half, behind the first NUL: the object that the call is about."""
    place = site_place(site)
    if ":" not in place:
        return ""
    return (site + len(place.encode()) + 1).string().lstrip("&")


# ---- Who runs where --------------------------------------------------------------------------------


def stack_pointers():
    """Each thread, and the stack pointers of its innermost frames: a thread in a signal handler stands on
    the stack of its signals, and on that of a task further out."""
    selected = gdb.selected_thread()
    found = []
    for thread in gdb.selected_inferior().threads():
        thread.switch()
        frame, pointers = gdb.newest_frame(), []
        while frame is not None and len(pointers) < 16:
            pointers.append(int(frame.read_register(machine()["sp"])))
            frame = frame.older()
        found.append((thread, pointers))
    if selected is not None:
        selected.switch()
    return found


def thread_of(task, pointers):
    """The thread that stands on the task's stack, or None."""
    if task.stack == 0:
        return None
    for thread, addresses in pointers:
        if any(task.holds(address) for address in addresses):
            return thread
    return None


def machine():
    name = gdb.selected_frame().architecture().name()
    if name.startswith("i386:x86-64"):
        return X86_64
    if name.startswith("aarch64"):
        return AARCH64
    raise gdb.GdbError("The runtime does not run on %s." % name)


# ---- The commands ----------------------------------------------------------------------------------


class Runtime(gdb.Command):
    """Commands about the tasks of Barista's runtime."""

    def __init__(self):
        super().__init__("rt", gdb.COMMAND_STACK, prefix=True)


def describe(task, thread):
    """What the task does, and the place in the source that says most about it."""
    if task.state == state_number("WAITING"):
        words = gdb.parse_and_eval("rt__wait_text::texts")[task.wait].string()
        name = site_object(task.wait_site)
        return words + (" `%s`" % name if name else ""), site_place(task.wait_site)
    if task.state == state_number("RUNNING"):
        where = " on thread %d" % thread.num if thread is not None else ""
        return "running" + where, "spawned at " + site_place(task.spawned_at)
    where = ", stopped on thread %d" % thread.num if thread is not None else ""
    return "runnable" + where, "spawned at " + site_place(task.spawned_at)


class Tasks(gdb.Command):
    """rt tasks: lists every task: its number, name, what it does or waits for, and where."""

    def __init__(self):
        super().__init__("rt tasks", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        tasks, pointers = all_tasks(), stack_pointers()
        if not tasks:
            gdb.write("There are no tasks: the program has not called rt_run yet, or that is over.\n")
            return
        rows = [("Id", "Task", "State", "Place")]
        for task in tasks:
            rows.append((str(task.id), task.title(), *describe(task, thread_of(task, pointers))))
        widths = [max(len(row[i]) for row in rows) for i in range(3)]
        for row in rows:
            columns = [row[i].ljust(widths[i]) for i in range(3)]
            gdb.write("  %s\n" % "  ".join([*columns, row[3]]))


class Backtrace(gdb.Command):
    """rt bt ID [ARGUMENT...]: shows the stack of a task. The arguments are those of `backtrace`."""

    def __init__(self):
        super().__init__("rt bt", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        number, _, rest = argument.strip().partition(" ")
        if not number.isdigit():
            raise gdb.GdbError("usage: rt bt ID [ARGUMENT...]; `rt tasks` lists the tasks.")
        task = next((task for task in all_tasks() if task.id == int(number)), None)
        if task is None:
            raise gdb.GdbError("There is no task %s; `rt tasks` lists them." % number)
        thread = thread_of(task, stack_pointers())
        if thread is not None:
            thread_backtrace(thread, rest)
        elif task.sp != 0:
            gdb.write(parked_backtrace(task, rest))
        else:
            gdb.write("Task %d has not begun. It will run %s.\n" % (task.id, task.fn))


def thread_backtrace(thread, arguments):
    selected = gdb.selected_thread()
    thread.switch()
    gdb.write("On thread %d:\n" % thread.num)
    gdb.execute("backtrace " + arguments)
    selected.switch()


def parked_backtrace(task, arguments):
    frame = gdb.newest_frame()
    UNWINDER.begin(task, int(frame.read_register(machine()["sp"])), frame.pc())
    try:
        text = gdb.execute("backtrace " + arguments, to_string=True)
    finally:
        UNWINDER.end()
    begin = re.search(r"^#1 ", text, re.MULTILINE)
    if begin is None:
        return "gdb can't follow this stack.\n"
    return re.sub(r"^#(\d+) ", lambda match: ("#%d" % (int(match[1]) - 1)).ljust(len(match[0])),
                  text[begin.start():], flags=re.MULTILINE)


# ---- The unwinder ----------------------------------------------------------------------------------


class FrameId:
    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


class TaskUnwinder(Unwinder):
    """Says that the innermost frame, which it knows by its stack pointer and pc, was called by a task."""

    def __init__(self):
        super().__init__("barista-task")
        self.task = None

    def begin(self, task, sp, pc):
        self.task, self.sp, self.pc = task, sp, pc
        gdb.invalidate_cached_frames()

    def end(self):
        self.task = None
        gdb.invalidate_cached_frames()

    def __call__(self, pending):
        if self.task is None:
            return None
        names = machine_of(pending)
        if (int(pending.read_register(names["sp"])) != self.sp
                or int(pending.read_register(names["pc"])) != self.pc):
            return None
        # gdb wants the stacks of callers further up: so the frame says that it is where the task left.
        unwind = pending.create_unwind_info(FrameId(gdb.Value(self.task.sp), gdb.Value(self.pc)))
        word = gdb.lookup_type("unsigned long")
        for name, offset in names["saved"].items():
            value = gdb.Value(self.task.sp + offset).cast(word.pointer()).dereference()
            unwind.add_saved_register(name, value)
        unwind.add_saved_register(names["sp"], gdb.Value(self.task.sp + names["size"]).cast(word))
        return unwind


def machine_of(pending):
    return X86_64 if pending.architecture().name().startswith("i386") else AARCH64


UNWINDER = TaskUnwinder()
register_unwinder(None, UNWINDER, replace=True)
Runtime()
Tasks()
Backtrace()
