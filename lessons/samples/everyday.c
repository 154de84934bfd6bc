/* everyday.c - seven pieces of everyday programs. What is each bound by, and what would help it:
 * tasks on one proc, more procs, both, neither? Write it down for all seven, then ask:
 *
 *     make classify FILE=lessons/samples/everyday.c FUNCTION=sort_readings
 *
 * Then do the same with a function of your own: any that can be called without arguments, in any
 * file that compiles by itself. One of the seven has a trap in it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rt.h"

/* The next number of a stream (splitmix64). Each function begins one of its own: calls share
 * nothing. */
static uint64_t draw(uint64_t *stream)
{
    uint64_t z = *stream += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Sorting: a day's readings of a sensor. */
uint64_t sort_readings(void)
{
    enum { READINGS = 20000 };
    uint64_t stream = 1, *readings = malloc(READINGS * sizeof *readings);

    if (readings == NULL)
        return 0;
    for (int i = 0; i < READINGS; i++)
        readings[i] = draw(&stream);
    qsort(readings, READINGS, sizeof *readings, compare);
    uint64_t median = readings[READINGS / 2];
    free(readings);
    return median;
}

/* Compression: how long would a text be if each repetition within its last 255 letters were written
 * as two bytes? */
int compress_text(void)
{
    enum { LETTERS = 8000, WINDOW = 255, SHORTEST = 3 };
    char text[LETTERS];
    uint64_t stream = 2;
    int packed = 0;

    for (int i = 0; i < LETTERS; i++)
        text[i] = (char)('a' + draw(&stream) % 4);
    for (int i = 0; i < LETTERS;) {
        int longest = 0;
        for (int back = 1; back <= WINDOW && back <= i; back++) {
            int length = 0;
            while (i + length < LETTERS && length < WINDOW &&
                   text[i + length] == text[i + length - back])
                length++;
            longest = length > longest ? length : longest;
        }
        packed += longest >= SHORTEST ? 2 : 1;
        i += longest >= SHORTEST ? longest : 1;
    }
    return packed;
}

/* Encryption: 256 KiB with the cipher XTEA, 8 bytes at a time. */
uint32_t encrypt_letter(void)
{
    enum { BLOCKS = (256 << 10) / 8 };
    static const uint32_t key[4] = {0x0dd0c0de, 0x5ca1ab1e, 0xc0ffee11, 0x0ddba115};
    uint32_t checksum = 0;

    for (uint32_t block = 0; block < BLOCKS; block++) {
        uint32_t left = block, right = ~block, sum = 0;
        for (int round = 0; round < 32; round++) {
            left += (((right << 4) ^ (right >> 5)) + right) ^ (sum + key[sum & 3]);
            sum += 0x9e3779b9;
            right += (((left << 4) ^ (left >> 5)) + left) ^ (sum + key[(sum >> 11) & 3]);
        }
        checksum ^= left ^ right;
    }
    return checksum;
}

/* Scientific computing: how warm does a plate become whose left edge is heated? */
double heat_plate(void)
{
    enum { SIDE = 64, STEPS = 200 };
    float plate[SIDE][SIDE] = {{0}}, next[SIDE][SIDE];

    for (int y = 0; y < SIDE; y++)
        plate[y][0] = 100;
    for (int step = 0; step < STEPS; step++) {
        memcpy(next, plate, sizeof next);
        for (int y = 1; y < SIDE - 1; y++)
            for (int x = 1; x < SIDE - 1; x++)
                next[y][x] =
                    (plate[y - 1][x] + plate[y + 1][x] + plate[y][x - 1] + plate[y][x + 1]) / 4;
        memcpy(plate, next, sizeof plate);
    }
    return plate[SIDE / 2][SIDE / 2];
}

/* API aggregation: a page is made of what three services know. They take 12, 8 and 5 ms to
 * answer. */
void ask_three_services(void)
{
    rt_sleep(12 * RT_MS);
    rt_sleep(8 * RT_MS);
    rt_sleep(5 * RT_MS);
}

/* Video: a camera has the next frame after 5 ms; then its contrast is stretched. */
unsigned show_frame(void)
{
    enum { PIXELS = 1280 * 720 };
    uint64_t stream = 3;
    unsigned char darkest = 255, brightest = 0;
    unsigned sum = 0;

    rt_sleep(5 * RT_MS);
    unsigned char *frame = malloc(PIXELS);
    if (frame == NULL)
        return 0;
    for (int i = 0; i < PIXELS; i++) {
        frame[i] = (unsigned char)(64 + draw(&stream) % 128);
        darkest = frame[i] < darkest ? frame[i] : darkest;
        brightest = frame[i] > brightest ? frame[i] : brightest;
    }
    for (int i = 0; i < PIXELS; i++)
        sum += (unsigned)(frame[i] - darkest) * 255u / (unsigned)(brightest - darkest + 1);
    free(frame);
    return sum;
}

/* An old driver: it waits for the printer in a call of the system's. */
void print_receipt(void)
{
    usleep(8000);
}
