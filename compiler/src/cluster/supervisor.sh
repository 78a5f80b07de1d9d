# Keeps one throwaway server. Standard input is a pipe that only tablec holds: however tablec ends, the pipe
# closes, and server and folder go. Each line read is a step; the answer is one line, `ok` or `failed`.
#
# $1: where to make the folder, $2: the folder of PostgreSQL's programs, the rest: options of the server.
trap '' HUP INT QUIT TERM PIPE
umask 077
parent=$1 bin=$2
shift 2
dir=$(mktemp -d "$parent/tablec-XXXXXX") || exit 1
started=
echo "$dir"

initialize() {
    "$bin/initdb" -D "$dir/data" --no-sync -U postgres -A trust --encoding=UTF8 --locale="$1" --wal-segsize=1
}

serve() {
    "$bin/postgres" -D "$dir/data" -k "$dir" "$@" </dev/null
    echo "$?" >"$dir/exited"
}

while read -r step argument; do
    case $step in
    copy) cp -R "$argument" "$dir/data" || { rm -rf "$dir/data"; false; } ;;
    initdb) initialize C.UTF-8 || initialize C ;;
    start) serve "$@" & started=yes ;;
    *) false ;;
    esac >>"$dir/log" 2>&1 && echo ok || echo failed
done

# The process id is known from the server itself; it may not have written it yet. At most 20 seconds.
tries=2000
while [ -n "$started" ] && [ ! -e "$dir/exited" ] && [ "$tries" -gt 0 ]; do
    read -r pid <"$dir/data/postmaster.pid" && kill -QUIT "$pid"
    sleep 0.01
    tries=$((tries - 1))
done 2>/dev/null
rm -rf "$dir"
