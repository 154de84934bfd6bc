/* ledger.c - keeps the account of idle time. See ledger.h. */
#include "sim/ledger.h"

#include "sim/blame.h"

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

enum rt__state rt__ledger_advance(struct rt__ledger *ledger, int64_t now_ps, int idle)
{
    enum rt__state state = idle_state(ledger);
    int64_t lost_ps = (now_ps - ledger->now_ps) * idle;
    ledger->spent.ps[state] += lost_ps;
    ledger->slept_ps += (now_ps - ledger->now_ps) * ledger->sleep;
    ledger->any_slept_ps += ledger->sleep > 0 ? now_ps - ledger->now_ps : 0;
    ledger->now_ps = now_ps;
    if (state == RT__IDLE_WAIT && lost_ps > 0) {
        rt__blame(ledger->sleep_place)->wait_ps += lost_ps;
    }
    return state;
}

void rt__ledger_waits(struct rt__ledger *ledger, const struct rt__task *task, int change)
{
    if (rt__wait_is_for_lock(task->wait) || task->wait == RT__WAIT_CHAN_SEND) {
        ledger->lock += change;
    } else if (rt__wait_is_sleep(task->wait)) {
        ledger->sleep += change;
        ledger->sleeps += change > 0;
    }
}
