/* winternitz.h - real signatures in little code: Winternitz one-time signatures over SHA-256, and the
 * derivation of a key from a PIN. To be read, not to be changed.
 *
 * A one-time key is 67 secrets. From each of them a chain begins, in which every value is the hash of the one
 * before: forward it is easy to walk, backward nobody can. The hash of the message gives 67 digits of 0 to 15,
 * and the signature is, for each digit, the value that many steps down its chain. Whoever wants to check it walks
 * on to step 15 of each chain and hashes the ends together: that has to be the public key. A forger would have to
 * turn some digit down, that is, to walk backward; that another one may only go up is what the last three
 * digits are for, a checksum that falls when others rise. (R. Merkle, A certified digital signature, 1989; the
 * standards that are built of it are RFC 8391 and RFC 8554.)
 *
 * Each number of a payment has a one-time key of its own, made from the master key. The master key is
 * derived from a PIN by PBKDF2 (RFC 8018), which is slow on purpose: so is trying all PINs.
 *
 * Nothing here waits or allocates, and nothing is shared: any number of tasks may sign at once. */
#ifndef WINTERNITZ_H
#define WINTERNITZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- SHA-256 (FIPS 180-4) -------------------------------------------------------------------- */

#define SHA256_BYTES 32
#define SHA256_BLOCK 64

static inline uint32_t sha256_turn(uint32_t x, int by)
{
    return x >> by | x << (32 - by);
}

static inline void sha256_block(uint32_t state[8], const uint8_t block[SHA256_BLOCK])
{
    static const uint32_t k[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2,
    };
    uint32_t w[64];

    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s = sha256_turn(w[i - 15], 7) ^ sha256_turn(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t t = sha256_turn(w[i - 2], 17) ^ sha256_turn(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s + w[i - 7] + t;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t t = h + (sha256_turn(e, 6) ^ sha256_turn(e, 11) ^ sha256_turn(e, 25)) +
                     ((e & f) ^ (~e & g)) + k[i] + w[i];
        uint32_t u = (sha256_turn(a, 2) ^ sha256_turn(a, 13) ^ sha256_turn(a, 22)) +
                     ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t;
        d = c, c = b, b = a, a = t + u;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static const uint32_t sha256_begin[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* The hash of `bytes` more bytes and the end, after `before` bytes, a multiple of 64, that are in `state`
 * already. `out` may be where the data is. */
static inline void sha256_finish(const uint32_t begin[8], size_t before, const void *data,
                                 size_t bytes, uint8_t out[SHA256_BYTES])
{
    const uint8_t *at = data;
    uint8_t block[SHA256_BLOCK];
    uint32_t state[8];
    size_t left = bytes;

    memcpy(state, begin, sizeof state);
    for (; left >= SHA256_BLOCK; left -= SHA256_BLOCK, at += SHA256_BLOCK)
        sha256_block(state, at);
    memset(block, 0, sizeof block);
    memcpy(block, at, left);
    block[left] = 0x80;
    if (left >= SHA256_BLOCK - 8) {
        sha256_block(state, block);
        memset(block, 0, sizeof block);
    }
    for (int i = 0; i < 8; i++)
        block[SHA256_BLOCK - 1 - i] = (uint8_t)((before + bytes) * 8 >> 8 * i);
    sha256_block(state, block);
    for (int i = 0; i < SHA256_BYTES; i++)
        out[i] = (uint8_t)(state[i / 4] >> (24 - i % 4 * 8));
}

static inline void sha256(const void *data, size_t bytes, uint8_t out[SHA256_BYTES])
{
    sha256_finish(sha256_begin, 0, data, bytes, out);
}

/* ---- The master key: PBKDF2 with HMAC-SHA-256 ------------------------------------------------ */

/* HMAC (RFC 2104) hashes a block made of the key before the data, twice. A key that is used often has these
 * two blocks hashed once. */
struct hmac_key {
    uint32_t inner[8], outer[8];
};

static inline void hmac_key(struct hmac_key *key, const char *secret)
{
    uint8_t block[SHA256_BLOCK] = {0};

    for (int i = 0; i < SHA256_BLOCK && secret[i] != '\0'; i++)
        block[i] = (uint8_t)secret[i];
    memcpy(key->inner, sha256_begin, sizeof key->inner);
    memcpy(key->outer, sha256_begin, sizeof key->outer);
    for (int i = 0; i < SHA256_BLOCK; i++)
        block[i] ^= 0x36;
    sha256_block(key->inner, block);
    for (int i = 0; i < SHA256_BLOCK; i++)
        block[i] ^= 0x36 ^ 0x5c;
    sha256_block(key->outer, block);
}

static inline void hmac(const struct hmac_key *key, const void *data, size_t bytes,
                        uint8_t out[SHA256_BYTES])
{
    sha256_finish(key->inner, SHA256_BLOCK, data, bytes, out);
    sha256_finish(key->outer, SHA256_BLOCK, out, SHA256_BYTES, out);
}

/* The key that belongs to a PIN of at most 64 characters and a salt of at most 60: `rounds` HMACs, one after the other. */
static inline void key_from_pin(const char *pin, const char *salt, int64_t rounds,
                                uint8_t master[SHA256_BYTES])
{
    struct hmac_key key;
    uint8_t data[SHA256_BLOCK] = {0}, value[SHA256_BYTES];
    size_t bytes = 0;

    hmac_key(&key, pin);
    for (; bytes < sizeof data - 4 && salt[bytes] != '\0'; bytes++)
        data[bytes] = (uint8_t)salt[bytes];
    data[bytes + 3] = 1; /* the number of the block, of four bytes; there is no second one */
    hmac(&key, data, bytes + 4, value);
    memcpy(master, value, SHA256_BYTES);
    for (int64_t i = 1; i < rounds; i++) {
        hmac(&key, value, sizeof value, value);
        for (int j = 0; j < SHA256_BYTES; j++)
            master[j] ^= value[j];
    }
}

/* ---- Signatures ------------------------------------------------------------------------------ */

/* 64 digits of the hash, 3 of the checksum, which is at most 64 * 15 = 960. */
#define SIGNATURE_PARTS 67
#define LAST_STEP 15

struct signature {
    uint8_t parts[SIGNATURE_PARTS][SHA256_BYTES];
};

/* From step `from` to step `to` of a chain. Part and step go into the hash, so that no two chains meet. */
static inline void walk_chain(uint8_t value[SHA256_BYTES], int part, int from, int to)
{
    uint8_t data[SHA256_BYTES + 2];

    for (int step = from; step < to; step++) {
        memcpy(data, value, SHA256_BYTES);
        data[SHA256_BYTES] = (uint8_t)part;
        data[SHA256_BYTES + 1] = (uint8_t)step;
        sha256(data, sizeof data, value);
    }
}

static inline void message_digits(const void *message, size_t bytes, int digits[SIGNATURE_PARTS])
{
    uint8_t hash[SHA256_BYTES];
    int checksum = 0;

    sha256(message, bytes, hash);
    for (int i = 0; i < 2 * SHA256_BYTES; i++) {
        digits[i] = hash[i / 2] >> (i % 2 * 4) & 15;
        checksum += LAST_STEP - digits[i];
    }
    for (int i = 0; i < 3; i++)
        digits[2 * SHA256_BYTES + i] = checksum >> 4 * i & 15;
}

/* Signs a message with the one-time key of this number: some 570 hashes. Signing a second, different message with
 * the same number would show more of its chains, and a forger could make a third one of the two. */
static inline void sign_message(const uint8_t master[SHA256_BYTES], uint64_t number,
                                const void *message, size_t bytes, struct signature *signature)
{
    uint8_t data[SHA256_BYTES + sizeof number + 1];
    int digits[SIGNATURE_PARTS];

    message_digits(message, bytes, digits);
    memcpy(data, master, SHA256_BYTES);
    memcpy(data + SHA256_BYTES, &number, sizeof number);
    for (int part = 0; part < SIGNATURE_PARTS; part++) {
        data[sizeof data - 1] = (uint8_t)part;
        sha256(data, sizeof data, signature->parts[part]);
        walk_chain(signature->parts[part], part, 0, digits[part]);
    }
}

/* What everybody may know: the hash of the ends of all chains. From a signature and its message; it is the public
 * key of the signer only if the signature is right. */
static inline void public_key_of(const struct signature *signature, const void *message,
                                 size_t bytes, uint8_t key[SHA256_BYTES])
{
    struct signature ends = *signature;
    int digits[SIGNATURE_PARTS];

    message_digits(message, bytes, digits);
    for (int part = 0; part < SIGNATURE_PARTS; part++)
        walk_chain(ends.parts[part], part, digits[part], LAST_STEP);
    sha256(ends.parts, sizeof ends.parts, key);
}

#endif
