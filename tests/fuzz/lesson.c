/* lesson.c - any bytes as a lesson.yaml: refused with messages, or a lesson that keeps every
 * rule. */
#include "lesson.h"
#include "document.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    struct mistakes mistakes = {0};

    if (size > DOCUMENT_BYTES_MAX)
        return 0;
    struct lesson *lesson = lesson_parse("00-first-task", (const char *)bytes, size, &mistakes);
    if (lesson && (lesson->checks_count == 0 || lesson->max_points != 100 || mistakes.count > 0))
        abort();
    if (!lesson && mistakes.count == 0)
        abort();
    lesson_free(lesson);
    mistakes_release(&mistakes);
    return 0;
}
