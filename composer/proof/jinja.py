"""The Jinja environment of a newsletter: where its templates are found and how their values are escaped.

Every value is escaped, except in macros named `text`, `text_…` or `…_text`: plain text has nothing to escape from,
and a template need not say so.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, escape

from composer.files import write_whole
from composer.version import __version__

# A template of this size is no template; Jinja would read it for minutes.
MAX_BYTES = 1 << 20
# The folder of compiled templates, apart by version and by what _CodeGenerator makes of a template.
COMPILED = f"templates-{__version__}-2"
_TO_ESCAPE = re.compile("[&<>'\"]")


class _Loader(FileSystemLoader):
    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = next((path for path in (Path(folder) / template for folder in self.searchpath) if path.is_file()), None)
        size = found.stat().st_size if found is not None else 0
        if size > MAX_BYTES:
            raise TemplateSyntaxError(f"it has {size >> 10:,} KiB; over {MAX_BYTES >> 10:,} KiB no template is read", 1, template, str(found))
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            raise TemplateSyntaxError(f"byte {error.start + 1} is not UTF-8 text", 1, template, str(found)) from None


def printed(value: Any) -> str:
    """A value as it is printed where everything is escaped: what is HTML already, or holds nothing to escape, as it is."""
    kind = value.__class__
    return value if kind is Markup or (kind is str and not _TO_ESCAPE.search(value)) else escape(value)


class _CodeGenerator(CodeGenerator):
    """Jinja's own, but for what it prints: a template prints some three hundred values, and most of them are HTML or numbers."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name for it
        self.writeline(f"from {printed.__module__} import {printed.__name__}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{printed.__name__}(")


class _Context(Context):
    """A context that calls macros and methods at once: Jinja would ask each of them first what it wants to be given."""

    @internalcode
    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = called.__class__
        if kind is not Macro and (kind is not MethodType or _wants_more(called.__func__)):
            return super().call(called, *args, **kwargs)
        if kwargs:
            # Jinja's own, for functions that ask for the context.
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)


@cache
def _wants_more(function: Callable[..., Any]) -> bool:
    """Whether a function asks Jinja for its context, environment or escaping."""
    return hasattr(function, "jinja_pass_arg")


class TemplateEnvironment(Environment):
    """Jinja's environment, told what a newsletter's templates may rely on, which remembers the macros it was asked for."""

    context_class = _Context
    code_generator_class = _CodeGenerator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._macros: dict[tuple[str, str], Macro] = {}

    def macro(self, template: str, name: str) -> Macro:
        """A macro of a template. Raises TemplateNotFound, and TemplateSyntaxError where the template has none of that name."""
        known = self._macros.get((template, name))
        if known is None:
            found = self.get_template(template)
            known = getattr(found.module, name, None)
            if not isinstance(known, Macro):
                raise TemplateSyntaxError(f"{template} has no macro `{name}`", 1, template, found.filename)
            self._macros[template, name] = known
        return known

    def compile(self, *source: Any, **options: Any) -> Any:
        """As Jinja's own, but what Python cannot compile is a fault of the template."""
        try:
            return super().compile(*source, **options)
        except (RecursionError, SyntaxError, MemoryError):
            # Python compiles no more than twenty loops in one another, and Jinja reads brackets by calling itself.
            name, filename = (*source, None, None)[1:3]
            raise TemplateSyntaxError("its blocks or brackets are nested too deeply", 1, name, filename) from None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for macro in template.find_all(nodes.Macro):
            if is_text_macro(macro.name):
                unescaped = nodes.Keyword("autoescape", nodes.Const(False, lineno=macro.lineno), lineno=macro.lineno)
                macro.body = [nodes.ScopedEvalContextModifier([unescaped], macro.body, lineno=macro.lineno)]
        return template


def is_text_macro(name: str) -> bool:
    """Whether a macro of this name writes plain text."""
    return name == "text" or name.startswith("text_") or name.endswith("_text")


def environment_of(folders: tuple[Path, ...], cache: Path | None = None) -> TemplateEnvironment:
    """The environment that looks for templates in these folders in order.

    `cache` is a folder for compiled templates: without it a cold command spends a third of its time compiling.
    """
    return TemplateEnvironment(
        loader=_Loader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=200,
        auto_reload=False,
        bytecode_cache=_bytecode_cache(cache) if cache is not None else None,
    )


class _CompiledByContent(FileSystemBytecodeCache):
    """Compiled templates by name and content, so that a newsroom that is copied or moved finds its own again."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:  # noqa: ARG002 - Jinja's signature
        checksum = self.get_source_checksum(source)
        bucket = Bucket(environment, self.get_cache_key(name, checksum), checksum)
        self.load_bytecode(bucket)
        return bucket


def _bytecode_cache(folder: Path) -> FileSystemBytecodeCache | None:
    """Compiled templates under `folder`, apart by version; None where it cannot be written, which only costs time."""
    compiled = folder / COMPILED
    try:
        compiled.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            write_whole(ignore, b"*\n")
    except OSError:
        return None
    return _CompiledByContent(str(compiled))
