# Shared by tools/run and tools/test: the Debian packages that Artel is built and run with.
# shellcheck shell=bash

artel_packages=(
  libgrpc-dev libprotobuf-c-dev libssl-dev libpq-dev libfido2-dev libp11-kit-dev libzxcvbn-dev
  libcurl4-openssl-dev libhiredis-dev
  protobuf-compiler libprotobuf-dev
  postgresql postgresql-client python3 python3-venv python3-cryptography curl openssl
)

# as_root COMMAND…: runs it as root, by sudo where we are not.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "$0: this needs root or sudo: $*" >&2
    return 1
  fi
}

# need_packages: installs what is missing, and says what it installs.
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "$0: this is no Debian: make sure that there are ${artel_packages[*]}" >&2
    return 0
  fi
  local package missing=()
  for package in "${artel_packages[@]}"; do
    case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" in
      installed) ;;
      *) missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "· installing Debian packages: ${missing[*]}"
  # Our clusters are our own: the package is not to make one that runs beside them.
  if [[ " ${missing[*]} " == *' postgresql '* ]]; then
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' |
      as_root tee /etc/postgresql-common/createcluster.d/artel.conf >/dev/null
  fi
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
    "${missing[@]}"
}

# need_swift: says where Swift comes from, where it is missing.
need_swift() {
  command -v swift >/dev/null || {
    echo "$0: swift is missing: install Swift 6.3 from https://www.swift.org/install/linux/" >&2
    return 1
  }
}
