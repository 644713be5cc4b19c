#!/usr/bin/env bash
# One of several that run a script again on machines as they were when it ended: each has a name of machine of its own, and takes every
# so manieth state. See tests/kill.bash.

set -euo pipefail
. "$here/machine/machines.bash"
. "$here/tests/kill.bash"
again "$@"
exit "$failed"
