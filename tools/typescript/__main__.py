"""Writes the generated part of clients/typescript. See tools/clients."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from typescript.contract import Contract, read
from typescript.services import write
from typescript.types import SHARED, Types

_OUT = Path("clients/typescript/src/generated")


def main(arguments: list[str]) -> int:
    """Runs the command."""
    if arguments in ([], ["--check"]):
        files = generated(read(_own()))
        if not arguments:
            return _install(files, _OUT)
        return _check(files)
    if len(arguments) == 3 and arguments[0] == "--descriptors":
        return _install(generated(read(Path(arguments[1]).read_bytes())), Path(arguments[2]))
    print("usage: tools/clients [--check | --descriptors FILE FOLDER]", file=sys.stderr)
    return 64


def generated(contract: Contract) -> dict[str, str]:
    """A file for each package with services, by its name, and one that names them all."""
    files: dict[str, str] = {}
    packages = sorted({one.rpartition(".")[0] for one in contract.services})
    for package in packages:
        services = sorted(one for one in contract.services if one.rpartition(".")[0] == package)
        types = Types.of(
            contract, [method for one in services for method in contract.services[one][1]])
        body = types.write()
        for service in services:
            body += write(contract, types, service)
        text = "\n".join(body)
        used = [name for name in SHARED if _names(text, name)]
        head = [
            "// Written by tools/clients. Do not edit.", "",
            f"import type {{ {', '.join(used)} }} from \"../runtime/index.js\";", ""]
        files[f"{package.replace('.', '_')}.ts"] = "\n".join(head) + "\n" + text.rstrip() + "\n"
    index = ["// Written by tools/clients. Do not edit.", ""]
    for package in packages:
        name = package.replace(".", "_")
        index.append(f'export * as {name} from "./{name}.js";')
    files["index.ts"] = "\n".join(index) + "\n"
    return files


def _names(text: str, name: str) -> bool:
    import re

    return re.search(rf"\b{name}\b", text) is not None


def _own() -> bytes:
    """The contracts of this repository, with their comments."""
    names = sorted(str(one.relative_to("proto")) for one in Path("proto").rglob("*.proto"))
    with tempfile.NamedTemporaryFile(suffix=".pb") as out:
        done = subprocess.run(
            ["protoc", "--proto_path=proto", f"--proto_path={sysconfig.get_path('purelib')}",
             "--include_imports", "--include_source_info", f"--descriptor_set_out={out.name}",
             *names], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"tools/clients: {done.stderr.strip()}")
        return Path(out.name).read_bytes()


def _install(files: dict[str, str], folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.ts"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text)
    return 0


def _check(files: dict[str, str]) -> int:
    there = {one.name: one.read_text() for one in _OUT.glob("*.ts")}
    stale = sorted(
        name for name in files.keys() | there.keys() if files.get(name) != there.get(name))
    for name in stale:
        print(f"tools/clients: {_OUT / name} is stale: run tools/clients", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
