/* switch_x86_64.S - the context switch, System V ABI for x86-64.
 *
 * Preserved across calls: rbx, rbp, r12-r15, rsp, and the control words of SSE (mxcsr) and x87. A saved
 * stack, from its stack pointer upwards:
 *
 *     +0 mxcsr  +4 x87 control  +8 r15  +16 r14  +24 r13  +32 r12  +40 rbx  +48 rbp  +56 return address
 *
 * Loading the control words is slow and they hardly ever differ between tasks: compare first.
 * The object is not marked for shadow stacks (CET SHSTK): a switch returns to another stack's caller. */

    .text

/* void rt__context_switch(void **save, void *resume) */
    .globl  rt__context_switch
    .type   rt__context_switch, @function
    .p2align 4
rt__context_switch:
    .cfi_startproc
    endbr64
    pushq   %rbp
    pushq   %rbx
    pushq   %r12
    pushq   %r13
    pushq   %r14
    pushq   %r15
    subq    $8, %rsp
    stmxcsr (%rsp)
    fnstcw  4(%rsp)
    movq    (%rsp), %rax            /* the control words we leave with */
    movq    %rsp, (%rdi)
    movq    %rsi, %rsp
    cmpl    %eax, (%rsp)
    jne     .Lload_control
    shrq    $32, %rax
    cmpw    %ax, 4(%rsp)
    jne     .Lload_control
.Lrestore:
    addq    $8, %rsp
    popq    %r15
    popq    %r14
    popq    %r13
    popq    %r12
    popq    %rbx
    popq    %rbp
    popq    %rcx                    /* an indirect jump predicts better than a ret that has no call */
    jmpq    *%rcx
.Lload_control:
    ldmxcsr (%rsp)
    fldcw   4(%rsp)
    jmp     .Lrestore
    .cfi_endproc
    .size   rt__context_switch, . - rt__context_switch

/* The first frame of every task: debuggers stop here, because the return address is undefined.
 * rbx holds the entry function (rt__context_new put it there). */
    .globl  rt__context_start
    .type   rt__context_start, @function
    .p2align 4
rt__context_start:
    .cfi_startproc
    .cfi_undefined rip
    endbr64
    xorl    %ebp, %ebp
    call    *%rbx
    ud2                             /* entry never returns */
    .cfi_endproc
    .size   rt__context_start, . - rt__context_start

/* void *rt__context_new(void *top, void (*entry)(void)) */
    .globl  rt__context_new
    .type   rt__context_new, @function
    .p2align 4
rt__context_new:
    .cfi_startproc
    endbr64
    leaq    -80(%rdi), %rax         /* 64 bytes of saved context; leaves rsp = top-16, aligned, in start */
    stmxcsr (%rax)
    fnstcw  4(%rax)
    movw    $0, 6(%rax)
    movq    %rsi, 40(%rax)          /* rbx = entry */
    movq    $0, 48(%rax)            /* rbp = 0: the end of the frame chain */
    leaq    rt__context_start(%rip), %rcx
    movq    %rcx, 56(%rax)
    movq    $0, 64(%rax)            /* what would be start's return address */
    movq    $0, 72(%rax)
    ret
    .cfi_endproc
    .size   rt__context_new, . - rt__context_new

    .section .note.GNU-stack, "", @progbits
