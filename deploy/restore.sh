#!/usr/bin/env bash
# Puts a dump of backup.sh into an empty database: all of it or nothing.
#
#   restore.sh <dump>      the connection comes from PGHOST, PGUSER, PGDATABASE, PGPASSFILE
#
# Afterwards: put the keys back (the dump holds none), run "hotline doctor", look at the audit screen.
set -euo pipefail

fail() {
  echo "restore: $*" >&2
  exit 1
}

[[ $# -eq 1 ]] || fail "usage: restore.sh <dump>"
[[ -f $1 ]] || fail "there is no file $1"
pg_restore --list "$1" >/dev/null || fail "$1 is not a dump that can be read"

schema=$(pg_dump --schema-only --schema=public)
[[ $schema != *"CREATE TABLE"* ]] || fail "the database has tables already; restore into an empty one"

pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="${PGDATABASE:?name the database}" "$1"
echo "restored; now put the keys in place and run: hotline doctor"
