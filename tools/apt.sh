#!/bin/sh
# Installs Debian packages given as arguments, as root, and starts no service of theirs:
# the project runs its own broker, and a second one on a developer's machine would surprise.
set -eu

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    # It forbids starting services only while this script runs, even if nobody removes it.
    printf '#!/bin/sh\nkill -0 %s 2>/dev/null && exit 101\nexit 0\n' "$$" >"$policy"
    chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -q || echo "setup: the package lists are not all fresh; going on" >&2
apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"

case " $* " in
*" mosquitto "*) ! command -v systemctl >/dev/null || systemctl -q disable mosquitto || true ;;
esac
