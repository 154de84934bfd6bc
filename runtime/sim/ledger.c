/* ledger.c - keeps the account of idle time. See ledger.h. */
#include "sim/ledger.h"

static enum rt__state idle_state(const struct rt__ledger *ledger)
{
    if (ledger->ready > 0) {
        return RT__IDLE_LATENCY;
    }
    if (ledger->lock > 0) {
        return RT__IDLE_LOCK;
    }
    return ledger->sleep > 0 ? RT__IDLE_WAIT : RT__IDLE_LITTLE;
}

void rt__ledger_advance(struct rt__ledger *ledger, int64_t now_ps, int idle)
{
    ledger->spent.ps[idle_state(ledger)] += (now_ps - ledger->now_ps) * idle;
    ledger->now_ps = now_ps;
}

void rt__ledger_waits(struct rt__ledger *ledger, enum rt__wait wait, int change)
{
    switch (wait) {
    case RT__WAIT_MUTEX:
    case RT__WAIT_SEMAPHORE:
    case RT__WAIT_READ_LOCK:
    case RT__WAIT_WRITE_LOCK:
    case RT__WAIT_CHAN_SEND:
        ledger->lock += change;
        break;
    case RT__WAIT_SLEEP:
    case RT__WAIT_BLOCKING:
    case RT__WAIT_READ:
    case RT__WAIT_WRITE:
    case RT__WAIT_ACCEPT:
    case RT__WAIT_CONNECT:
        ledger->sleep += change;
        break;
    default: /* waits for another task to get somewhere */
        break;
    }
}
