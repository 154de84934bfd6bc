/* sha256.h - names contents by their SHA-256 hash (FIPS 180-4). */
#ifndef BARISTA_SHA256_H
#define BARISTA_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t state[8];
    uint64_t bytes;          /* taken in so far */
    unsigned char block[64]; /* the last bytes % 64 of them, not yet mixed in */
};

void sha256_init(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *bytes, size_t count);

/* Finishes the hash and writes it as 64 hexadecimal digits and a NUL. */
void sha256_end(struct sha256 *hash, char text[65]);

#endif
