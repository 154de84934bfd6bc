/* Wrong: one session and a loop. Right, and no slower than it has to be on one proc; the others look on. */
#include "signer.h"

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct session *session = session_open();

    (void)workers;
    for (int i = 0; i < count; i++)
        session_sign(session, &payments[i], &signatures[i]);
    session_close(session);
}
