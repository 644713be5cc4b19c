# Writes a hundred thousand hostile values below `into`: as JSON, which a platform imports, and as the bytes that must come of them
# on a machine. It is another program than the one that is tried, and writes the same values each time.
#
#   LC_ALL=C awk -v into=DIRECTORY -f many.awk

BEGIN {
    seed = 20260101
    for (at = 1; at < 32; at++) LOW = LOW sprintf("%c", at)
    pieces = split("'|\"|\\|\n|\t|\r| |$|$(|)|`|${|}|$HOME|$((1))|!|!!|#|~|*|?|[|]|{a,b}|;|&|&&|<|>|<<EOF|\nEOF\n|\\n|\\'|'\\''|$'|" \
        "\001|\007|\010|\033[31m|\037|\177|-n|-e|--|=|%s|%|\\c|rm -rf .|\nmain\n|\n}\n|step x|a|B|0|$(touch >owned)|`touch >owned`|" \
        "\302\200|\302\205|\302\240|\302\255|\337\277|\340\240\200|\355\237\277|\356\200\200|\357\277\277|\357\277\275|" \
        "\360\220\200\200|\364\217\277\277|\342\200\250|\342\200\231|\342\200\235|\342\200\256|\357\273\277|\360\237\246\200|" \
        "\363\240\201\201|\303\251|\n\n\n|[Service]\nEnvironment=A=$HOME\nEnd=\\\n", piece, "|")
    piece[++pieces] = "|"
    for (; pieces < 400; pieces++) piece[pieces + 1] = letter(below(1112064))
    for (at = 1; at <= pieces; at++) json[at] = quoted(piece[at])
    many()
    whole()
    words()
    others()
}

function below(end) {
    seed = (seed * 16807) % 2147483647
    return seed % end
}

# A letter by its number among all that Unicode has, which are all but the halves of pairs.
function letter(number) {
    if (number < 32) number += 32
    if (number >= 55296) number += 2048
    if (number < 128) return sprintf("%c", number)
    if (number < 2048) return sprintf("%c%c", 192 + number / 64, 128 + number % 64)
    if (number < 65536) return sprintf("%c%c%c", 224 + number / 4096, 128 + number / 64 % 64, 128 + number % 64)
    return sprintf("%c%c%c%c", 240 + number / 262144, 128 + number / 4096 % 64, 128 + number / 64 % 64, 128 + number % 64)
}

function quoted(text,    at, out, one) {
    for (at = 1; at <= length(text); at++) {
        one = substr(text, at, 1)
        if (one == "\"" || one == "\\") one = "\\" one
        else if (one < " ") one = sprintf("\\u%04x", index(LOW, one))
        out = out one
    }
    return out
}

# A value of `count` pieces, in TEXT, and as JSON in JSON.
function value(count,    at) {
    TEXT = JSON = ""
    while (count-- > 0) {
        at = 1 + below(pieces)
        TEXT = TEXT piece[at]
        JSON = JSON json[at]
    }
}

# Files of a thousand values each, every one behind its number. Each eighth file has characters that are null.
function many(    file, at, list, want) {
    list = into "/many.json"
    printf "{" >list
    for (file = 0; file < 99; file++) {
        want = into "/want/many/" file
        printf "%s\"%d\": \"", file ? ",\n" : "", file >list
        for (at = 0; at < 1000; at++) {
            value(1 + below(11))
            printf "%d %s", at, JSON >list
            printf "%d %s", at, TEXT >want
            if (file % 8 == 7 && at % 3 == 0) {
                printf "\\u0000" >list
                printf "%c", 0 >want
            }
            printf "\\n" >list
            printf "\n" >want
        }
        printf "\"" >list
        close(want)
    }
    printf "}\n" >list
    close(list)
}

# Files of one value each, with nothing around it; some are empty, some are long.
function whole(    at, list, want) {
    list = into "/whole.json"
    printf "{" >list
    for (at = 0; at < 400; at++) {
        want = into "/want/whole/" at
        value(at % 100 == 99 ? 50000 : below(12))
        printf "%s\"%d\": \"%s\"", at ? ",\n" : "", at, JSON >list
        printf "%s", TEXT >want
        close(want)
    }
    printf "}\n" >list
    close(list)
}

# What is the name of a step, and of a file or the end of a link.
function words(    kind) {
    links = into "/want/links"
    for (kind = 0; kind < 2; kind++) word(kind ? "links" : "paths")
    close(links)
}

function word(kind,    at, list) {
    list = into "/" kind ".json"
    printf "{" >list
    for (at = 0; at < 300; at++) {
        do {
            value(1 + below(7))
        } while (TEXT ~ /\// || length(TEXT) > 200)
        printf "%s\"%d\": \"%s\"", at ? ",\n" : "", at, JSON >list
        if (kind == "links") {
            printf "%d x%s%c", at, TEXT, 0 >links
        } else {
            printf "%d", at >(into "/want/paths/" at TEXT)
            close(into "/want/paths/" at TEXT)
        }
    }
    printf "}\n" >list
    close(list)
}

# What other words of steps may hold: each kind of them has its own bounds, and every value an end of its own.
function others(    blank) {
    blank = "[ \t\n\v\f\r#]|\302\205|\302\240|\341\232\200|\342\200[\200-\212\250\251\257]|\342\201\237|\343\200\200"
    other("owners", 100, "[:\n]|^[ \t\v\f\r#+]")
    other("names", 200, blank)
    other("boot", 200, blank)
    other("packages", 50, blank "|/")
    other("modules", 50, blank "|[/-]")
    other("settings", 50, "\n")
    other("files", 50, "/")
    other("units", 20, "\177\177")
}

# Values of a kind that have nothing of what is bad in them: as JSON by number, or names with theirs, and as bytes that end with a
# character zero.
function other(kind, count, bad,    at, list, want) {
    list = into "/" kind ".json"
    want = into "/want/" kind
    printf "{" >list
    for (at = 0; at < count; at++) {
        do {
            value(1 + below(7))
        } while (TEXT ~ bad || length(TEXT) > 180)
        if (kind == "names") printf "%s\"%s.%d\": \"%d\"", at ? ",\n" : "", JSON, at, at >list
        else printf "%s\"%d\": \"%s.%d\"", at ? ",\n" : "", at, JSON, at >list
        printf "%s.%d%c", TEXT, at, 0 >want
    }
    printf "}\n" >list
    close(list)
    close(want)
}
