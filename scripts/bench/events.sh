# Sourced by what reads the events of runs and results of commands, lines of JSON.

# value KEY: its number in each line of standard input.
value() { sed "s/.*\"$1\":\([^,}]*\).*/\1/"; }
