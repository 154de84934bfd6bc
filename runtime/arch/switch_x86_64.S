/* switch_x86_64.S - the context switch, System V ABI for x86-64.
 *
 * Preserved across calls: rbx, rbp, r12-r15, rsp, and the control words of SSE (mxcsr) and x87. A saved
 * stack, from its stack pointer upwards:
 *
 *     +0 mxcsr  +4 x87 control  +8 r15  +16 r14  +24 r13  +32 r12  +40 rbx  +48 rbp  +56 return address
 *
 * Reading the x87 word alone takes longer than all the rest, and hardly any code changes these words. So
 * it is saved only when the control bits of mxcsr are not the default ones: fesetround, fesetenv and
 * feenableexcept change both. Code that changes the x87 word only, in assembly, must put it back before it
 * blocks. The status bits of mxcsr are not preserved across calls, so they don't count.
 * The object is not marked for shadow stacks (CET SHSTK): a switch returns to another stack's caller. */

#define MXCSR_CONTROL 0xffc0
#define MXCSR_DEFAULT 0x1f80

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
    movl    (%rsp), %eax
    andl    $MXCSR_CONTROL, %eax
    cmpl    $MXCSR_DEFAULT, %eax
    jne     .Lsave_x87
.Lsaved:
    movq    %rsp, (%rdi)
    movq    %rsi, %rsp
    movl    (%rsp), %edx
    andl    $MXCSR_CONTROL, %edx
    cmpl    %edx, %eax
    jne     .Lload_control
.Lrestore:
    addq    $8, %rsp
    popq    %r15
    popq    %r14
    popq    %r13
    popq    %r12
    popq    %rbx
    popq    %rbp
    ret                             /* not a jump: the CPU predicts returns by counting calls, and tasks */
                                    /* mostly resume in the function in which the last one left */
.Lsave_x87:
    fnstcw  4(%rsp)
    jmp     .Lsaved
.Lload_control:
    ldmxcsr (%rsp)
    cmpl    $MXCSR_DEFAULT, %edx
    je      .Lload_default_x87
    fldcw   4(%rsp)
    jmp     .Lrestore
.Lload_default_x87:
    fldcw   .Ldefault_x87(%rip)
    jmp     .Lrestore
    .cfi_endproc
    .size   rt__context_switch, . - rt__context_switch

    .section .rodata
.Ldefault_x87:
    .word   0x037f
    .text

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
