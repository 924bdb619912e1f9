#!/usr/bin/env bash
# Installs the Debian/Ubuntu packages named in packaging/apt-*.txt, as far as they are missing.
# As root or with passwordless sudo it installs; otherwise it says in a sentence what to type.
#   install-system-libraries.sh [runtime|test]...      default: runtime
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- runtime
command -v dpkg-query >/dev/null 2>&1 || { echo "Not a Debian system: install the libraries of packaging/apt-runtime.txt with your package manager."; exit 0; }
missing=()
for kind in "$@"; do
  while read -r package; do
    [ -n "$package" ] || continue
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing+=("$package")
  done < "$here/apt-$kind.txt"
done
[ ${#missing[@]} -eq 0 ] && exit 0
run=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run=(sudo -n); else
    echo "These system libraries are missing and this account may not install them. Please run once:"
    echo "  sudo apt-get install --no-install-recommends ${missing[*]}"
    exit 0
  fi
fi
echo "Installing system libraries: ${missing[*]}"
"${run[@]}" apt-get update -qq || true
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || {
  echo "Could not install: ${missing[*]}. The program may still run; the window needs them."; exit 0; }
