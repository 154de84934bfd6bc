/* locales.c - sets the locale that it finds, and prints wide characters. */
#include <locale.h>
#include <wchar.h>

#include "honest.h"

int main(void)
{
    wchar_t wide[16];
    setlocale(LC_ALL, "");
    setlocale(LC_ALL, "C.UTF-8");
    must(localeconv() != NULL && setlocale(LC_NUMERIC, "C") != NULL, "setlocale");
    must(mbstowcs(wide, "abc", 16) == 3 && wcslen(wide) == 3, "mbstowcs");
    must(printf("%ls %'d\n", wide, 1234567) > 0, "printf");
    return 0;
}
