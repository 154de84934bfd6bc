/* harness.c - takes a photo that is new to the submission of lesson 18, has it smoothed, and answers
 * with what became of it.
 *
 * Input: `width`, `height`; `passes`; `workers`, where 0 means one for each proc. The height may be
 * a few rows more and the passes one more: both parities, and rows that no strip size divides.
 *
 * Three quarters of the photo are sky, all of one grey, and below it is grain. So equal strips are
 * far from equal work; and a row that is smoothed too early, too late or not at all shows,
 * because grain does not repeat. */
#include <stdlib.h>
#include <string.h>

#include "exercise.h"
#include "photo.h"

#define NEIGHBOURS 9

/* So many rows of the photo make a line of the answer. */
#define ROWS_PER_LINE 16

static void sort(unsigned char *values)
{
    for (int i = 1; i < NEIGHBOURS; i++) {
        unsigned char value = values[i];
        int place = i;
        for (; place > 0 && values[place - 1] > value; place--)
            values[place] = values[place - 1];
        values[place] = value;
    }
}

/* The middle one of the 3 x 3 pixels round column x, three in each of the rows a, b and c. */
static unsigned char median_at(const unsigned char *a, const unsigned char *b,
                               const unsigned char *c, int left, int x, int right)
{
    unsigned char values[NEIGHBOURS] = {a[left],  a[x],    a[right], b[left], b[x],
                                        b[right], c[left], c[x],     c[right]};
    unsigned char differ = 0;

    for (int i = 0; i < NEIGHBOURS; i++)
        differ |= values[i] ^ b[x];
    if (differ != 0)
        sort(values);
    return values[NEIGHBOURS / 2];
}

/* Beyond an edge, the edge goes on. */
void smooth_row(const struct image *from, struct image *to, int y)
{
    int width = from->width, last = from->height - 1;
    const unsigned char *b = from->pixels + y * width;
    const unsigned char *a = y > 0 ? b - width : b, *c = y < last ? b + width : b;

    for (int x = 0; x < width; x++) {
        int left = x > 0 ? x - 1 : x, right = x < width - 1 ? x + 1 : x;
        to->pixels[y * width + x] = median_at(a, b, c, left, x, right);
    }
}

static struct image new_image(int width, int height)
{
    struct image image = {width, height, calloc((size_t)width * (size_t)height, 1)};

    if (image.pixels == NULL)
        exit(EXERCISE_EXIT_LESSON);
    return image;
}

static void take_photo(struct image *image)
{
    int sky = image->width * (image->height * 3 / 4);
    int all = image->width * image->height;
    uint64_t grain = 0;

    memset(image->pixels, 200, (size_t)sky);
    for (int i = sky; i < all; i++) {
        grain = i % 8 == 0 ? input_random() : grain >> 8;
        image->pixels[i] = (unsigned char)grain;
    }
}

/* One number for the rows first .. end - 1. */
static uint64_t digest(const struct image *image, int first, int end)
{
    uint64_t x = 0;

    for (int i = first * image->width; i < end * image->width; i++)
        x = (x ^ image->pixels[i]) * UINT64_C(1099511628211);
    return x;
}

/* The images are static, and their pixels never freed: the tasks of a wrong submission may still
 * use them when this ends. */
void harness(void)
{
    static struct image image, spare;
    int width = (int)input_get("width"), workers = (int)input_get("workers");
    int height = (int)(input_get("height") + input_random_between(0, 7));
    int passes = (int)(input_get("passes") + input_random_between(0, 1));

    image = new_image(width, height);
    spare = new_image(width, height);
    take_photo(&image);

    const struct image *result =
        smooth(&image, &spare, passes, workers == 0 ? rt_procs(0) : workers);

    for (int first = 0; first < height; first += ROWS_PER_LINE) {
        int end = first + ROWS_PER_LINE < height ? first + ROWS_PER_LINE : height;
        answer_line("rows %3d to %3d after %d passes: %016llx", first, end - 1, passes,
                    (unsigned long long)digest(result, first, end));
    }
}
