/* demo.c - lesson 18: pictures on all procs.
 *
 *   1. One picture of 1920 x 1080 by the median filter: a strip of equal height for each worker, and
 *      small strips on demand, drawn on one scale.
 *   2. Twenty such pictures: one after the other, and by a pool of a worker for each proc, at procs=1
 *      and on all procs.
 *   3. Before, after, and what is wrong if the picture is filtered in place: files to look at.
 *
 * The picture is a cup of coffee from above, with more specks the further down. PICTURE=file.pgm in
 * the environment takes a photo of yours instead: a grey picture in binary PGM (P5), as GIMP and
 * ImageMagick write it. PGM is a line of text and then a byte for each pixel. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define WIDTH 1920
#define HEIGHT 1080
#define PICTURES 20
#define SIDE_MAX 10000 /* of a photo of yours */

/* The height of a strip on demand: 135 of them in a picture, so that nobody waits long for the last
 * one. */
#define STRIP 8

#define FOLDER "build/pictures"

struct image {
    int width, height;
    unsigned char *pixels;
};

static void stop(const char *what)
{
    fprintf(stderr, "demo: %s: %s\n", what, strerror(errno));
    exit(1);
}

static struct image image_new(int width, int height)
{
    struct image image = {width, height, malloc((size_t)width * (size_t)height)};

    if (image.pixels == NULL)
        stop("a picture");
    return image;
}

/* ---- The picture ----------------------------------------------------------------------------- */

static uint64_t hash(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* How bright the cup is at a place, whose distance from the middle is 1 where the saucer ends. */
static int cup_at(double x, double y)
{
    double distance = sqrt(x * x + y * y);
    double handle = sqrt((x - 0.78) * (x - 0.78) + (y + 0.3) * (y + 0.3));

    if (distance > 0.68 && handle < 0.22 && handle > 0.11)
        return 235;
    if (distance > 1)
        return (int)(70 + y * 20) / 8 * 8; /* the table */
    if (distance > 0.68)
        return 190; /* the saucer */
    if (distance > 0.6)
        return 245; /* the rim */
    double heart = x * x + (y + 0.05 - 0.6 * fabs(x)) * (y + 0.05 - 0.6 * fabs(x));
    return heart < 0.09 || (heart > 0.13 && heart < 0.16) ? 220 : 95; /* milk, or coffee */
}

/* No specks in the first row, and two pixels of five in the last. */
static struct image take_picture(uint64_t number)
{
    struct image image = image_new(WIDTH, HEIGHT);

    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            uint64_t speck = hash(number << 32 | (uint64_t)(y * WIDTH + x));
            int i = y * WIDTH + x;
            if (speck % (5 * HEIGHT) < 2 * (uint64_t)y)
                image.pixels[i] = (unsigned char)(speck >> 32);
            else
                image.pixels[i] =
                    (unsigned char)cup_at((x - WIDTH / 2) / 500.0, (HEIGHT / 2 - y) / 500.0);
        }
    }
    return image;
}

static void skip_line(FILE *file)
{
    int c;

    while ((c = fgetc(file)) != '\n' && c != EOF)
        continue;
}

/* The next number in the head of a PGM, or -1. A comment goes from # to the end of its line. */
static int next_number(FILE *file)
{
    int number, c;

    while (isspace(c = fgetc(file)) || c == '#') {
        if (c == '#')
            skip_line(file);
    }
    ungetc(c, file);
    return fscanf(file, "%d", &number) == 1 ? number : -1;
}

static struct image read_picture(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        stop(path);
    bool grey = fgetc(file) == 'P' && fgetc(file) == '5';
    int width = next_number(file), height = next_number(file), most = next_number(file);
    if (!grey || width < 1 || width > SIDE_MAX || height < 1 || height > SIDE_MAX || most != 255) {
        fprintf(stderr, "demo: %s is no grey PGM (P5) of up to %d x %d\n", path, SIDE_MAX,
                SIDE_MAX);
        exit(1);
    }
    fgetc(file); /* a single white space, and then the pixels */
    struct image image = image_new(width, height);
    if (fread(image.pixels, (size_t)width, (size_t)height, file) != (size_t)height) {
        fprintf(stderr, "demo: %s ends too early\n", path);
        exit(1);
    }
    fclose(file);
    return image;
}

static void write_picture(const struct image *image, const char *name)
{
    char path[64];

    snprintf(path, sizeof path, "%s/%s.pgm", FOLDER, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        stop(path);
    fprintf(file, "P5\n%d %d\n255\n", image->width, image->height);
    fwrite(image->pixels, (size_t)image->width, (size_t)image->height, file);
    if (fclose(file) != 0)
        stop(path);
    printf("  %s\n", path);
}

/* ---- The filter ------------------------------------------------------------------------------ */

#define NEIGHBOURS 9

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

/* A pixel becomes the middle one of the nine round it. Beyond an edge, the edge goes on. */
static void smooth_row(const struct image *from, struct image *to, int y)
{
    int width = from->width, last = from->height - 1;
    const unsigned char *b = from->pixels + y * width;
    const unsigned char *a = y > 0 ? b - width : b, *c = y < last ? b + width : b;

    for (int x = 0; x < width; x++) {
        int l = x > 0 ? x - 1 : x, r = x < width - 1 ? x + 1 : x;
        unsigned char values[NEIGHBOURS] = {a[l], a[x], a[r], b[l], b[x], b[r], c[l], c[x], c[r]};
        unsigned char differ = 0;
        for (int i = 0; i < NEIGHBOURS; i++)
            differ |= values[i] ^ b[x];
        if (differ != 0)
            sort(values);
        to->pixels[y * width + x] = values[NEIGHBOURS / 2];
    }
}

static void smooth(const struct image *from, struct image *to)
{
    for (int y = 0; y < from->height; y++)
        smooth_row(from, to, y);
}

/* ---- One picture, by strips ------------------------------------------------------------------ */

struct job {
    const struct image *from;
    struct image *to;
    int strip;         /* the height of one */
    _Atomic(int) next; /* the first row that nobody has taken; relaxed: only its value counts */
    rt_wait_group workers;
};

struct worker {
    struct job *job;
    struct timeline_row *row;
};

static void smooth_strips(void *arg)
{
    struct worker *worker = arg;
    struct job *job = worker->job;
    int first;

    timeline_run(worker->row);
    while ((first = atomic_fetch_add_explicit(&job->next, job->strip, memory_order_relaxed)) <
           job->from->height) {
        for (int y = first; y < first + job->strip && y < job->from->height; y++) {
            smooth_row(job->from, job->to, y);
            timeline_tick(worker->row);
        }
    }
    timeline_end(worker->row);
    rt_wait_group_done(&job->workers);
}

static struct timeline *by_strips(const struct image *from, struct image *to, int strip)
{
    struct worker workers[TIMELINE_ROWS_MAX];
    int count = rt_procs(0) < TIMELINE_ROWS_MAX ? rt_procs(0) : TIMELINE_ROWS_MAX;
    struct job job = {.from = from, .to = to, .strip = strip};
    struct timeline *timeline = timeline_new("strips of %d rows, procs=%d", strip, rt_procs(0));

    for (int i = 0; i < count; i++) {
        workers[i] = (struct worker){&job, timeline_row(timeline, "worker %d", i + 1)};
        timeline_ready(workers[i].row);
    }
    timeline_start(timeline);
    rt_wait_group_add(&job.workers, count);
    for (int i = 0; i < count; i++)
        rt_go(smooth_strips, &workers[i]);
    rt_wait_group_wait(&job.workers);
    return timeline;
}

static void draw_strips(const struct image *from, struct image *to)
{
    int procs = rt_procs(0);
    int64_t start_ns = rt_now();

    smooth(from, to);
    int64_t loop_ns = rt_now() - start_ns;
    struct timeline *equal = by_strips(from, to, (from->height + procs - 1) / procs);
    struct timeline *small = by_strips(from, to, STRIP);
    printf("one picture of %d x %d; a plain loop takes %.1f ms\n", from->width, from->height,
           (double)loop_ns / RT_MS);
    timeline_draw(equal, stdout, 0);
    timeline_draw(small, stdout, timeline_span_ns(equal));
    figure("equal_strips_speedup", (double)loop_ns / (double)timeline_span_ns(equal));
    figure("small_strips_speedup", (double)loop_ns / (double)timeline_span_ns(small));
    timeline_free(equal);
    timeline_free(small);
}

/* ---- Twenty pictures, by a pool -------------------------------------------------------------- */

struct batch {
    struct image pictures[PICTURES];
    _Atomic(int) next; /* the first picture that nobody has taken; relaxed: only its value counts */
    rt_wait_group workers;
};

/* However many pictures there are, each worker needs room for one. */
static void smooth_pictures(void *arg)
{
    struct batch *batch = arg;
    struct image room = image_new(batch->pictures[0].width, batch->pictures[0].height);
    int i;

    while ((i = atomic_fetch_add_explicit(&batch->next, 1, memory_order_relaxed)) < PICTURES)
        smooth(&batch->pictures[i], &room);
    free(room.pixels);
    rt_wait_group_done(&batch->workers);
}

/* Returns how long `workers` take at `procs`. */
static double time_of(struct batch *batch, int workers, int procs)
{
    rt_procs(procs);
    atomic_store_explicit(&batch->next, 0, memory_order_relaxed);
    int64_t start_ns = rt_now();
    rt_wait_group_add(&batch->workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(smooth_pictures, batch);
    rt_wait_group_wait(&batch->workers);
    return (double)(rt_now() - start_ns) / RT_MS;
}

static void print_line(int workers, int procs, double ms, double alone_ms)
{
    printf("  %-3d worker%s procs=%-3d %9.1f ms %8.2fx\n", workers, workers == 1 ? ", " : "s,",
           procs, ms, alone_ms / ms);
}

static void measure_batch(const struct image *photo)
{
    static struct batch batch;
    int procs = rt_procs(0);

    for (int i = 0; i < PICTURES; i++)
        batch.pictures[i] = photo != NULL ? *photo : take_picture((uint64_t)i);
    printf("\n%d pictures\n", PICTURES);
    double alone_ms = time_of(&batch, 1, 1);
    print_line(1, 1, alone_ms, alone_ms);
    double one_ms = time_of(&batch, procs, 1);
    print_line(procs, 1, one_ms, alone_ms);
    double many_ms = time_of(&batch, procs, procs);
    print_line(procs, procs, many_ms, alone_ms);
    figure("pool_speedup_1", alone_ms / one_ms);
    figure("pool_speedup", alone_ms / many_ms);
    for (int i = 0; photo == NULL && i < PICTURES; i++)
        free(batch.pictures[i].pixels);
}

/* ---- Files ----------------------------------------------------------------------------------- */

static void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        stop(path);
}

/* In place, the upper neighbours of a row are no longer what they were. */
static void write_pictures(const struct image *photo)
{
    struct image smoothed = image_new(photo->width, photo->height);
    struct image in_place = image_new(photo->width, photo->height);
    int pixels = photo->width * photo->height, wrong = 0;

    make_folder("build");
    make_folder(FOLDER);
    memcpy(in_place.pixels, photo->pixels, (size_t)pixels);
    smooth(photo, &smoothed);
    smooth(&in_place, &in_place);
    for (int i = 0; i < pixels; i++)
        wrong += smoothed.pixels[i] != in_place.pixels[i];
    printf("\nfiltered in place, %d of %d pixels would be wrong; look at\n", wrong, pixels);
    write_picture(photo, "before");
    write_picture(&smoothed, "after");
    write_picture(&in_place, "in-place");
    free(smoothed.pixels);
    free(in_place.pixels);
}

static void demo(void *arg)
{
    const char *path = getenv("PICTURE");
    struct image photo = path != NULL ? read_picture(path) : take_picture(0);
    struct image room = image_new(photo.width, photo.height);

    (void)arg;
    draw_strips(&photo, &room);
    measure_batch(path != NULL ? &photo : NULL);
    write_pictures(&photo);
    free(room.pixels);
    free(photo.pixels);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
