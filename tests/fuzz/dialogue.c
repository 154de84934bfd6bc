/* dialogue.c - any bytes in place of an answer, in pieces of any size. The first byte says how
 * large the pieces are; what comes after "ready" must not depend on them. */
#include "dialogue.h"

#include <stdlib.h>
#include <string.h>

static struct dialogue talk(const char *bytes, size_t size, size_t piece)
{
    struct dialogue dialogue = {0};

    dialogue_receive(&dialogue, "ready\n", strlen("ready\n"));
    for (size_t i = 0; i < size; i += piece)
        dialogue_receive(&dialogue, bytes + i, size - i < piece ? size - i : piece);
    return dialogue;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    if (size == 0)
        return 0;
    const char *sent = (const char *)bytes + 1;
    struct dialogue begun = {0};
    struct dialogue whole = talk(sent, size - 1, size);
    struct dialogue pieces = talk(sent, size - 1, 1 + bytes[0] % 40);

    if (whole.state != pieces.state)
        abort();
    if (whole.state == DIALOGUE_ANSWERED &&
        (strlen(whole.answer) > whole.answer_bytes || strcmp(whole.answer, pieces.answer) != 0))
        abort();
    dialogue_receive(&begun, sent, size - 1);
    dialogue_release(&begun);
    dialogue_release(&whole);
    dialogue_release(&pieces);
    return 0;
}
