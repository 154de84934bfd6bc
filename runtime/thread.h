/* thread.h - what belongs to the thread rather than to the task.
 *
 * A task may leave a switch on another thread than it entered it. Compilers assume that a function
 * stays on one thread and keep the addresses of thread-local variables, and of errno, in registers;
 * glibc even declares the function behind errno to be `const`. So every access goes through a function
 * in a file of its own, which no caller can see into. */
#ifndef RT_THREAD_H
#define RT_THREAD_H

struct rt__worker;

/* The worker of this thread; NULL on threads that are none. */
struct rt__worker *rt__worker(void);
void rt__worker_set(struct rt__worker *worker);

/* errno of this thread: a task takes its value along through every switch. */
int rt__errno_get(void);
void rt__errno_set(int value);

#endif
