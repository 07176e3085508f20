#!/usr/bin/env bash
# Unpacks Debian's Asterisk 22 with all that it needs into a folder of the user's cache, without installing anything and
# without root, and prints that folder. The first time takes a download of 80 MB; afterwards it only prints.
#
#   scripts/asterisk.sh          print the folder, fetching it if it is not there
#   scripts/asterisk.sh --fresh  fetch it again, for a newer version
#
# TRUNKLINE_CACHE_DIR  where it goes (default: trunkline in the user's cache folder)
# TRUNKLINE_DEBIAN     a Debian mirror (default: the one that this machine's apt uses)
set -euo pipefail

suite=sid
packages=(asterisk asterisk-core-sounds-en-gsm asterisk-moh-opsound-gsm)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

die() {
  printf 'asterisk.sh: %s\n' "$1" >&2
  exit 1
}

cache=${TRUNKLINE_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/trunkline}/asterisk
root=$cache/root

if [ "${1:-}" != --fresh ] && [ -e "$root/.complete" ]; then
  printf '%s\n' "$root"
  exit 0
fi

for program in apt-get dpkg dpkg-deb flock tar; do
  command -v "$program" >/dev/null || die "$program is missing: Debian's Asterisk can only be fetched with Debian's tools"
done
[ -r "$keyring" ] || die "$keyring is missing: apt-get install debian-archive-keyring"

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
if [ "${1:-}" != --fresh ] && [ -e "$root/.complete" ]; then
  printf '%s\n' "$root"
  exit 0
fi

mirror=${TRUNKLINE_DEBIAN:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | awk '!/security/ { print; exit }')}
[ -n "$mirror" ] || die 'apt knows no mirror to fetch from; name one by TRUNKLINE_DEBIAN'

work=$(mktemp -d "$cache/fetching.XXXXXX")
trap 'rm -rf "$work"' EXIT
log=$cache/fetch.log
architecture=$(dpkg --print-architecture)

# a package world of its own, in which nothing is installed: so that all dependencies are fetched, and none of this machine's
# settings apply
apt=$work/apt
mkdir -p "$apt"/etc/{apt.conf.d,preferences.d,sources.list.d,trusted.gpg.d} "$apt"/state/lists/partial "$apt"/cache/archives/partial
: >"$apt/status"
printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$mirror" "$suite" >"$apt/etc/sources.list"
options=(
  -o "Dir=$apt" -o "Dir::Etc=$apt/etc" -o "Dir::State=$apt/state" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache"
  -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture"
  -o APT::Install-Recommends=false -o APT::Sandbox::User= -o Acquire::Languages=none
  -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3 -o Debug::NoLocking=1
)
printf 'Fetching Asterisk, once ...\n' >&2
if ! { apt-get "${options[@]}" -q update && apt-get "${options[@]}" -q -y --download-only install "${packages[@]}"; } >"$log" 2>&1; then
  tail -n 15 "$log" >&2
  die "Debian's Asterisk could not be downloaded from $mirror; all of it stands in $log"
fi

# everything lies below usr, as on an installed system
tree=$work/root
mkdir -p "$tree"/usr/{bin,sbin,lib,lib64}
for folder in bin sbin lib lib64; do
  ln -s "usr/$folder" "$tree/$folder"
done
for package in "$apt"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" |
    tar -x -C "$tree" --keep-directory-symlink --no-same-owner --exclude './usr/share/doc' --exclude './usr/share/man' \
      --exclude './usr/share/locale' --exclude './usr/share/perl*' --exclude './dev' || die "$package could not be unpacked"
done
# made by a script of the package, which does not run here
ln -sfn en_US_f_Allison "$tree/usr/share/asterisk/sounds/en"

[ -x "$tree/usr/sbin/asterisk" ] || die 'the packages hold no usr/sbin/asterisk'
version=$(find "$apt/cache/archives" -name 'asterisk_*.deb' -printf '%f\n')
printf '%s\n' "$version" >"$tree/.complete"
rm -rf "$root"
mv "$tree" "$root"
printf 'Unpacked %s\n' "$version" >&2
printf '%s\n' "$root"
