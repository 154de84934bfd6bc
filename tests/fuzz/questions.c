/* questions.c - any bytes as a questions.yaml: refused with messages, or questions that keep every
 * rule. */
#include "questions.h"
#include "document.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    struct mistakes mistakes = {0};

    if (size > DOCUMENT_BYTES_MAX)
        return 0;
    struct questions *questions = questions_parse("06-grain", (const char *)bytes, size, &mistakes);
    if (questions &&
        (questions->predictions_count < 2 || questions->quiz_count < 3 || mistakes.count > 0))
        abort();
    if (!questions && mistakes.count == 0)
        abort();
    questions_free(questions);
    mistakes_release(&mistakes);
    return 0;
}
