/* switch_aarch64.S - the context switch, AAPCS64.
 *
 * Preserved across calls: x19-x28, x29 (frame), x30 (link), sp, the low halves of v8-v15, and the
 * rounding mode in fpcr. A saved stack, from its stack pointer upwards:
 *
 *     +0 x19 x20  +16 x21 x22  +32 x23 x24  +48 x25 x26  +64 x27 x28  +80 x29 x30
 *     +96 d8 d9  +112 d10 d11  +128 d12 d13  +144 d14 d15  +160 fpcr, padding */

    .text

/* void rt__context_switch(void **save, void *resume) */
    .globl  rt__context_switch
    .type   rt__context_switch, %function
    .p2align 4
rt__context_switch:
    .cfi_startproc
    hint    #34                     /* bti c: a no-op on older cores */
    sub     sp, sp, #176
    stp     x19, x20, [sp, #0]
    stp     x21, x22, [sp, #16]
    stp     x23, x24, [sp, #32]
    stp     x25, x26, [sp, #48]
    stp     x27, x28, [sp, #64]
    stp     x29, x30, [sp, #80]
    stp     d8, d9, [sp, #96]
    stp     d10, d11, [sp, #112]
    stp     d12, d13, [sp, #128]
    stp     d14, d15, [sp, #144]
    mrs     x9, fpcr
    str     x9, [sp, #160]
    mov     x10, sp
    str     x10, [x0]
    mov     sp, x1
    ldr     x10, [sp, #160]
    cmp     x9, x10                 /* writing fpcr is slow and it hardly ever differs */
    b.eq    1f
    msr     fpcr, x10
1:  ldp     x19, x20, [sp, #0]
    ldp     x21, x22, [sp, #16]
    ldp     x23, x24, [sp, #32]
    ldp     x25, x26, [sp, #48]
    ldp     x27, x28, [sp, #64]
    ldp     x29, x30, [sp, #80]
    ldp     d8, d9, [sp, #96]
    ldp     d10, d11, [sp, #112]
    ldp     d12, d13, [sp, #128]
    ldp     d14, d15, [sp, #144]
    add     sp, sp, #176
    ret
    .cfi_endproc
    .size   rt__context_switch, . - rt__context_switch

/* The first frame of every task: debuggers stop here, because the return address is undefined.
 * x19 holds the entry function (rt__context_new put it there). */
    .globl  rt__context_start
    .type   rt__context_start, %function
    .p2align 4
rt__context_start:
    .cfi_startproc
    .cfi_undefined x30
    hint    #36                     /* bti j */
    mov     x29, #0
    mov     x30, #0
    blr     x19
    brk     #1                      /* entry never returns */
    .cfi_endproc
    .size   rt__context_start, . - rt__context_start

/* void *rt__context_new(void *top, void (*entry)(void)) */
    .globl  rt__context_new
    .type   rt__context_new, %function
    .p2align 4
rt__context_new:
    .cfi_startproc
    hint    #34
    sub     x2, x0, #192            /* 176 bytes of saved context; leaves sp = top-16 in start */
    mrs     x9, fpcr
    str     x9, [x2, #160]
    str     x1, [x2, #0]            /* x19 = entry */
    str     xzr, [x2, #80]          /* x29 = 0: the end of the frame chain */
    adr     x9, rt__context_start
    str     x9, [x2, #88]
    stp     xzr, xzr, [x2, #176]
    mov     x0, x2
    ret
    .cfi_endproc
    .size   rt__context_new, . - rt__context_new

    .section .note.GNU-stack, "", %progbits
