/* amount.c - reads and writes numbers. */
#include "amount.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

#define DIGITS "0123456789"

/* Takes out commas that have three digits after them, which are none of a number: 1,200 becomes
 * 1200. Any other is left, and so refused: whoever writes 2,5 must not be taken to mean 25. */
static void drop_commas(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        bool groups = *from == ',' && to > text && strspn(from + 1, DIGITS) == 3;
        if (!groups)
            *to++ = *from;
    }
    *to = '\0';
}

static bool is_unit(const char *text, const char *unit)
{
    while (isspace((unsigned char)*text))
        text++;
    return *text == '\0' || strcasecmp(text, unit) == 0 ||
           (strcmp(unit, "times") == 0 && strcasecmp(text, "x") == 0);
}

bool amount_parse(const char *text, const char *unit, double *value)
{
    char *copy = string_copy(text + strspn(text, " ~"));
    drop_commas(copy);

    /* strtod alone would take 0x10, inf and nan. */
    size_t start = strspn(copy, DIGITS ".");
    bool hexadecimal =
        start == 1 && (copy[1] == 'x' || copy[1] == 'X') && isxdigit((unsigned char)copy[2]);
    char *end = copy;
    double number = start > 0 && !hexadecimal ? strtod(copy, &end) : 0;
    bool good = end != copy && isfinite(number) && is_unit(end, unit);
    if (good)
        *value = number;
    free(copy);
    return good;
}

/* 1520 as "1,520". */
static char *with_commas(double value)
{
    char *digits = string_format("%.0f", value);
    size_t length = strlen(digits);
    char *text = memory_new(length + length / 3 + 1), *to = text;

    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    free(digits);
    return text;
}

char *amount_text(double value)
{
    if (fabs(value) < 999.5)
        return string_format("%.3g", value);
    double unit = pow(10, floor(log10(fabs(value))) - 2);
    return with_commas(round(value / unit) * unit);
}

bool amount_is_near(double a, double b, double factor)
{
    if (a == 0 || b == 0)
        return a == b;
    return a <= b * factor && b <= a * factor;
}
