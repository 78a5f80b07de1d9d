#!/bin/sh
# What a change must pass: format, lints, and all tests with their snapshots. Installs what is missing first.
#
# All steps run even if one fails; the status is 1 then. TABLEC_CORPUS names the folder of real schemas, if there is one.
set -eu
cd "$(dirname "$0")/../.."
sh compiler/tests/setup.sh

failed=
step() {
    printf '\n== %s\n' "$*"
    "$@" || failed="$failed
    $*"
}

step cargo fmt --all --check
step cargo clippy --workspace --all-targets -- -D warnings
step cargo insta test --check --unreferenced reject

if [ -n "$failed" ]; then
    printf '\n== failed:%s\n' "$failed"
    exit 1
fi
printf '\n== passed\n'
