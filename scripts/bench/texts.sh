# Sourced by what measures on a text of the user's.

# unpacked FILE: its text, also of a .gz or a .bz2.
unpacked() {
  case $1 in
    *.bz2) bzcat "$1" ;;
    *.gz) zcat "$1" ;;
    *) cat "$1" ;;
  esac
}

# beginning FILE BYTES: its first lines, of at most so many bytes in all.
beginning() { awk -v most="$2" '{ bytes += length($0) + 1 } bytes > most { exit } { print }' < <(unpacked "$1"); }

# salted FILE TIMES: the text so many times over. Each copy has words of its own, one in every line, so that the words that are
# counted grow too.
salted() {
  local copy
  for ((copy = 0; copy < $2; copy++)); do
    awk -v copy="$copy" '{ print (NF ? $0 " c" copy "n" NR % 1000 : $0) }' "$1"
  done
}
