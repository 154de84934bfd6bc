/* page_parts.h - the files in grader/page/, as strings. */
#ifndef BARISTA_PAGE_PARTS_H
#define BARISTA_PAGE_PARTS_H

extern const char page_html[], page_css[], page_js[];

#endif
