"""The user's camel-tools data: where they lie, what is missing or damaged, and how they get there.

Nothing of them ships with wic: they are under the GNU GPL v2 and weigh 129 MB. ``lang.toml`` names, under
``[install]``, the package that camel-tools' own data command fetches and the files that wic reads. That command does
not compare checksums, so it is done here, with those of camel-tools' catalogue.

Importing ``camel_tools.data``, ``morphology`` or ``disambig`` goes to the network unless the catalogue lies in the data
folder, so ``need`` stands before every such import.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from wic.errors import WicError
from wic.language import language

#: What the torch-free half of camel-tools imports, by module and by name at PyPI.
SMALL = {
    "emoji": "emoji", "six": "six", "regex": "regex", "cachetools": "cachetools", "editdistance": "editdistance",
    "pyrsistent": "pyrsistent", "muddler": "muddler", "requests": "requests", "tqdm": "tqdm", "docopt": "docopt",
    "tabulate": "tabulate",
}  # fmt: skip
PIP = f"pip install --no-deps 'camel-tools>=1.6,<2' && pip install {' '.join(SMALL.values())}"


class Offer(NamedTuple):
    """What ``wic langs --install`` would fetch for a language; ``size`` in MB."""

    code: str
    what: str
    engine: str
    package: str
    files: tuple[str, ...]
    size: int
    licence: str

    @property
    def command(self) -> str:
        """What installs it."""
        return f"wic langs --install {self.code}"


def offer(code: str) -> Offer:
    """The data that can be installed for a language."""
    facts = language(code).facts.get("install")
    if facts is None:
        raise WicError(f"{code}: there is nothing to install", "all that wic knows of this language comes with it")
    return Offer(code, **{**facts, "files": tuple(facts["files"])})


def folder() -> Path:
    """Where camel-tools keeps its data."""
    if named := os.environ.get("CAMELTOOLS_DATA"):
        return Path(named).expanduser().absolute()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def catalogue_file() -> Path:
    return folder() / "catalogue.json"


def lacking_packages() -> list[str]:
    """Names at PyPI of the packages that are not installed, camel-tools itself among them."""
    found = [name for module, name in SMALL.items() if find_spec(module) is None]
    return found if find_spec("camel_tools") else ["camel-tools", *found]


def lacking_files(wanted: Offer) -> list[str]:
    """Those of the files that wic reads, the catalogue included, that are not in the data folder."""
    lacking = [name for name in wanted.files if not (folder() / "data" / name).is_file()]
    return lacking if catalogue_file().is_file() else ["catalogue.json", *lacking]


def need(wanted: Offer) -> list[Path]:
    """The files that wic reads, in the order of the offer; an error that tells what to do when some are missing."""
    if packages := lacking_packages():
        raise WicError(f"engine {wanted.engine!r} needs {', '.join(packages)}, which is not installed", PIP)
    if files := lacking_files(wanted):
        hint = f"{wanted.command} ({wanted.size} MB, {wanted.licence})"
        raise WicError(f"engine {wanted.engine!r} needs data that are not in {folder()}: {', '.join(files)}", hint)
    return [folder() / "data" / name for name in wanted.files]


def install(wanted: Offer) -> None:
    """Runs camel-tools' own data command and checks what it brought; what is there and whole is not fetched again."""
    if packages := lacking_packages():
        raise WicError(f"camel-tools' data command needs {', '.join(packages)}, which is not installed", PIP)
    command = [sys.executable, "-m", "camel_tools.cli.camel_data", "--install", wanted.package]
    if catalogue_file().is_file():
        if not lacking_files(wanted) and not damaged(wanted):
            return
        command.append("--force")  # its record may say that they are installed
    try:
        ran = subprocess.run(command, stdout=sys.stderr.fileno() if _has_number(sys.stderr) else None)
    except OSError as error:
        raise WicError(f"camel-tools' data command cannot be run: {error.strerror}") from None
    if files := lacking_files(wanted):
        reason = f"ended with code {ran.returncode} and" if ran.returncode else ""
        raise WicError(
            f"camel-tools' data command {reason} did not bring {', '.join(files)}".replace("  ", " "),
            f"check the connection and run it again, or fetch the files elsewhere and use: {wanted.command} --from DIR",
        )
    if broken := damaged(wanted):
        remove(broken)
        raise WicError(
            f"{broken[0].name}: its checksum differs from that of the catalogue; removed",
            f"it was damaged on its way; run again: {wanted.command}",
        )


def install_from(wanted: Offer, source: Path) -> bool:
    """Copies the data from a folder; returns whether a catalogue was there to check them with.

    The folder is a data folder of camel-tools, or one in which each file lies under its own path. Nothing is copied
    unless all is there and whole.
    """
    roots = [root for root in (source / "data", source) if all((root / name).is_file() for name in wanted.files)]
    if not roots:
        raise WicError(f"{source}: {' or '.join(wanted.files)} is not in it", "name a data folder of camel-tools")
    listed = next((path for path in (source / "catalogue.json", catalogue_file()) if path.is_file()), None)
    if listed and (broken := [file for file in _differing(wanted, listed, roots[0]) if file.is_file()]):
        raise WicError(f"{broken[0]}: its checksum differs from that of {listed}", "fetch the file again")
    target = folder()
    try:
        for name in wanted.files:
            (target / "data" / name).parent.mkdir(parents=True, exist_ok=True)
            if not (target / "data" / name).exists() or not (target / "data" / name).samefile(roots[0] / name):
                shutil.copyfile(roots[0] / name, target / "data" / name)
        if not catalogue_file().is_file():
            if listed:
                shutil.copyfile(listed, catalogue_file())
            else:
                # camel-tools fetches a catalogue when there is none; this one lists what lies here.
                catalogue_file().write_text(json.dumps(_own_catalogue(wanted), indent=4), encoding="utf-8")
    except OSError as error:
        raise WicError(f"{target}: {error.strerror}", "name a writable folder in CAMELTOOLS_DATA") from None
    return listed is not None


def damaged(wanted: Offer) -> list[Path]:
    """Installed files whose checksum differs from that of the catalogue, or that it lists and that are missing."""
    return list(_differing(wanted, catalogue_file(), folder() / "data"))


def remove(files: list[Path]) -> None:
    for file in files:
        with suppress(FileNotFoundError):
            file.unlink()


def _differing(wanted: Offer, catalogue: Path, data: Path) -> Iterator[Path]:
    for name, sha256 in _checksums(wanted, catalogue):
        file = data / name
        if not file.is_file() or _sha256(file) != sha256:
            yield file


def _checksums(wanted: Offer, catalogue: Path) -> Iterator[tuple[str, str]]:
    """Path and checksum of every file of the package and of what it depends on."""
    try:
        packages: dict[str, Any] = json.loads(catalogue.read_text(encoding="utf-8"))["packages"]
        waiting, seen = [wanted.package] if wanted.package in packages else [], set()
        while waiting:
            name = waiting.pop()
            seen.add(name)
            package = packages[name]
            waiting += [other for other in package.get("dependencies") or () if other not in seen]
            for file in package.get("files") or ():
                yield f"{package['destination']}/{file['path']}", file["sha256"]
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise WicError(
            f"{catalogue}: not a catalogue of camel-tools ({error})", "remove it and install again"
        ) from None


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _own_catalogue(wanted: Offer) -> dict[str, Any]:
    """A catalogue in which camel-tools' components find the files of the offer and no package is listed."""
    components: dict[str, Any] = {}
    for name in wanted.files:
        place, dataset, _ = name.split("/")
        component = {"morphology_db": "MorphologyDB", "disambig_mle": "DisambigMLE"}[place]
        components[component] = {"default": dataset, "datasets": {dataset: {"path": f"{place}/{dataset}"}}}
    return {"version": "1.6.0", "packages": {}, "components": components}


def _has_number(stream: Any) -> bool:
    try:
        stream.fileno()
    except (OSError, AttributeError, ValueError):
        return False
    return True
