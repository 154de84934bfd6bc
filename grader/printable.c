/* printable.c - shows bytes without obeying them.
 *
 * A terminal obeys escape sequences: they move the cursor over a verdict, change the colours, or
 * name the window. They begin with a control character of ASCII, or with one of the 32 that
 * UTF-8 encodes as C2 80 .. C2 9F. Characters that reverse the direction of writing make a line
 * read differently from what it says, so they are shown as bytes too.
 *
 * A CI system obeys its log: GitHub Actions "::name" after nothing but blanks, and "##[name]"
 * anywhere in a line; Azure Pipelines "##vso[name]", too. */
#include "printable.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>

#include "text.h"

/* The character that starts at `bytes`, in *character, and its length; 0 if it is no well-formed
 * UTF-8: a stray or missing continuation byte, a longer form than needed, a surrogate, beyond
 * U+10FFFF. */
static size_t decode(const unsigned char *bytes, size_t length, uint32_t *character)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size;

    if (bytes[0] < 0x80) {
        *character = bytes[0];
        return 1;
    }
    if (bytes[0] >= 0xc2 && bytes[0] <= 0xdf)
        size = 2;
    else if (bytes[0] >= 0xe0 && bytes[0] <= 0xef)
        size = 3;
    else if (bytes[0] >= 0xf0 && bytes[0] <= 0xf4)
        size = 4;
    else
        return 0;
    if (size > length)
        return 0;

    *character = bytes[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        *character = *character << 6 | (bytes[i] & 0x3f);
    }
    if (*character < smallest[size] || *character > 0x10ffff)
        return 0;
    return *character >= 0xd800 && *character <= 0xdfff ? 0 : size;
}

static bool harmless(uint32_t character)
{
    if (character == '\n' || character == '\t')
        return true;
    if (character < 0x20 || (character >= 0x7f && character < 0xa0))
        return false;
    if (character >= 0x202a && character <= 0x202e) /* embedding and overriding directions */
        return false;
    return character < 0x2066 || character > 0x2069; /* isolating directions */
}

/* Whether bytes[at] begins what a CI system takes for a command. Text gets wrapped, so the beginning
 * of a word may become that of a line; and what is beyond ASCII may be a blank. */
static bool begins_command(const char *bytes, size_t length, size_t at)
{
    const char *rest = bytes + at, *end = bytes + length;

    if (end - rest < 2 || rest[1] != rest[0])
        return false;
    if (rest[0] == ':')
        return at == 0 || !isgraph((unsigned char)rest[-1]);
    if (rest[0] != '#')
        return false;
    for (rest += 2; rest < end && isalpha((unsigned char)*rest); rest++)
        ;
    return rest < end && *rest == '[';
}

char *printable(const char *bytes, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    char *text = memory_new(4 * length + 1); /* at worst, every byte becomes four */
    char *end = text;

    for (size_t i = 0; i < length;) {
        uint32_t character;
        size_t size = decode((const unsigned char *)bytes + i, length - i, &character);

        if (size > 0 && harmless(character) && !begins_command(bytes, length, i)) {
            for (size_t stop = i + size; i < stop; i++)
                *end++ = bytes[i];
            continue;
        }
        *end++ = '\\';
        *end++ = 'x';
        *end++ = digits[(unsigned char)bytes[i] >> 4];
        *end++ = digits[(unsigned char)bytes[i] & 0xf];
        i++;
    }
    *end = '\0';
    return text;
}
