"""What the rules are about: the files, the layers, the addresses and the templates of the house."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "traboule"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that belongs to the project, committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted({path for path in paths if path.is_file()}))


def python_files() -> list[Path]:
    """Our Python files, migrations apart: a machine writes those."""
    return [p for p in tracked_files() if p.suffix == ".py" and "migrations" not in p.parts]


def templates() -> list[Path]:
    """The templates of our apps."""
    ours = (p for p in tracked_files() if p.is_relative_to(ROOT / "traboule"))
    return [p for p in ours if p.suffix == ".html" and "templates" in p.parts]


def module_of(path: Path) -> str:
    """The dotted name of the package that a file of ours lies in."""
    return ".".join(path.relative_to(ROOT).parent.parts)


@cache
def _layer_contracts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each container of layers with its layers, highest first, as import-linter reads them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return tuple(
        (container, tuple(contract["layers"]))
        for contract in settings["contracts"]
        if contract["type"] == "layers"
        for container in contract["containers"]
    )


def may_refer(source: str, target: str) -> bool:
    """Whether the module ``source`` may speak of ``target``: arrows point down."""
    for container, layers in _layer_contracts():
        above, below = _child(container, source), _child(container, target)
        if not above or not below or above == below:
            continue
        start, end = _rank(layers, above), _rank(layers, below)
        independent = start == end and "|" in layers[start]
        if start > end or independent:
            return False
    return True


def _child(container: str, module: str) -> str:
    """The part of ``module`` that names a layer of ``container``, or nothing."""
    prefix = f"{container}."
    return module.removeprefix(prefix).split(".")[0] if module.startswith(prefix) else ""


def _rank(layers: tuple[str, ...], name: str) -> int:
    for rank, layer in enumerate(layers):
        if name in re.split(r"\s*[|:]\s*", layer.strip("() ")):
            return rank
    raise LookupError(f"{name} has no layer: place it in pyproject.toml")


@cache
def addresses() -> dict[str, tuple[URLPattern, tuple[str, ...]]]:
    """Every named address of ours with the arguments it takes; the back office is Django's."""
    found = dict(_walk(get_resolver(), "", ()))
    return dict(sorted(found.items()))


def _walk(
    resolver: URLResolver, space: str, before: tuple[str, ...]
) -> Iterator[tuple[str, tuple[URLPattern, tuple[str, ...]]]]:
    for item in resolver.url_patterns:
        arguments = (*before, *item.pattern.regex.groupindex)
        if isinstance(item, URLResolver):
            if item.app_name == "admin":
                continue
            inner = f"{space}{item.namespace}:" if item.namespace else space
            yield from _walk(item, inner, arguments)
        else:
            yield f"{space}{item.name or f'unnamed {item.pattern}'}", (item, arguments)


def view_module(pattern: URLPattern) -> str:
    """The module of the view behind an address."""
    return str(getattr(pattern.callback, "__module__", ""))


def our_models() -> list[Any]:
    """The models of our apps."""
    return [model for model in apps.get_models() if model.__module__.startswith("traboule.")]
