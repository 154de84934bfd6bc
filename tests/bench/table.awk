# table.awk - shows the rows that ratios.awk makes; with heading=1 the heading, with summary=1 what
# they come to.

BEGIN {
    FS = "\t"
    layout = "%-8s %-10s %5s  %-7s %10s %10s  %6s %-13s  %-9s %s\n"
    if (heading) {
        printf layout, "name", "what", "procs", "against", "ours", "theirs", "ratio", "from..to", \
               "wanted", "so"
    }
}

# Three digits.
function short(number) {
    return number >= 99.95 ? sprintf("%.0f", number) : number >= 9.995 ? sprintf("%.1f", number) \
           : sprintf("%.2f", number)
}

function with_unit(what, number) {
    if (number == "-") {
        return number
    }
    if (what == "speedup") {
        return short(number) " x"
    }
    if (what ~ /^p999_ms_/) {
        return short(number) " ms"
    }
    if (what == "bytes_each") {
        return short(number) " B"
    }
    return number >= 1e6 ? short(number / 1e6) " ms" : number >= 1e3 ? short(number / 1e3) " us" \
           : short(number) " ns"
}

function show() {
    printf layout, $1, $2, $3, $4, with_unit($2, $5), with_unit($2, $6), \
           $7 == "-" ? "-" : short($7), $8 == "-" ? "-" : short($8) ".." short($9), $10, $11
}

# "yield at procs=1 (1.20)", with what it is measured against where that is not clear.
function place(against) {
    return $1 ($2 == "ns_per_op" ? "" : " " $2) against " at procs=" $3 \
           " (" ($7 == "-" ? short($5) : short($7)) ")"
}

function add(list, item) {
    return list (list == "" ? "" : ", ") item
}

heading { next }
!summary { show(); next }

$11 ~ /FAILED/ { failures++; next }
$11 ~ /^met/ { met++ }
$11 ~ /^MISSED/ { missed++; missed_list = add(missed_list, place("")) }
$11 == "worse" {
    worse++
    worse_list = add(worse_list, place(" than " $4))
}

END {
    if (summary) {
        printf "Bars: %d met, %d missed%s\n", met, missed, missed ? ": " missed_list "." : "."
        printf "Where there is no bar, worse than a peer in %d rows%s\n", worse, \
               worse ? ": " worse_list "." : "."
        if (failures) {
            printf "Rows without a result, because a program failed: %d.\n", failures
        }
    }
}
