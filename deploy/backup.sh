#!/usr/bin/env bash
# Copies the database, or the keys: never both into one folder, because together they open everything.
#
#   backup.sh database <folder>               a dump; the connection comes from PGHOST, PGUSER, PGDATABASE, PGPASSFILE
#   backup.sh keys <folder of keys> <folder>  the keys; once after the installation and after each new epoch
#
# KEEP (default 14) is how many dumps stay. Limits: docs/install.md, 11.
set -euo pipefail
umask 077
part=

# A half-written file must never look like a backup.
trap '[[ -z $part ]] || rm -f "$part"' EXIT

fail() {
  echo "backup: $*" >&2
  exit 1
}

newest_first() {
  find "$1" -maxdepth 1 -name 'hotline-*.dump' -printf '%f\n' | sort --reverse
}

database() {
  local folder=$1 keep=${KEEP:-14} name
  [[ $keep =~ ^[1-9][0-9]*$ ]] || fail "KEEP must be a number from 1 up"
  mkdir -p "$folder"
  compgen -G "$folder/hotline-keys-*.tar" >/dev/null && fail "$folder holds keys; choose another folder for dumps"
  name="hotline-$(date --utc +%Y%m%dT%H%M%SZ).dump"
  part="$folder/.$name.part"
  pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=10s --file="$part"
  # A dump that cannot be listed is none.
  pg_restore --list "$part" >/dev/null || fail "the dump cannot be read again"
  sync "$part"
  mv "$part" "$folder/$name"
  newest_first "$folder" | tail -n "+$((keep + 1))" | while read -r old; do
    rm -f "$folder/$old"
  done
  echo "$folder/$name"
}

keys() {
  local from=$1 folder=$2 name
  compgen -G "$from/kek-*.key" >/dev/null || fail "$from holds no keys"
  mkdir -p "$folder"
  compgen -G "$folder/hotline-*.dump" >/dev/null && fail "$folder holds dumps; keep the keys in another place"
  name="hotline-keys-$(date --utc +%Y%m%dT%H%M%SZ).tar"
  part="$folder/.$name.part"
  tar --create --file="$part" --directory="$from" --exclude=.lock .
  sync "$part"
  mv "$part" "$folder/$name"
  echo "$folder/$name"
}

case "${1:-}:$#" in
  database:2) database "$2" ;;
  keys:3) keys "$2" "$3" ;;
  *) fail "usage: backup.sh database <folder> | backup.sh keys <folder of keys> <folder>" ;;
esac
