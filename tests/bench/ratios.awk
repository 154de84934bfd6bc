# ratios.awk - from the lines of compare.log to the rows of the table, for the benchmark `name`.
#
# A line of the log:  TURN PROGRAM NAME key=value ...
# A row, its fields separated by tabs:
#
#     name  what  procs  peer  ours  theirs  ratio  low  high  wanted  verdict
#
# `ours` and `theirs` are medians. `ratio`, `low` and `high` are the median, least and greatest of
# ours / theirs, turn by turn. `wanted` is "<= X" or ">= X" or "-".

BEGIN {
    OFS = "\t"
    split(bars, pairs, /[ \n]+/)
    for (i in pairs) {
        split(pairs[i], pair, "=")
        bar[pair[1]] = pair[2]
    }
}

$3 == name {
    procs = ""
    for (i = 4; i <= NF; i++) {
        split($i, pair, "=")
        if (pair[1] == "procs") {
            procs = pair[2]
        }
        value[$2, procs, pair[1], $1] = pair[2]
    }
    remember($2, procs)
    turns = $1 > turns ? $1 : turns
}

function remember(program, procs) {
    if (!(program in known)) {
        known[program] = 1
        if (program != "ours") {
            peer[++peers] = program
        }
    }
    if (!(procs in seen)) {
        seen[procs] = 1
        procs_at[++procs_count] = procs
    }
}

# ---- Statistics ----------------------------------------------------------------------------------

# Sorts sample[1..count] in place.
function sort(sample, count,    i, k, one) {
    for (i = 2; i <= count; i++) {
        one = sample[i]
        for (k = i - 1; k >= 1 && sample[k] > one; k--) {
            sample[k + 1] = sample[k]
        }
        sample[k + 1] = one
    }
}

function median(sample, count) {
    sort(sample, count)
    return count % 2 ? sample[(count + 1) / 2] : (sample[count / 2] + sample[count / 2 + 1]) / 2
}

# A program's value in one turn; "" when it has none. The speedup is computed, the rest was printed.
function value_of(program, procs, what, turn,    one) {
    if (what != "speedup") {
        return value[program, procs, what, turn]
    }
    one = value[program, 1, "ns_per_op", turn]
    return one == "" || value[program, procs, "ns_per_op", turn] == "" ? "" \
           : one / value[program, procs, "ns_per_op", turn]
}

function median_of(program, procs, what,    turn, count, sample) {
    for (turn = 1; turn <= turns; turn++) {
        if (value_of(program, procs, what, turn) != "") {
            sample[++count] = value_of(program, procs, what, turn) + 0
        }
    }
    return count ? median(sample, count) : ""
}

# ---- Rows ----------------------------------------------------------------------------------------

function failed(program, procs,    turn) {
    for (turn = 1; turn <= turns; turn++) {
        if (value[program, procs, "failed", turn] != "") {
            return 1
        }
    }
    return 0
}

# What the ratios say: whether ours is better than theirs, by over 2% in every turn. Of speedups,
# more is better.
function compared(what, low, high) {
    if (low > 1.02) {
        return what == "speedup" ? "better" : "worse"
    }
    if (high < 0.98) {
        return what == "speedup" ? "worse" : "better"
    }
    return "even"
}

# Whether `middle` reaches what is wanted, and whether all of low..high agree.
function judge(wanted, middle, low, high,    part, least) {
    split(wanted, part, " ")
    least = part[1] == ">="
    if (least ? middle >= part[2] : middle <= part[2]) {
        return (least ? low >= part[2] : high <= part[2]) ? "met" : "met, not always"
    }
    return (least ? high < part[2] : low > part[2]) ? "MISSED" : "MISSED, not always"
}

function row(what, procs, peer, wanted,    turn, count, ratio, middle, a, b) {
    if (failed("ours", procs) || failed(peer, procs)) {
        print name, what, procs, peer, "-", "-", "-", "-", "-", wanted, \
              (failed("ours", procs) ? "ours" : peer) " FAILED"
        return
    }
    for (turn = 1; turn <= turns; turn++) {
        a = value_of("ours", procs, what, turn)
        b = value_of(peer, procs, what, turn)
        if (a != "" && b != "" && b != 0) {
            ratio[++count] = a / b
        }
    }
    if (count) {
        middle = median(ratio, count)
        print name, what, procs, peer, median_of("ours", procs, what), \
              median_of(peer, procs, what), middle, ratio[1], ratio[count], wanted, \
              wanted == "-" ? compared(what, ratio[1], ratio[count]) \
                            : judge(wanted, middle, ratio[1], ratio[count])
    }
}

# Our own figure in the same columns, with a limit for it or "-".
function row_alone(what, procs, wanted,    turn, count, sample, middle) {
    if (failed("ours", procs)) {
        print name, what, procs, "-", "-", "-", "-", "-", "-", wanted, "ours FAILED"
        return
    }
    for (turn = 1; turn <= turns; turn++) {
        if (value["ours", procs, what, turn] != "") {
            sample[++count] = value["ours", procs, what, turn] + 0
        }
    }
    if (count) {
        middle = median(sample, count)
        print name, what, procs, "-", middle, "-", "-", "-", "-", wanted, \
              wanted == "-" ? "-" : judge(wanted, middle, sample[1], sample[count])
    }
}

# What is wanted of the time against this peer.
function wanted_of(peer, procs) {
    return peer == "go" && (name in bar) && procs <= 2 ? "<= " bar[name] : "-"
}

function rows_against(peer, procs,    count) {
    if (name == "hogs") { # its time is that of the sleeps
        for (count = 1; count <= 4; count++) {
            row("p999_ms_" count, procs, peer, "-")
        }
        return
    }
    row("ns_per_op", procs, peer, wanted_of(peer, procs))
    if (name == "parked") {
        row("bytes_each", procs, peer, "-")
        row("wake_ns", procs, peer, "-")
    }
    if (name == "primes" && procs > 1) {
        row("speedup", procs, peer, peer == "openmp" && procs == 2 ? ">= " openmp_speedup : "-")
    }
}

END {
    for (p = 1; p <= procs_count; p++) {
        for (i = 1; i <= peers; i++) {
            rows_against(peer[i], procs_at[p])
        }
        if (peers == 0) {
            row_alone("ns_per_op", procs_at[p], "-")
        }
        if (name == "parked") {
            row_alone("bytes_each", procs_at[p], "<= " parked_bytes)
        }
    }
}
