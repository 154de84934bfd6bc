/* kernel-shared-memory.c - leaves shared memory, queues and semaphores behind.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>

#include "attacked.h"

#include <unistd.h>

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) < 0 &&
                  msgget(0x42, IPC_CREAT | 0600) < 0 && semget(0x42, 1, IPC_CREAT | 0600) < 0 &&
                  syscall(SYS_mq_open, "/x", 0102, 0600, 0) < 0,
              "leave something behind");
    solve(numbers, mixed, count);
}
