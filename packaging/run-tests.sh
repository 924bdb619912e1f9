#!/usr/bin/env bash
# Runs the tests:  run-tests.sh PYTHON [pytest arguments]. Qt windows get a screen of their own (pytest-xvfb).
set -eu
cd "$(dirname "$0")/.."
python=$1; shift
# The private development data, where they lie beside the project; tests that need them are skipped elsewhere.
if [ -z "${CACVIEWER_DATA:-}" ] && [ -f ../shared/reference/agatston_vectors.json ]; then
  CACVIEWER_DATA=$(cd ../shared && pwd); export CACVIEWER_DATA
fi
export TF_CPP_MIN_LOG_LEVEL=3 LIBGL_ALWAYS_SOFTWARE=1
exec "$python" -m pytest "$@"
