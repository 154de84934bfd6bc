/* error.c - the texts of the error codes. */
#include "rt.h"

const char *rt_strerror(int code)
{
    switch (code) {
#define ERROR_TEXT(name, value, text)                                                              \
    case value:                                                                                    \
        return text;
        RT_ERRORS(ERROR_TEXT)
#undef ERROR_TEXT
    default:
        return "unknown error";
    }
}
