#!/bin/sh
# Installs what the tests need and this machine lacks; quiet where nothing is missing.
#
# PostgreSQL and the extensions that the tests use come from the distribution's packages (Debian, Ubuntu), the
# snapshot runner from crates.io.
set -eu

# The newest of the distribution's servers, or the one that TABLEC_PG_BINDIR names.
server() {
    if [ -n "${TABLEC_PG_BINDIR:-}" ]; then
        echo "$TABLEC_PG_BINDIR"
        return
    fi
    for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
        [ -x "$bin/initdb" ] && echo "$bin" && return
    done
    initdb=$(command -v initdb || true)
    [ -z "$initdb" ] || dirname "$(readlink -f "$initdb")"
}

# The packages that are missing, for the server that is there.
missing() {
    bin=$(server)
    if [ -z "$bin" ]; then
        echo postgresql
        return
    fi
    major=$("$bin/postgres" --version | sed 's/.*(PostgreSQL) \([0-9]*\).*/\1/')
    extensions=$("$bin/pg_config" --sharedir)/extension
    [ -e "$extensions/pgtap.control" ] || echo "postgresql-$major-pgtap"
    [ -e "$extensions/postgis.control" ] || echo "postgresql-$major-postgis-3"
    [ -e "$extensions/plperl.control" ] || echo "postgresql-plperl-$major"
    [ -e "$extensions/plpgsql_check.control" ] || echo "postgresql-$major-plpgsql-check"
    command -v pg_prove >/dev/null || echo libtap-parser-sourcehandler-pgtap-perl
}

install_packages() {
    packages=$(missing | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "the tests need PostgreSQL with pgTAP, PostGIS, PL/Perl and plpgsql_check, and pg_prove: please install them" >&2
        exit 2
    elif [ "$(id -u)" != 0 ]; then
        echo "the tests need packages; please run: sudo apt-get update && sudo apt-get install $packages" >&2
        exit 2
    fi
    echo "installing $packages"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

# Without a server it is not known which version the extensions must be for: the second round knows.
install_packages
install_packages

if ! cargo insta --version >/dev/null 2>&1; then
    echo "installing cargo-insta"
    cargo install --quiet --debug --locked --version 1.49.0 cargo-insta
fi
