"""The Jinja environment of a newsletter: where its templates are found and how their values are escaped.

Every value is escaped, except in macros named `text`, `text_…` or `…_text`: plain text has nothing to escape from,
and a template need not say so.
"""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, nodes

from composer.files import write_whole
from composer.version import __version__


class _Environment(Environment):
    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for macro in template.find_all(nodes.Macro):
            if macro.name == "text" or macro.name.startswith("text_") or macro.name.endswith("_text"):
                unescaped = nodes.Keyword("autoescape", nodes.Const(False, lineno=macro.lineno), lineno=macro.lineno)
                macro.body = [nodes.ScopedEvalContextModifier([unescaped], macro.body, lineno=macro.lineno)]
        return template


@lru_cache(maxsize=64)
def environment_of(folders: tuple[Path, ...], cache: Path | None = None) -> Environment:
    """The environment that looks for templates in these folders in order; one a newsletter, since compiling costs.

    `cache` is a folder for compiled templates: without it a cold command spends a third of its time compiling.
    """
    return _Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=200,
        bytecode_cache=_bytecode_cache(cache) if cache is not None else None,
    )


def _bytecode_cache(folder: Path) -> FileSystemBytecodeCache | None:
    """Compiled templates under `folder`, apart by version; None where it cannot be written, which only costs time."""
    compiled = folder / f"templates-{__version__}"
    try:
        compiled.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            write_whole(ignore, b"*\n")
    except OSError:
        return None
    return FileSystemBytecodeCache(str(compiled))


