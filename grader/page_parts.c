/* page_parts.c - takes the files in grader/page/ into the program, so that it needs none beside it.
 * (C11 has no #embed.) Compilers run in the project's top folder, and the Makefile says that this
 * depends on them. */
#include "page_parts.h"

#define TAKE_IN(name, file)                                                                        \
    __asm__(".pushsection .rodata\n"                                                               \
            ".global " #name "\n" #name ":\n"                                                      \
            ".incbin \"grader/page/" file "\"\n"                                                   \
            ".byte 0\n"                                                                            \
            ".popsection\n")

TAKE_IN(page_html, "page.html");
TAKE_IN(page_css, "page.css");
TAKE_IN(page_js, "page.js");
