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
[ $# -eq 0 ] || exec "$python" -m pytest "$@"
# Two processes: TensorFlow and Mesa's software renderer bring an LLVM each, and together in one process the first
# 3-D view ends it. The program keeps them apart as well (the window never loads TensorFlow).
status=0
"$python" -m pytest tests/unit tests/end_to_end || status=$?
"$python" -m pytest tests/window || status=$?
exit "$status"
