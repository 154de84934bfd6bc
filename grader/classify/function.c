/* function.c - the learner's file, and a call of the function in it that `barista classify` was
 * asked about.
 *
 * The file is included rather than linked: so the function may be static, the compiler checks that
 * it can be called without arguments, and a main() beside it is renamed by a macro and does not
 * disturb. Nothing is included before it. It is called through a pointer that the compiler must not
 * look through: what the function returns is computed, whether or not anybody looks at it.
 *
 *     CLASSIFY_FILE        "/home/ada/mine.c"
 *     CLASSIFY_FUNCTION    work */
#define main main_of_the_file
#include CLASSIFY_FILE
#undef main

void classified(void);
static __typeof__(CLASSIFY_FUNCTION) *volatile classify_pointer = CLASSIFY_FUNCTION;

void classified(void)
{
    classify_pointer();
}
