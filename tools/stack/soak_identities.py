"""Makes the certificates that tools/soak gives to rpc-soak, in the folder that is named."""

from __future__ import annotations

import sys
from pathlib import Path

from stack.certificates import Identity, issue, make_authority


def main(folder: Path) -> None:
    """Writes roots.pem, and server and client, each as .pem and .key."""
    roots, key = folder / "roots.pem", folder / "roots.key"
    make_authority(roots, key, "rpc-soak")
    for name, purpose in (("server", "serverAuth"), ("client", "clientAuth")):
        issue(
            Identity(folder / f"{name}.pem", folder / f"{name}.key"), roots, key, name,
            f"subjectAltName = IP:127.0.0.1, DNS:localhost\nextendedKeyUsage = {purpose}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
