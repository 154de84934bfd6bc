/* oracle.c - the expected answer of lesson 20, by plain sequential code: one session, and one payment after the
 * other. */
#include "signer.h"

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct session *session = session_open();

    (void)workers;
    for (int i = 0; i < count; i++)
        session_sign(session, &payments[i], &signatures[i]);
    session_close(session);
}
