#!/usr/bin/env bash
# Makes the virtual environment with the program in it:  make-environment.sh PYTHON FOLDER
set -eu
cd "$(dirname "$0")/.."
python=$1 venv=$2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed ($python is older)."; exit 2; }
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || { echo "The venv module is missing: install python3-venv."; exit 2; }
"$venv/bin/python" -m pip install --quiet --upgrade pip
"$venv/bin/python" -m pip install --quiet -c constraints.txt -e ".[dev]"
